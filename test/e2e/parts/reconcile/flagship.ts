import { newAgeKey, objectsIn } from '../../flux/bootstrap';
import { flagshipTree } from '../../flux/flagship-tree';
import { FluxCluster } from '../../flux/flux-cluster';
import { encryptedAgain, PLACEHOLDER } from '../../flux/placeholder-secrets';
import { versionOf } from '../../harness/programs';
import type { Run } from '../../part';
import { checkOrder, orderRows } from './order';

const SYNC = 'k8s/flux-system/gotk-sync.yaml';
const ENVIRONMENT = ['dev-test-infra', 'dev-test-postgres', 'dev-test-django'];

/** The flagship, from an empty cluster, through the life of an ephemeral environment and of objects that leave the tree. */
export async function flagship({ report, scope }: Run, shared: string): Promise<void> {
  const flux = `${versionOf('kustomize-controller')}, ${versionOf('kube-apiserver')}`;
  const rows = {
    ready: report.row('reconcile', 'flagship: a Kustomization becomes Ready from nothing', flux),
    ...orderRows(report, 'flagship', flux),
    secrets: report.row('reconcile', 'flagship: a value that SOPS encrypted reaches its Secret decrypted', `${flux}, ${versionOf('sops')}`),
    comes: report.row('reconcile', 'flagship: what makes up the environment dev-test comes up from its branch', flux),
    goes: report.row('reconcile', 'flagship: dev-test goes away when its file is removed', flux),
    pruned: report.row('reconcile', 'flagship: what left the tree is deleted', flux),
    kept: report.row('reconcile', 'flagship: what is annotated "prune: disabled" survives', flux),
  };
  const key = newAgeKey();
  const tree = (variant: Parameters<typeof flagshipTree>[2]): Map<string, Buffer> => flagshipTree(shared, (path, bytes) => encryptedAgain(path, bytes, key.recipient), variant);
  const first = tree({ extras: ['leaves', 'stays!'] });
  const cluster = await FluxCluster.start(scope, {
    shared,
    files: first,
    sync: SYNC,
    key,
    definitions: ['gateway-api-1.4.1.yaml', 'istio-1.31.1.yaml'], // GKE and its mesh bring them
    permissive: [
      { apiVersion: 'iam.cnrm.cloud.google.com/v1beta1', kind: 'IAMPartialPolicy', isNamespaced: true },
      { apiVersion: 'networking.gke.io/v1', kind: 'HealthCheckPolicy', isNamespaced: true },
      { apiVersion: 'networking.gke.io/v1', kind: 'GCPBackendPolicy', isNamespaced: true },
    ],
  });
  const { client, repository } = cluster;
  const declared = [...first].filter(([path]) => path.endsWith('sync.yaml')).flatMap(([, bytes]) => objectsIn(bytes.toString())).filter(({ kind }) => kind === 'Kustomization').map(({ metadata }) => metadata.name);
  await cluster.allReady(declared);
  for (const name of declared) rows.ready.check(cluster.times.times.get(`flux-system/${name}`)?.ready !== undefined, () => name);
  await checkOrder(scope, cluster, { files: first, sync: SYNC }, rows);

  for (const secret of ['django-secret-key', 'phac-aspc-oauth-config']) {
    const { data } = (await client.get('v1', 'Secret', secret, 'server')) as unknown as { data: Record<string, string> };
    for (const [name, value] of Object.entries(data)) rows.secrets.equal(Buffer.from(value, 'base64').toString(), PLACEHOLDER, () => `${secret} ${name}`);
  }

  repository.push(first, 'a branch', 'dev-test');
  repository.push(tree({ extras: ['leaves', 'stays!'], branches: ['dev-test'] }), 'an environment');
  await cluster.allReady(ENVIRONMENT);
  for (const [apiVersion, kind, name] of [['postgresql.cnpg.io/v1', 'Cluster', 'cpho-postgres14-cluster'], ['apps/v1', 'Deployment', 'server'], ['v1', 'Secret', 'django-secret-key']] as const) {
    rows.comes.check(await cluster.seen(true, apiVersion, kind, name, 'dev-test'), () => `${kind} ${name}`);
  }

  repository.push(tree({ extras: [] }), 'no environment, and nothing in extras');
  rows.pruned.check(await cluster.seen(false, 'v1', 'ConfigMap', 'leaves', 'extras'), () => 'ConfigMap leaves, whose Kustomization is still there');
  for (const name of ENVIRONMENT) rows.goes.check(await cluster.seen(false, 'kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, 'flux-system'), () => name);
  rows.goes.check(await cluster.seen(false, 'v1', 'Namespace', 'dev-test'), () => 'Namespace dev-test');
  repository.push(tree({}), 'no extras');
  rows.pruned.check(await cluster.seen(false, 'kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'extras', 'flux-system'), () => 'Kustomization extras');
  for (const [kind, name] of [['ConfigMap', 'stays'], ['Namespace', 'extras']] as const) {
    rows.kept.check((await client.get('v1', kind, name, kind === 'Namespace' ? undefined : 'extras')) !== undefined, () => `${kind} ${name}`);
  }
}
