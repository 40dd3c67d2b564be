import { newAgeKey } from '../../flux/bootstrap';
import { committedTree } from '../../flux/committed-tree';
import { FluxCluster, type FluxClusterProps } from '../../flux/flux-cluster';
import { encryptedAgain } from '../../flux/placeholder-secrets';
import { isReady } from '../../flux/ready-times';
import { versionOf } from '../../harness/programs';
import type { Run } from '../../part';
import { checkOrder } from './order';

interface PlatformCluster extends Pick<FluxClusterProps, 'sync' | 'definitions' | 'permissive'> {
  readonly platform: string;
  readonly name: string;
}

const SECRET_STORE = { apiVersion: 'secrets-store.csi.x-k8s.io/v1alpha1', kind: 'SecretProviderClass', isNamespaced: true };
const COLLECTOR = { apiVersion: 'opentelemetry.io/v1beta1', kind: 'OpenTelemetryCollector', isNamespaced: true };

/** flux2-gitops is not among them: its layers take in releases by URL, which nobody serves here. */
const CLUSTERS: readonly PlatformCluster[] = [
  ...['dev', 'staging'].map((name) => ({ platform: 'eks', name, sync: `clusters/${name}/flux-system/gotk-sync.yaml`, definitions: ['prometheus-operator-0.85.0.yaml'], permissive: [COLLECTOR] })),
  ...['dev', 'prod'].map((name) => ({ platform: 'jore4', name, sync: `clusters/${name}/flux-sync.yaml`, permissive: [SECRET_STORE] })),
  ...['dev', 'production-eu'].map((name) => ({ platform: 'gitops-demo', name, sync: `profiles/${name}/flux-system/gotk-sync.yaml` })),
];

/** The trees of the other platforms as they are committed, each in a cluster of its own. */
export async function otherPlatforms({ report, scope }: Run, shared: string): Promise<void> {
  for (const { platform, name, ...props } of CLUSTERS) {
    const flux = [versionOf('kustomize-controller'), versionOf('helm-controller')].join(', ');
    const ready = report.row('reconcile', `${platform} ${name}: a Kustomization becomes Ready from nothing`, flux);
    await scope.within(async (inner) => {
      const key = newAgeKey();
      const files = committedTree(platform, shared, (path, bytes) => encryptedAgain(path, bytes, key.recipient));
      const cluster = await FluxCluster.start(inner, { shared, key, files, ...props });
      await cluster.allReady([], 120).catch((error: unknown) => ready.check(false, () => (error as Error).message));
      for (const kustomization of cluster.times.latest) ready.check(isReady(kustomization), () => kustomization.metadata.name);
      if (cluster.times.latest.some(({ spec }) => spec.dependsOn !== undefined)) {
        checkOrder(cluster.times, report.row('reconcile', `${platform} ${name}: a Kustomization applies nothing before one that it depends on is Ready`, flux));
      }
      const releases = await cluster.client.list('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
      if (releases.length === 0) return;
      const released = report.row('reconcile', `${platform} ${name}: a HelmRelease is installed, from a chart that stands in for its own`, flux);
      for (const release of releases) released.check(isReady(release), () => JSON.stringify(release.status?.conditions));
    });
  }
}
