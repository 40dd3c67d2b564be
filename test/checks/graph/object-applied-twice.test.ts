import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const tree = (mail: string) => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/web.yaml': kustomization('web', './apps/web'),
  'clusters/prod/mail.yaml': kustomization('mail', './apps/mail'),
  'apps/web/namespace.yaml': object('Namespace', 'shop'),
  'apps/web/quota.yaml': object('ResourceQuota', 'quota', 'shop'),
  'apps/mail/namespace.yaml': mail,
  'apps/mail/quota.yaml': object('ResourceQuota', 'quota', 'shop'),
});

test('objects that two Kustomizations apply are one warning', async () => {
  expect(await findingsOf('object-applied-twice', tree(object('Namespace', 'shop')))).toEqual([
    'apps/web/namespace.yaml:1 warning Namespace shop: Namespace shop is applied by flux-system/mail and flux-system/web, as is 1 more object\n'
    + '  fix: keep the object in one of them, and let the other depend on that one',
  ]);
});

test('what Flux only makes where it is not there may be applied twice, and so may objects of one name in two namespaces', async () => {
  const once = object('Namespace', 'shop').replace('metadata:\n', 'metadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/ssa: IfNotPresent\n');

  const findings = await findingsOf('object-applied-twice', { ...tree(once), 'apps/mail/quota.yaml': object('ResourceQuota', 'quota', 'mail') });

  expect(findings).toEqual([]);
});

test('two clusters may apply one object each', async () => {
  const findings = await findingsOf('object-applied-twice', {
    ...bootstrapped('clusters/prod'),
    ...bootstrapped('clusters/test'),
    'clusters/prod/web.yaml': kustomization('web', './apps/web'),
    'clusters/test/web.yaml': kustomization('web', './apps/web'),
    'apps/web/namespace.yaml': object('Namespace', 'shop'),
  });

  expect(findings).toEqual([]);
});
