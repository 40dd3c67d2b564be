import { findingsOf, kustomization } from '../check-tree';
import { deployment, resource, shop } from './shop';

test('a service account that nothing makes is a warning', async () => {
  expect(await findingsOf('service-account-missing', shop({ 'shop/web.yaml': deployment('web', { pod: 'serviceAccountName: web' }) }))).toEqual([
    'shop/web.yaml:12 warning Deployment shop/web: runs as the ServiceAccount shop/web, which nothing in this cluster makes\n'
    + '  fix: add it, or list "ServiceAccount/shop/web" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
});

test('one in whose name Flux would apply is looked for beside the Kustomization', async () => {
  const files = shop({ 'clusters/prod/tenant.yaml': kustomization('tenant', './tenant', 'serviceAccountName: tenent'), 'clusters/prod/account.yaml': resource('v1', 'ServiceAccount', 'tenant', '', 'flux-system') });

  expect(await findingsOf('service-account-missing', files)).toEqual([
    'clusters/prod/tenant.yaml:13 warning Kustomization flux-system/tenant: runs as the ServiceAccount flux-system/tenent, which nothing in this cluster makes\n'
    + '  fix: write "serviceAccountName: tenant", if that is meant',
  ]);
});

test('its own, that of every namespace and that of a CNPG Cluster are fine', async () => {
  const files = shop({
    'shop/web.yaml': deployment('web', { pod: 'serviceAccountName: web' }),
    'shop/account.yaml': resource('v1', 'ServiceAccount', 'web'),
    'shop/plain.yaml': deployment('plain', { pod: 'serviceAccountName: default' }),
    'shop/backup.yaml': deployment('backup', { pod: 'serviceAccountName: pg' }),
    'shop/pg.yaml': resource('postgresql.cnpg.io/v1', 'Cluster', 'pg'),
  });

  expect(await findingsOf('service-account-missing', files)).toEqual([]);
});
