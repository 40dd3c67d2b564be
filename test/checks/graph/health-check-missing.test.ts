import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const check = (kind: string, name: string, namespace = 'shop', apiVersion = 'apps/v1'): string => `healthChecks:\n  - apiVersion: ${apiVersion}\n    kind: ${kind}\n    name: ${name}\n    namespace: ${namespace}`;
const tree = (spec: string, more: string = object('ConfigMap', 'web', 'shop')) => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/web.yaml': kustomization('web', './web', spec),
  'web/server.yaml': object('Deployment', 'server', 'shop'),
  'web/more.yaml': more,
});
const RELEASE = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: web\n  namespace: shop\nspec: {}\n';

test('a health check that names nothing is an error, with what is meant', async () => {
  expect(await findingsOf('health-check-missing', tree(check('Deployment', 'sever')))).toEqual([
    'clusters/prod/web.yaml:14 error Kustomization flux-system/web: checks the health of Deployment shop/sever, which nothing in this cluster applies\n'
    + '  fix: write "name: server", if that is meant',
  ]);
});

test('one in another namespace is an error', async () => {
  expect(await findingsOf('health-check-missing', tree(check('Deployment', 'server', 'store')))).toEqual([
    'clusters/prod/web.yaml:14 error Kustomization flux-system/web: checks the health of Deployment store/server, which nothing in this cluster applies\n'
    + '  fix: write "namespace: shop": Deployment server lies there',
  ]);
});

test('a HelmRelease has to be one that is applied', async () => {
  const findings = await findingsOf('health-check-missing', tree(check('HelmRelease', 'wbe', 'shop', 'helm.toolkit.fluxcd.io/v2'), RELEASE));

  expect(findings.map((text) => text.split('\n')[1])).toEqual(['  fix: write "name: web", if that is meant']);
});

test('what is applied is fine, what a chart may make as well, and what a controller may', async () => {
  const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: web\n  namespace: shop\n';
  const trees = [tree(check('Deployment', 'server')), tree(check('Deployment', 'made-by-chart'), RELEASE), tree(check('Deployment', 'made-by-controller'), widget)];

  expect((await Promise.all(trees.map((files) => findingsOf('health-check-missing', files)))).flat()).toEqual([]);
});

test('where other Kustomizations cannot be built, a custom object beside others of its kind is looked for all the same', async () => {
  const broken = { 'clusters/prod/other.yaml': kustomization('other', './nowhere') };

  expect(await findingsOf('health-check-missing', { ...tree(check('HelmRelease', 'wbe', 'shop', 'helm.toolkit.fluxcd.io/v2'), RELEASE), ...broken })).toHaveLength(1);
  expect(await findingsOf('health-check-missing', { ...tree(check('Deployment', 'sever')), ...broken })).toEqual([]);
});
