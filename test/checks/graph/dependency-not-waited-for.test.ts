import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const tree = (spec: string, applied: string) => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/database.yaml': kustomization('database', './database', spec),
  'clusters/prod/shop.yaml': kustomization('shop', './shop', 'dependsOn:\n  - name: database'),
  'clusters/prod/mail.yaml': kustomization('mail', './mail', 'dependsOn:\n  - name: database'),
  'database/all.yaml': applied,
});

test('a Kustomization with a Deployment that others depend on has to wait for it', async () => {
  expect(await findingsOf('dependency-not-waited-for', tree('', object('Deployment', 'pg')))).toEqual([
    'clusters/prod/database.yaml:6 warning Kustomization flux-system/database: is ready as soon as it is applied, although flux-system/mail and flux-system/shop depend on it and its Deployment pg takes longer\n'
    + '  fix: add "wait: true", or healthChecks for what has to be there, and a timeout',
  ]);
});

test('whoever writes that it does not wait is only told', async () => {
  const [finding] = await findingsOf('dependency-not-waited-for', tree('wait: false', object('Deployment', 'pg')));

  expect(finding).toMatch(/^clusters\/prod\/database\.yaml:13 notice /);
});

test('wait or health checks are fine, and so is what is ready at once', async () => {
  const trees = [tree('wait: true', object('Deployment', 'pg')), tree('healthChecks:\n  - kind: Deployment\n    name: pg', object('Deployment', 'pg')), tree('', object('ConfigMap', 'pg'))];

  expect((await Promise.all(trees.map((files) => findingsOf('dependency-not-waited-for', files)))).flat()).toEqual([]);
});

test('a Kustomization cannot wait for those that it applies and that depend on it', async () => {
  const findings = await findingsOf('dependency-not-waited-for', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/web.yaml': kustomization('web', './web', 'dependsOn:\n  - name: apps'),
  });

  expect(findings).toEqual([]);
});

test('where others have a timeout, one that is depended on without it is told of, if its interval is long', async () => {
  const files = (interval: string) => ({
    ...tree('wait: true', object('Deployment', 'pg')),
    'clusters/prod/database.yaml': kustomization('database', './database', 'wait: true').replace('interval: 10m', `interval: ${interval}`),
    'clusters/prod/shop.yaml': kustomization('shop', './shop', 'wait: true\ntimeout: 5m\ndependsOn:\n  - name: database'),
  });

  expect(await findingsOf('dependency-not-waited-for', files('1h'))).toEqual([
    'clusters/prod/database.yaml:7 notice Kustomization flux-system/database: waits without a timeout, so that flux-system/mail and flux-system/shop may hang for its interval of 1h before it fails\n'
    + '  fix: add "timeout: 5m", or as long as it may take',
  ]);
  expect(await findingsOf('dependency-not-waited-for', files('10m'))).toEqual([]);
});
