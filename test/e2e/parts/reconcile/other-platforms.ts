import { newAgeKey } from '../../flux/bootstrap';
import { committedTree } from '../../flux/committed-tree';
import { FluxCluster, PATIENCE, type FluxClusterProps } from '../../flux/flux-cluster';
import { encryptedAgain } from '../../flux/placeholder-secrets';
import { isReady } from '../../flux/ready-times';
import { until } from '../../harness/processes';
import { versionOf } from '../../harness/programs';
import { withoutRemotes } from '../../flux/remote-resources';
import type { Run } from '../../part';
import { checkOrder, orderRows } from './order';

interface PlatformCluster extends Pick<FluxClusterProps, 'sync' | 'definitions' | 'permissive'> {
  readonly platform: string;
  readonly name: string;
}

const SECRET_STORE = { apiVersion: 'secrets-store.csi.x-k8s.io/v1alpha1', kind: 'SecretProviderClass', isNamespaced: true };
const COLLECTOR = { apiVersion: 'opentelemetry.io/v1beta1', kind: 'OpenTelemetryCollector', isNamespaced: true };

const FLUX2_KINDS: PlatformCluster['permissive'] = [
  { apiVersion: 'chaos-mesh.org/v1alpha1', kind: 'Schedule', isNamespaced: true },
  { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', isNamespaced: true },
  { apiVersion: 'dapr.io/v1alpha1', kind: 'Configuration', isNamespaced: true },
  { apiVersion: 'elasticsearch.k8s.elastic.co/v1', kind: 'Elasticsearch', isNamespaced: true },
  { apiVersion: 'http.keda.sh/v1alpha1', kind: 'HTTPScaledObject', isNamespaced: true },
  { apiVersion: 'k8s.keycloak.org/v2alpha1', kind: 'Keycloak', isNamespaced: true },
  { apiVersion: 'k8s.keycloak.org/v2alpha1', kind: 'KeycloakRealmImport', isNamespaced: true },
  { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', isNamespaced: false },
  { apiVersion: 'traefik.containo.us/v1alpha1', kind: 'Middleware', isNamespaced: true },
];

const CLUSTERS: readonly PlatformCluster[] = [
  ...['dev', 'staging'].map((name) => ({ platform: 'eks', name, sync: `clusters/${name}/flux-system/gotk-sync.yaml`, definitions: ['prometheus-operator-0.85.0.yaml'], permissive: [COLLECTOR] })),
  ...['dev', 'prod'].map((name) => ({ platform: 'jore4', name, sync: `clusters/${name}/flux-sync.yaml`, permissive: [SECRET_STORE] })),
  ...['dev', 'production-eu'].map((name) => ({ platform: 'gitops-demo', name, sync: `profiles/${name}/flux-system/gotk-sync.yaml` })),
  // the charts of its HelmReleases bring what is permissive or defined here
  { platform: 'flux2-gitops', name: 'staging', sync: 'clusters/staging/flux-system/gotk-sync.yaml', definitions: ['cert-manager-1.21.2.yaml', 'flagger-1.36.1.yaml', 'gateway-api-1.4.1.yaml', 'istio-1.31.1.yaml', 'prometheus-operator-0.85.0.yaml'], permissive: FLUX2_KINDS },
];

/** The trees of the other platforms as they are committed, each in a cluster of its own. */
export async function otherPlatforms({ report, scope }: Run, shared: string): Promise<void> {
  for (const { platform, name, ...props } of CLUSTERS) {
    const flux = [versionOf('kustomize-controller'), versionOf('helm-controller')].join(', ');
    const ready = report.row('reconcile', `${platform} ${name}: a Kustomization becomes Ready from nothing`, flux);
    await scope.within(async (inner) => {
      const key = newAgeKey();
      const files = withoutRemotes(platform, committedTree(platform, shared, (path, bytes) => encryptedAgain(path, bytes, key.recipient)));
      const cluster = await FluxCluster.start(inner, { shared, key, files, ...props });
      await cluster.allReady([]).catch((error: unknown) => ready.check(false, () => (error as Error).message));
      for (const kustomization of cluster.times.latest) ready.check(isReady(kustomization), () => kustomization.metadata.name);
      await checkOrder(inner, cluster, { files, sync: props.sync }, orderRows(report, `${platform} ${name}`, flux));
      const releases = await cluster.client.list('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
      if (releases.length === 0) return;
      const released = report.row('reconcile', `${platform} ${name}: a HelmRelease is installed, from a chart that stands in for its own`, flux);
      const areInstalled = async (): Promise<boolean> => (await cluster.client.list('helm.toolkit.fluxcd.io/v2', 'HelmRelease')).every(isReady);
      await until(areInstalled, PATIENCE, () => '').catch(() => {});
      for (const release of await cluster.client.list('helm.toolkit.fluxcd.io/v2', 'HelmRelease')) released.check(isReady(release), () => `${release.metadata.name}: ${JSON.stringify(release.status?.conditions)}`);
    });
  }
}
