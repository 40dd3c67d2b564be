import { bootstrapped, kustomization, treeOf, type Files } from '../checks/check-tree';
import { discoverClusters, walkingBuilder } from '../../src/model/clusters';
import { Repository } from '../../src/model/repository';
import { identityTitle } from '../../src/model/source-object';
import { Walker } from '../../src/model/walk';

/** Each cluster with its Flux Kustomizations: who applies it, where it is built and what it applies. */
async function clustersOf(files: Files): Promise<Record<string, string[]>> {
  const repository = new Repository(treeOf(files));
  const walker = new Walker(repository);
  const clusters = await discoverClusters(repository, walker, walkingBuilder(walker));
  return Object.fromEntries(clusters.map(({ name, kustomizations }) => [name, kustomizations.map(({ key, path, parent, objects }) => (
    `${parent === undefined ? '' : `${parent.key} > `}${key} ${path === undefined ? 'is built elsewhere' : `from ${path === '' ? 'the root' : path}`}: ${objects.map(identityTitle).join(', ')}`
  ))]));
}

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

test('a cluster comes up from what flux bootstrap wrote, a generation at a time', async () => {
  const clusters = await clustersOf({
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/kustomization.yaml': 'namespace: shop\nresources: [web.yaml]\n',
    'apps/web.yaml': configMap('web'),
  });

  expect(clusters).toEqual({
    'clusters/prod': [
      'flux-system/flux-system from clusters/prod: Kustomization flux-system/apps, GitRepository flux-system/flux-system, Kustomization flux-system/flux-system',
      'flux-system/flux-system > flux-system/apps from apps: ConfigMap shop/web',
    ],
  });
});

