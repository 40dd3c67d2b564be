import { findingsOf } from '../check-tree';
import { database, shop } from './database';

const binding = (account: string): string => `apiVersion: iam.cnrm.cloud.google.com/v1beta1\nkind: IAMPartialPolicy\nmetadata: {name: backups, namespace: shop}\nspec:\n  bindings:\n    - members: [{member: "serviceAccount:shop.svc.id.goog[shop/${account}]"}]\n`;

test('a binding of an account that nothing makes is told, with the one that is meant', async () => {
  expect(await findingsOf('workload-identity-without-account', shop({ 'shop/pg.yaml': database(), 'shop/iam.yaml': binding('postgres') }))).toEqual([
    'shop/iam.yaml:1 warning IAMPartialPolicy shop/backups: shop.svc.id.goog[shop/postgres] names the service account shop/postgres, which the tree does not make\n'
    + '  fix: write "shop.svc.id.goog[shop/pg]", if the database is meant',
  ]);
});

test('a binding of the account that is called like the Cluster is fine', async () => {
  expect(await findingsOf('workload-identity-without-account', shop({ 'shop/pg.yaml': database(), 'shop/iam.yaml': binding('pg') }))).toEqual([]);
});

test('a text of a megabyte is looked through in no time', async () => {
  const start = process.cpuUsage().user;

  expect(await findingsOf('workload-identity-without-account', shop({ 'shop/pg.yaml': database(), 'shop/iam.yaml': binding('pg').replace('backups', 'x'.repeat(1_000_000)) }))).toEqual([]);
  expect(process.cpuUsage().user - start).toBeLessThan(5_000_000);
});

test('in a namespace that has yet to get its name, the account has to be one of the tree', async () => {
  const branches = (account: string) => shop({ 'shop/pg.yaml': database(), 'branches/iam.yaml': binding(account).replace('[shop/', '[${BRANCH}/') });

  expect(await findingsOf('workload-identity-without-account', branches('postgres'))).toEqual([
    'branches/iam.yaml:1 warning IAMPartialPolicy shop/backups: shop.svc.id.goog[${BRANCH}/postgres] names the service account ${BRANCH}/postgres, which the tree does not make\n'
    + '  fix: write "shop.svc.id.goog[${BRANCH}/pg]", if the database is meant',
  ]);
  expect(await findingsOf('workload-identity-without-account', branches('pg'))).toEqual([]);
});
