import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { deployment, web } from './web';

const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: 3 }\n';
const operation = '    patch: |-\n      - { op: replace, path: /spec/replicas, value: 3 }\n';

test('a target that selects nothing is told, as an error where a name is misspelt', async () => {
  const files = web(`patches:\n  - target: { kind: Deployment, name: wbe }\n${operation}  - target: { kind: CronJob }\n${operation}`);

  expect(await findingsOf('patch-without-match', files)).toEqual([
    'web/kustomization.yaml:4 error: the target { kind: Deployment, name: wbe } selects nothing in what this kustomization.yaml takes in: the patch does nothing\n  fix: write "web", if that is meant',
    'web/kustomization.yaml:7 warning: the target { kind: CronJob } selects nothing in what this kustomization.yaml takes in: the patch does nothing\n  fix: take in what it is for, or delete the patch',
  ]);
});

test('a patch without a target has to name its object in full', async () => {
  const files = web('patches:\n  - path: replicas.yaml\n  - path: version.yaml\n', { 'web/replicas.yaml': patch.replace(', namespace: shop', ''), 'web/version.yaml': patch.replace('apps/v1', 'apps/v1beta1') });

  expect(await findingsOf('patch-without-match', files)).toEqual([
    'web/kustomization.yaml:4 error: the patch is for the Deployment web, which is not in what this kustomization.yaml takes in: kustomize refuses to build\n  fix: write the namespace as it is there: Deployment shop/web',
    'web/kustomization.yaml:5 error: the patch is for the Deployment shop/web, which is not in what this kustomization.yaml takes in: kustomize refuses to build\n  fix: write apiVersion: apps/v1, as it is there',
  ]);
});

testWith('kustomize', 'what is said of a patch without a target is what kustomize does', async (kustomize) => {
  const missed = web('patches:\n  - path: replicas.yaml\n', { 'web/replicas.yaml': patch.replace('name: web', 'name: api') });
  const [found] = await renderedFindingsOf(kustomize, 'patch-without-match', missed);
  const [failure] = await renderedFindingsOf(kustomize, 'kustomize-build-failed', missed);

  expect(found).toMatch('web/kustomization.yaml:4 error: the patch is for the Deployment shop/api');
  expect(failure).toMatch('no resource matches strategic merge patch "Deployment.v1.apps/api.shop"');
  expect(await renderedFindingsOf(kustomize, 'kustomize-build-failed', web('patches:\n  - path: replicas.yaml\n', { 'web/replicas.yaml': patch }))).toEqual([]);
});

test('names on the way count: prefixes of a base, namespaces, regular expressions, labels', async () => {
  const overlay = `namespace: staging
patches:
  - { target: { name: v2-web }, patch: '${JSON.stringify([{ op: 'add', path: '/spec/paused', value: true }])}' }
  - { target: { name: w.*, namespace: shop }, patch: '[]' }
  - { target: { labelSelector: 'team in (a, b),!old' }, patch: '[]' }
  - path: replicas.yaml
`;
  const files = {
    ...web('namePrefix: v2-\nlabels:\n  - pairs: { team: a }\n'),
    'clusters/prod/web.yaml': web('')['clusters/prod/web.yaml']!.replace('./web', './staging'),
    'staging/kustomization.yaml': `resources: [../web]\n${overlay}`,
    'staging/replicas.yaml': patch.replace('name: web', 'name: v2-web'),
  };

  expect(await findingsOf('patch-without-match', files)).toEqual([]);
  expect(await findingsOf('patch-without-match', { ...files, 'web/kustomization.yaml': 'resources:\n  - deployment.yaml\nnamePrefix: v2-\n' })).toEqual([
    'staging/kustomization.yaml:6 warning: the target { labelSelector: team in (a, b),!old } selects nothing in what this kustomization.yaml takes in: the patch does nothing\n  fix: take in what it is for, or delete the patch',
  ]);
});

test('a patch of a Flux Kustomization has to find something in what that builds', async () => {
  const spec = (name: string) => `patches:\n  - target:\n      kind: Deployment\n      name: ${name}\n    patch: |\n      - { op: replace, path: /spec/replicas, value: 3 }\n`;

  expect(await findingsOf('patch-without-match', web('', {}, spec('wbe')))).toEqual([
    'clusters/prod/web.yaml:14 error Kustomization flux-system/web: the target { kind: Deployment, name: wbe } selects nothing in what web builds: the patch does nothing\n  fix: write "web", if that is meant',
  ]);
  expect(await findingsOf('patch-without-match', web('', {}, spec('web')))).toEqual([]);
});

test('a component may find nothing in one folder, if it does in another; without a target it may not', async () => {
  const component = (rest: string) => `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - ${rest}\n`;
  const files = (rest: string) => ({
    ...web('components: [../debug]\n', { 'debug/kustomization.yaml': component(rest), 'debug/patch.yaml': patch }),
    'api/kustomization.yaml': 'resources: [deployment.yaml]\ncomponents: [../debug]\n',
    'api/deployment.yaml': deployment('api'),
  });

  expect(await findingsOf('patch-without-match', files('{ path: patch.yaml, target: { name: web } }'))).toEqual([]);
  expect(await findingsOf('patch-without-match', files('path: patch.yaml'))).toEqual([
    'debug/kustomization.yaml:4 error: the patch is for the Deployment shop/web, which is not in api, which takes the component in: kustomize refuses to build\n  fix: there is Deployment shop/api: mend the name, or delete the patch',
  ]);
});

test('nothing is said where not all objects are known', async () => {
  const nothing = `patches:\n  - target: { kind: CronJob }\n${operation}`;

  expect(await findingsOf('patch-without-match', web(`  - https://example.com/release.yaml\n${nothing}`))).toEqual([]);
  expect(await findingsOf('patch-without-match', web(`  - gotk-components.yaml\n${nothing}`, { 'web/gotk-components.yaml': '# flux bootstrap fills it in\n' }))).toEqual([]);
  expect(await findingsOf('patch-without-match', web(`helmCharts: [{ name: x }]\n${nothing}`))).toEqual([]);
});
