import { findingsOf } from '../check-tree';
import { BACKUP, database, shop } from './database';

const restored = (bucket: string): string => database(`bootstrap: {recovery: {source: pg}}
serviceAccountTemplate: {metadata: {annotations: {iam.gke.io/gcp-service-account: backup@shop}}}
externalClusters:
  - {name: pg, barmanObjectStore: {destinationPath: ${bucket}}}`, { name: 'pg-restored' });
const live = shop({ 'shop/pg.yaml': database(`${BACKUP}\nserviceAccountTemplate: {metadata: {annotations: {iam.gke.io/gcp-service-account: postgres@shop}}}`) });

test('a restore that has drifted from its live cluster is told, bucket and service account', async () => {
  expect(await findingsOf('recovery-source-differs', { ...live, 'restore/pg.yaml': restored('gs://old-backups') })).toEqual([
    'restore/pg.yaml:10 warning Cluster shop/pg-restored: it acts as backup@shop, while shop/pg acts as postgres@shop\n'
    + '  fix: take destination, server and service account from the live cluster; a construct derives them (RestoredCluster)',
    'restore/pg.yaml:12 warning Cluster shop/pg-restored: it is recovered from gs://old-backups, server pg, while shop/pg archives to gs://shop-backups, server pg\n'
    + '  fix: take destination, server and service account from the live cluster; a construct derives them (RestoredCluster)',
  ]);
});

test('a restore of what the live cluster archives, as the same account, is fine', async () => {
  expect(await findingsOf('recovery-source-differs', { ...live, 'restore/pg.yaml': restored('gs://shop-backups').replace('backup@shop', 'postgres@shop') })).toEqual([]);
});

test('a restore that names its live cluster, and reads another server\'s archive, is told', async () => {
  const files = { ...live, 'restore/pg.yaml': restored('gs://shop-backups, serverName: gp').replace('backup@shop', 'postgres@shop') };

  expect(await findingsOf('recovery-source-differs', files)).toEqual([
    'restore/pg.yaml:12 warning Cluster shop/pg-restored: it is recovered from gs://shop-backups, server gp, while shop/pg archives to gs://shop-backups, server pg\n'
    + '  fix: take destination, server and service account from the live cluster; a construct derives them (RestoredCluster)',
  ]);
});

test('an overlay that nothing applies yet restores from the live cluster, too', async () => {
  const overlay = (bucket: string, server: string) => ({
    ...shop({ 'shop/pg.yaml': database(BACKUP) }),
    'base/kustomization.yaml': 'resources: [pg.yaml]\n',
    'base/pg.yaml': database(),
    'branch/kustomization.yaml': 'namespace: ${BRANCH}\nresources: [../base]\npatches: [{path: branch.yaml}]\n',
    'branch/branch.yaml': patch(`bootstrap: {recovery: {source: live}}\nexternalClusters:\n  - {name: live, barmanObjectStore: {destinationPath: ${bucket}, serverName: ${server}}}`),
  });

  expect(await findingsOf('recovery-source-differs', overlay('gs://old-backups', 'pg'))).toEqual([
    'branch/branch.yaml:7 warning Cluster ${BRANCH}/pg: it is recovered from gs://old-backups, server pg, while shop/pg archives to gs://shop-backups, server pg\n'
    + '  fix: take destination, server and service account from the live cluster; a construct derives them (RestoredCluster)',
  ]);
  expect(await findingsOf('recovery-source-differs', overlay('gs://shop-backups', 'gp'))).toHaveLength(1);
  expect(await findingsOf('recovery-source-differs', overlay('gs://shop-backups', 'pg'))).toEqual([]);
});

test('a live cluster that was recovered once is what others are restored from', async () => {
  const live = shop({ 'shop/pg.yaml': database(`${BACKUP.replace('shop-backups', 'shop-backups, serverName: pg-2')}\nbootstrap: {recovery: {source: before}}\nexternalClusters:\n  - {name: before, barmanObjectStore: {destinationPath: gs://shop-backups, serverName: pg}}`) });

  expect(await findingsOf('recovery-source-differs', { ...live, 'restore/pg.yaml': restored('gs://shop-backups') })).toEqual([
    expect.stringContaining('it is recovered from gs://shop-backups, server pg, while shop/pg archives to gs://shop-backups, server pg-2'),
  ]);
});

/** A patch for the Cluster "pg" of a base. */
function patch(spec: string): string {
  return `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg}\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}\n`;
}