test('two clusters of one tree have each their own Kustomizations of one name', async () => {
  const clusters = await clustersOf({
    ...bootstrapped('clusters/prod'),
    ...bootstrapped('clusters/test'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps/prod'),
    'clusters/test/apps.yaml': kustomization('apps', './apps/test'),
    'apps/prod/web.yaml': configMap('prod'),
    'apps/test/web.yaml': configMap('test'),
  });

  expect(Object.values(clusters).flat().filter((line) => line.includes('> '))).toEqual([
    'flux-system/flux-system > flux-system/apps from apps/prod: ConfigMap prod',
    'flux-system/flux-system > flux-system/apps from apps/test: ConfigMap test',
  ]);
});

test('what a person applies belongs to the cluster that is bootstrapped', async () => {
  const clusters = await clustersOf({
    ...bootstrapped('k8s/flux-system'),
    'k8s/server/sync.yaml': kustomization('server', './k8s/server'),
    'k8s/server/kustomization.yaml': 'resources: [web.yaml]\n',
    'k8s/server/web.yaml': configMap('web'),
  });

  expect(clusters).toEqual({
    'k8s/flux-system': [
      'flux-system/flux-system from k8s/flux-system: GitRepository flux-system/flux-system, Kustomization flux-system/flux-system',
      'flux-system/server from k8s/server: ConfigMap web',
    ],
  });
});

test('without bootstrap, the folders that hold Kustomizations of the same names are a cluster each', async () => {
  const clusters = await clustersOf({
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'clusters/prod/infrastructure.yaml': kustomization('infrastructure', './infrastructure'),
    'clusters/test/apps.yaml': kustomization('apps', './apps'),
    'clusters/test/infrastructure.yaml': kustomization('infrastructure', './infrastructure'),
    'apps/web.yaml': configMap('web'),
    'infrastructure/dns.yaml': configMap('dns'),
  });

  expect(clusters).toEqual({
    'clusters/prod': ['flux-system/apps from apps: ConfigMap web', 'flux-system/infrastructure from infrastructure: ConfigMap dns'],
    'clusters/test': ['flux-system/apps from apps: ConfigMap web', 'flux-system/infrastructure from infrastructure: ConfigMap dns'],
  });
});

test('the Flux operator syncs the path of its FluxInstance', async () => {
  const clusters = await clustersOf({
    'clusters/prod/instance.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
spec:
  sync:
    kind: GitRepository
    url: https://example.com/fleet
    ref: refs/heads/main
    path: clusters/prod
`,
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/web.yaml': configMap('web'),
  });

  expect(clusters).toEqual({
    'clusters/prod': [
      'flux-system/flux-system from clusters/prod: Kustomization flux-system/apps, FluxInstance flux-system/flux',
      'flux-system/flux-system > flux-system/apps from apps: ConfigMap web',
    ],
  });
});

test('paths of a repository that lies in a folder of another begin at that folder', async () => {
  const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/apps.yaml': kustomization('apps', './apps'), 'apps/web.yaml': configMap('web') };

  const clusters = await clustersOf(Object.fromEntries(Object.entries(files).map(([path, text]) => [`fleet/${path}`, text])));

  expect(clusters['fleet/clusters/prod']).toContain('flux-system/flux-system > flux-system/apps from fleet/apps: ConfigMap web');
});

test('a Kustomization of another repository is built elsewhere', async () => {
  const clusters = await clustersOf({
    ...bootstrapped('clusters/prod'),
    'clusters/prod/monitoring.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: monitoring
  namespace: flux-system
spec:
  url: https://example.com/vendor/monitoring
---
${kustomization('monitoring', './apps').replace('    name: flux-system', '    name: monitoring')}`,
    'apps/web.yaml': configMap('web'),
  });

  expect(clusters['clusters/prod']).toContain('flux-system/flux-system > flux-system/monitoring is built elsewhere: ');
});

test('Kustomizations that apply each other do not keep it busy for ever', async () => {
  const clusters = await clustersOf({
    ...bootstrapped('clusters/prod'),
    'clusters/prod/a.yaml': kustomization('a', './a'),
    'a/b.yaml': kustomization('b', './b'),
    'b/a.yaml': kustomization('a', './a'),
  });

  expect(clusters['clusters/prod']).toHaveLength(3);
});

test('a folder beside the bootstrapped cluster with Kustomizations of the same names is a cluster that is yet to be bootstrapped', async () => {
  const clusters = await clustersOf({
    ...bootstrapped('clusters/test'),
    'clusters/test/apps.yaml': kustomization('apps', './apps/test'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps/prod'),
    'apps/test/web.yaml': configMap('test'),
    'apps/prod/web.yaml': configMap('prod'),
  });

  expect(Object.keys(clusters)).toEqual(['clusters/test', 'clusters/prod']);
  expect(clusters['clusters/prod']).toEqual(['flux-system/apps from apps/prod: ConfigMap prod']);
});

test('what lies in archives and templates is no cluster', async () => {
  const clusters = await clustersOf({
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'clusters/template/apps.yaml': kustomization('apps', './apps'),
    '.archive/old.yaml': kustomization('old', './old'),
    'apps/web.yaml': configMap('web'),
  });

  expect(Object.keys(clusters)).toEqual(['clusters/prod']);
  expect(clusters['clusters/prod']).toHaveLength(2);
});

test('a Kustomization that a syncing tree leaves out belongs to no cluster', async () => {
  const clusters = await clustersOf({
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/kustomization.yaml': 'resources: [web/sync.yaml]\n',
    'apps/web/sync.yaml': kustomization('web', './apps/web/app'),
    'apps/web/app/web.yaml': configMap('web'),
    'apps/mail/sync.yaml': kustomization('mail', './apps/mail/app'),
    'apps/mail/app/mail.yaml': configMap('mail'),
  });

  expect(Object.keys(clusters)).toEqual(['clusters/prod']);
  expect(clusters['clusters/prod']!.map((line) => line.replace(/ from.*/, ''))).toEqual(['flux-system/flux-system', 'flux-system/flux-system > flux-system/apps', 'flux-system/apps > flux-system/web']);
});

test('where nothing is bootstrapped, the Kustomization that brings up others begins the cluster, and its folder is synced', async () => {
  const clusters = await clustersOf({
    'clusters/lab/ks.yaml': kustomization('apps', './apps'),
    'clusters/lab/flux/ks.yaml': kustomization('flux', './flux'),
    'apps/kustomization.yaml': 'resources: [web/ks.yaml]\n',
    'apps/web/ks.yaml': kustomization('web', './apps/web/app'),
    'apps/web/app/web.yaml': configMap('web'),
    'apps/unused/ks.yaml': kustomization('unused', './apps/unused/app'),
    'apps/unused/app/web.yaml': configMap('unused'),
    'flux/web.yaml': configMap('flux'),
  });

  expect(clusters).toEqual({
    'clusters/lab': [
      'flux-system/apps from apps: Kustomization flux-system/web',
      'flux-system/flux from flux: ConfigMap flux',
      'flux-system/apps > flux-system/web from apps/web/app: ConfigMap web',
    ],
  });
});

test('a path in an ExternalArtifact is the one that its ArtifactGenerator copies from', async () => {
  const clusters = await clustersOf({
    'clusters/production/artifacts.yaml': `apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: fleet
  namespace: flux-system
spec:
  sources:
    - alias: fleet
      kind: GitRepository
      name: flux-system
  artifacts:
    - name: apps
      copy:
        - from: "@fleet/apps/base/**"
          to: "@artifact/base/"
        - from: "@fleet/apps/production/**"
          to: "@artifact/production/"
`,
    'clusters/production/apps.yaml': kustomization('apps', './production').replace('kind: GitRepository\n    name: flux-system', 'kind: ExternalArtifact\n    name: apps'),
    'clusters/production/mistyped.yaml': kustomization('mistyped', './prod').replace('kind: GitRepository\n    name: flux-system', 'kind: ExternalArtifact\n    name: apps'),
    'apps/base/web.yaml': configMap('base'),
    'apps/production/web.yaml': configMap('web'),
  });

  expect(clusters['clusters/production']).toEqual(['flux-system/apps from apps/production: ConfigMap web', 'flux-system/mistyped is built elsewhere: ']);
});

test('components that Flux adds are part of what a Kustomization applies', async () => {
  const clusters = await clustersOf({
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps', 'components:\n  - ../components/alerts'),
    'apps/web.yaml': configMap('web'),
    'components/alerts/kustomization.yaml': 'kind: Component\nresources: [alert.yaml]\n',
    'components/alerts/alert.yaml': configMap('alert'),
  });

  expect(clusters['clusters/prod']).toContain('flux-system/flux-system > flux-system/apps from apps: ConfigMap web, ConfigMap alert');
});

test('beside folders of clusters, a Kustomization among what they build begins no cluster', async () => {
  const clusters = await clustersOf({
    'clusters/prod/apps.yaml': kustomization('apps', './apps/prod'),
    'clusters/test/apps.yaml': kustomization('apps', './apps/test'),
    'apps/prod/web.yaml': configMap('prod'),
    'apps/test/web.yaml': configMap('test'),
    'apps/base/mail/sync.yaml': kustomization('mail', './apps/base/mail/app'),
    'apps/base/mail/app/mail.yaml': configMap('mail'),
  });

  expect(Object.keys(clusters)).toEqual(['clusters/prod', 'clusters/test']);
});

test('before flux bootstrap, a source that the tree describes is another repository, even if a folder here has the path', async () => {
  const clusters = await clustersOf({
    'clusters/prod/tenants.yaml': kustomization('tenants', './tenants/staging'),
    'tenants/staging/team.yaml': `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: team\n  namespace: flux-system\nspec:\n  url: https://example.com/team\n---\n${kustomization('team', './staging').replace('    name: flux-system', '    name: team')}`,
  });

  expect(clusters['clusters/prod']).toContain('flux-system/tenants > flux-system/team is built elsewhere: ');
});

test('before flux bootstrap, a Kustomization without a path whose source nobody knows does not apply the whole tree', async () => {
  const clusters = await clustersOf({
    'clusters/prod/tenants.yaml': kustomization('tenants', './tenants'),
    'tenants/team.yaml': kustomization('team', './').replace('    name: flux-system', '    name: team'),
  });

  expect(clusters['clusters/prod']).toContain('flux-system/tenants > flux-system/team is built elsewhere: ');
});

test('what lies among the folders of a bootstrapped cluster begins none of its own, though another cluster has one of the name', async () => {
  const cluster = (name: string, listed: string) => ({
    ...bootstrapped(`clusters/${name}/flux-system`),
    [`clusters/${name}/flux-system/kustomization.yaml`]: `resources: [gotk-sync.yaml${listed}]\n`,
    [`clusters/${name}/logging/sync.yaml`]: kustomization('logging', `./clusters/${name}/logging/app`),
    [`clusters/${name}/logging/app/app.yaml`]: configMap('logging'),
  });
  const files = { ...cluster('prod', ', ../logging/sync.yaml'), ...cluster('test', '') };
  for (const name of ['prod', 'test']) {
    files[`clusters/${name}/flux-system/gotk-sync.yaml`] = files[`clusters/${name}/flux-system/flux-system/gotk-sync.yaml`]!;
    delete files[`clusters/${name}/flux-system/flux-system/gotk-sync.yaml`];
    delete files[`clusters/${name}/flux-system/flux-system/kustomization.yaml`];
  }

  expect(Object.keys(await clustersOf(files))).toEqual(['clusters/prod/flux-system', 'clusters/test/flux-system']);
});
