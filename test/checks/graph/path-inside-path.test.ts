import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const tree = {
  ...bootstrapped('clusters/prod'),
  'clusters/prod/apps.yaml': kustomization('apps', './apps'),
  'clusters/prod/web.yaml': kustomization('web', './apps/web'),
  'apps/web/deployment.yaml': object('Deployment', 'web', 'shop'),
  'apps/web/service.yaml': object('Service', 'web', 'shop'),
};

test('a path that holds the folder of another Kustomization is a warning', async () => {
  expect(await findingsOf('path-inside-path', tree)).toEqual([
    'clusters/prod/apps.yaml:8 warning Kustomization flux-system/apps: applies 2 objects, such as Deployment shop/web, which flux-system/web applies as well, from inside its path\n'
    + '  fix: list in a kustomization.yaml what the outer one is to apply, or drop one of them',
  ]);
  expect(await findingsOf('object-applied-twice', tree)).toEqual([]);
});

test('two Kustomizations with one path are a warning', async () => {
  const findings = await findingsOf('path-inside-path', { ...tree, 'clusters/prod/apps.yaml': kustomization('again', './apps/web') });

  expect(findings).toEqual([
    'clusters/prod/apps.yaml:8 warning Kustomization flux-system/again: applies 2 objects, such as Deployment shop/web, which flux-system/web applies as well, from the same path\n'
    + '  fix: drop one of them, or give it a path of its own',
  ]);
});

test('a path whose kustomization.yaml leaves the other folder out is fine', async () => {
  const findings = await findingsOf('path-inside-path', { ...tree, 'apps/kustomization.yaml': 'resources: [mail.yaml]\n', 'apps/mail.yaml': object('ConfigMap', 'mail', 'shop') });

  expect(findings).toEqual([]);
});

test('one whose source does not exist applies nothing, wherever its path leads', async () => {
  const lost = { ...tree, 'clusters/prod/apps.yaml': kustomization('again', './apps/web').replace('    name: flux-system', '    name: fleet') };

  expect(await findingsOf('path-inside-path', lost)).toEqual([]);
  expect(await findingsOf('source-missing', lost)).toHaveLength(1);
});
