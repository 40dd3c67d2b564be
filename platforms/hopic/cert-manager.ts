import { ClusterIssuer, Directory, FluxKustomization, JsonPatch6902, k8s, NamespaceDirectory, StrategicMergePatch, type Cluster, type FluxSystem } from 'fluxwright';
import type { HopicOptions } from './options';
import { actsAs, site, smallResources } from './site';
import { release } from './upstream';

/** cert-manager from its release, and the issuer that proves our domains by DNS. Returns what a Certificate has to wait for. */
export function certManager(cluster: Cluster, flux: FluxSystem, options: HopicOptions): FluxKustomization {
  const directory = new NamespaceDirectory(cluster, 'cert-manager', { setsNamespace: false });
  const crds = new Directory(directory, 'crds', {
    namespace: 'cert-manager',
    resources: [],
  });
  release(crds, 'cert-manager', options);
  new JsonPatch6902(crds, 'resources', {
    target: { kind: 'Deployment' },
    operations: [{ op: 'add', path: '/spec/template/spec/containers/0/resources', value: smallResources }],
  });
  // Autopilot keeps kube-system to itself, so leaders are elected in cert-manager's own namespace
  new JsonPatch6902(crds, 'controller-arguments', {
    target: { kind: 'Deployment', name: 'cert-manager' },
    operations: [{
      op: 'replace',
      path: '/spec/template/spec/containers/0/args',
      value: ['--v=2', '--cluster-resource-namespace=$(POD_NAMESPACE)', '--issuer-ambient-credentials=true', '--leader-election-namespace=cert-manager'],
    }],
  });
  new JsonPatch6902(crds, 'cainjector-arguments', {
    target: { kind: 'Deployment', name: 'cert-manager-cainjector' },
    operations: [{ op: 'replace', path: '/spec/template/spec/containers/0/args', value: ['--v=2', '--leader-election-namespace=cert-manager'] }],
  });
  new StrategicMergePatch(crds, 'solve-dns-challenges', {
    of: k8s.KubeServiceAccount,
    patch: { metadata: { name: 'cert-manager', namespace: 'cert-manager', annotations: actsAs('dns01-solver') } },
  });

  const installed = new FluxKustomization(directory, 'cert-manager-crds', { applies: crds, dependsOn: flux.dependencies, interval: '2m0s', wait: true });
  const issuers = new FluxKustomization(directory, 'cert-manager-resources', { applies: directory, dependsOn: [installed], interval: '2m0s', wait: true });
  new ClusterIssuer(directory, 'cluster-issuer', {
    name: 'letsencrypt',
    namespace: 'istio-system', // as it stands in the cluster; an issuer of the cluster needs none
    spec: {
      acme: {
        server: 'https://acme-v02.api.letsencrypt.org/directory',
        email: site.certificateContact,
        preferredChain: '',
        privateKeySecretRef: { name: 'letsencrypt-prod' },
        solvers: [{ selector: {}, dns01: { cloudDNS: { project: site.project } } }],
      },
    },
  });
  return issuers;
}
