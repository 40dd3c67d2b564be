import { findingsOf } from '../check-tree';
import { BACKUP, database, shop } from './database';

test('backups that nothing ever deletes are worth a notice', async () => {
  expect(await findingsOf('backup-without-retention', shop({ 'shop/pg.yaml': database(BACKUP.replace('  retentionPolicy: 30d\n', '')) }))).toEqual([
    'shop/pg.yaml:9 notice Cluster shop/pg: nothing ever deletes the backups in gs://shop-backups\n'
    + '  fix: add "retentionPolicy: 30d", or see to it in the bucket\'s lifecycle rules',
  ]);
});

test('a retention policy is fine', async () => {
  expect(await findingsOf('backup-without-retention', shop({ 'shop/pg.yaml': database(BACKUP) }))).toEqual([]);
});
