import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const release = (name: string, dependency?: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  interval: 1h\n${dependency === undefined ? '' : `  dependsOn:\n    - name: ${dependency}\n`}`;

test('Kustomizations that depend on each other in a circle are one error, with the whole circle', async () => {
  const findings = await findingsOf('depends-on-cycle', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/a.yaml': kustomization('a', './a', 'dependsOn:\n  - name: b'),
    'clusters/prod/b.yaml': kustomization('b', './b', 'dependsOn:\n  - name: c'),
    'clusters/prod/c.yaml': kustomization('c', './c', 'dependsOn:\n  - name: a'),
  });

  expect(findings).toEqual(['clusters/prod/a.yaml:14 error Kustomization flux-system/a: depends on itself: a → b → c → a\n  fix: drop one of these dependencies']);
});

test('a HelmRelease that depends on itself is an error', async () => {
  const findings = await findingsOf('depends-on-cycle', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/web.yaml': release('web', 'web'),
  });

  expect(findings).toEqual(['apps/web.yaml:9 error HelmRelease shop/web: depends on itself\n  fix: drop one of these dependencies']);
});

test('a dependency on what a Kustomization applies itself is an error', async () => {
  const findings = await findingsOf('depends-on-cycle', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps', 'dependsOn:\n  - name: web'),
    'apps/web.yaml': kustomization('web', './web'),
  });

  expect(findings).toEqual([
    'clusters/prod/apps.yaml:14 error Kustomization flux-system/apps: depends on flux-system/web, which it applies itself\n'
    + '  fix: drop the dependency, or have another Kustomization apply flux-system/web',
  ]);
});

test('two ways to one dependency are no circle', async () => {
  const findings = await findingsOf('depends-on-cycle', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/a.yaml': kustomization('a', './a', 'dependsOn:\n  - name: b\n  - name: c'),
    'clusters/prod/b.yaml': kustomization('b', './b', 'dependsOn:\n  - name: c'),
    'clusters/prod/c.yaml': kustomization('c', './c'),
    'a/web.yaml': release('web', 'db'),
    'a/db.yaml': release('db'),
  });

  expect(findings).toEqual([]);
});
