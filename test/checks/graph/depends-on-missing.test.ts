import { bootstrapped, findingsOf, kustomization } from '../check-tree';

test('a dependency on a Kustomization that does not exist is an error, with the one that is meant', async () => {
  const files = {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/database.yaml': kustomization('database', './database'),
    'clusters/prod/shop.yaml': kustomization('shop', './shop', 'dependsOn:\n  - name: databse'),
  };

  const findings = await findingsOf('depends-on-missing', files);

  expect(findings).toEqual([
    'clusters/prod/shop.yaml:14 error Kustomization flux-system/shop: depends on the Kustomization flux-system/databse, which does not exist in this cluster\n'
    + '  fix: write "name: database", if that is meant',
  ]);
});

test('one that lies in another namespace needs it named', async () => {
  const files = {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/database.yaml': kustomization('database', './database').replace('namespace: flux-system', 'namespace: data'),
    'clusters/prod/shop.yaml': kustomization('shop', './shop', 'dependsOn:\n  - name: database'),
  };

  const findings = await findingsOf('depends-on-missing', files);

  expect(findings).toEqual([
    'clusters/prod/shop.yaml:14 error Kustomization flux-system/shop: depends on the Kustomization flux-system/database, which does not exist in this cluster\n'
    + '  fix: add "namespace: data": Kustomization data/database lies there',
  ]);
});

test('a dependency on a neighbour is fine, whichever file it lies in', async () => {
  const files = {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/database.yaml': kustomization('database', './database'),
    'clusters/prod/shop.yaml': kustomization('shop', './shop', 'dependsOn:\n  - name: database'),
  };

  expect(await findingsOf('depends-on-missing', files)).toEqual([]);
});

test('a HelmRelease that depends on one that does not exist is an error', async () => {
  const release = (name: string, dependency: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  dependsOn:\n    - name: ${dependency}\n`;

  const findings = await findingsOf('depends-on-missing', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/web.yaml': release('web', 'databse'),
    'apps/database.yaml': release('database', 'database'),
  });

  expect(findings).toEqual([
    'apps/web.yaml:8 error HelmRelease shop/web: depends on the HelmRelease shop/databse, which does not exist in this cluster\n'
    + '  fix: write "name: database", if that is meant',
  ]);
});

test('what stands in a file that cannot be read may be there', async () => {
  const files = {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/database.yaml': `${kustomization('database', './database')}   prune: true\n`,
    'clusters/prod/shop.yaml': kustomization('shop', './shop', 'dependsOn:\n  - name: database'),
  };

  expect(await findingsOf('depends-on-missing', files)).toEqual([]);
});
