import { findingsOf } from '../check-tree';
import { BACKUP, database, scheduled, shop } from './database';

test('a database without a backup is told', async () => {
  expect(await findingsOf('cluster-without-backup', shop({ 'shop/pg.yaml': database() }))).toEqual([
    'shop/pg.yaml:6 warning Cluster shop/pg: it has no backup\n  fix: add a backup to object storage and a ScheduledBackup; suppress this with a reason where the data may be lost',
  ]);
});

test('an archive without base backups is none', async () => {
  expect(await findingsOf('cluster-without-backup', shop({ 'shop/pg.yaml': database(BACKUP) }))).toEqual([
    'shop/pg.yaml:9 warning Cluster shop/pg: no ScheduledBackup names it, so that no base backup is ever taken\n  fix: add a ScheduledBackup for it',
  ]);
});

test('a database with both is fine, and one that a person restores is not asked about', async () => {
  expect(await findingsOf('cluster-without-backup', shop({ 'shop/pg.yaml': database(BACKUP), 'shop/nightly.yaml': scheduled('0 0 2 * * *'), 'by-hand/pg.yaml': database() }))).toEqual([]);
});
