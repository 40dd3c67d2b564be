import { findingsOf } from '../check-tree';
import { settings, shop } from './shop';

test('a name with a dash is refused', async () => {
  expect(await findingsOf('variable-name-invalid', shop('postBuild:\n  substitute:\n    cluster-name: prod\n', { 'settings.yaml': settings('a: b') }))).toEqual([
    'clusters/prod/shop.yaml:15 error Kustomization flux-system/shop: "cluster-name" is no name for a variable, and Flux refuses the Kustomization flux-system/shop\n  fix: write "cluster_name", here and where it is used',
  ]);
});

test('so is each key of a ConfigMap that variables come from, at its place', async () => {
  const cluster = (key: string) => ({ 'clusters/prod/cluster.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cluster, namespace: flux-system }\ndata:\n  REGION: eu\n  ${key}: x\n` });
  const files = shop('postBuild:\n  substituteFrom: [{ kind: ConfigMap, name: cluster }]\n', { 'settings.yaml': settings('a: ${REGION}') });

  expect(await findingsOf('variable-name-invalid', { ...files, ...cluster('values.yaml') })).toEqual([
    'clusters/prod/cluster.yaml:6 error ConfigMap flux-system/cluster: "values.yaml" is no name for a variable, and Flux refuses the Kustomization flux-system/shop\n  fix: write "values_yaml", here and where it is used',
  ]);
  expect(await findingsOf('variable-name-invalid', { ...files, ...cluster('_zone2') })).toEqual([]);
});
