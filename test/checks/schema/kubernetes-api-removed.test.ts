import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const budget = (apiVersion: string): string => `apiVersion: ${apiVersion}\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: shop}\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n`;
const tree = (text: string, spec = '') => ({ ...bootstrapped('clusters/prod'), 'clusters/prod/shop.yaml': kustomization('shop', './shop', spec), 'shop/budget.yaml': text });

test('an API that no Kubernetes of today serves is an error, with the version to write; in a health check, too', async () => {
  const files = tree(budget('policy/v1beta1'), 'healthChecks:\n  - apiVersion: batch/v1beta1\n    kind: CronJob\n    name: nightly\n    namespace: shop');

  expect(await findingsOf('kubernetes-api-removed', files)).toEqual([
    'clusters/prod/shop.yaml:14 error Kustomization flux-system/shop: the health check of nightly: Kubernetes 1.25 removed CronJob batch/v1beta1\n  fix: write "apiVersion: batch/v1", and mend the fields that changed',
    'shop/budget.yaml:1 error PodDisruptionBudget shop/web: Kubernetes 1.25 removed PodDisruptionBudget policy/v1beta1\n  fix: write "apiVersion: policy/v1", and mend the fields that changed',
  ]);
});

test('one that newer releases alone have given up is a warning where nobody says which one runs, and nothing where an older one does', async () => {
  const files = tree('apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: web}\nspec: {priorityLevelConfiguration: {name: exempt}}\n');

  expect(await findingsOf('kubernetes-api-removed', files)).toEqual([
    'shop/budget.yaml:1 warning FlowSchema web: Kubernetes 1.32 removed FlowSchema flowcontrol.apiserver.k8s.io/v1beta3\n  fix: write "apiVersion: flowcontrol.apiserver.k8s.io/v1"',
  ]);
  expect(await findingsOf('kubernetes-api-removed', files, { settings: { kubernetes: '1.31' } })).toEqual([]);
  expect(await findingsOf('kubernetes-api-removed', files, { settings: { kubernetes: '1.33' } })).toHaveLength(1);
});

test('the version that is served is fine, and so is a kind of somebody else', async () => {
  expect(await findingsOf('kubernetes-api-removed', tree(`${budget('policy/v1')}---\n${budget('policy.example.com/v1beta1')}`))).toEqual([]);
});
