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
