import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const tree = (wait: string, dependency: string) => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/apps.yaml': kustomization('apps', './apps', wait),
  'apps/db.yaml': kustomization('db', './db', 'dependsOn:\n  - name: apps'),
  'apps/web.yaml': kustomization('web', './web', `dependsOn:\n  - name: ${dependency}`),
});

test('a waiting Kustomization that applies its own dependants is an error, also where they depend on it through others', async () => {
  const findings = await findingsOf('wait-deadlock', tree('wait: true', 'db'));

  expect(findings).toEqual([
    'apps/db.yaml:14 error Kustomization flux-system/db: depends on flux-system/apps, which applies it and waits until it is ready\n'
    + '  fix: drop the dependency, since what applies a Kustomization comes before it anyway, or set "wait: false" in the one that applies it',
    'apps/web.yaml:14 error Kustomization flux-system/web: depends on flux-system/db, and so on flux-system/apps, which applies it and waits until it is ready\n'
    + '  fix: drop the dependency, since what applies a Kustomization comes before it anyway, or set "wait: false" in the one that applies it',
  ]);
});

test('so is one that checks the health of its dependant', async () => {
  const findings = await findingsOf('wait-deadlock', tree('healthChecks:\n  - kind: Kustomization\n    name: db\n    namespace: flux-system', 'flux-system'));

  expect(findings.map((line) => line.split(':')[0])).toEqual(['apps/db.yaml']);
});

test('one that does not wait may apply its dependants', async () => {
  expect(await findingsOf('wait-deadlock', tree('wait: false', 'db'))).toEqual([]);
});

test('one that waits may apply what depends on each other', async () => {
  const findings = await findingsOf('wait-deadlock', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps', 'wait: true'),
    'apps/db.yaml': kustomization('db', './db'),
    'apps/web.yaml': kustomization('web', './web', 'dependsOn:\n  - name: db'),
  });

  expect(findings).toEqual([]);
});
