import { findingsOf } from '../check-tree';
import { BACKUP, database, shop } from './database';

const restored = (size: string): string => database(`bootstrap: {recovery: {source: pg}}
externalClusters:
  - {name: pg, barmanObjectStore: {destinationPath: gs://shop-backups}}`, { name: 'pg-restored', size });

test('a restore with less room than its source is an error', async () => {
  expect(await findingsOf('recovery-too-small', { ...shop({ 'shop/pg.yaml': database(BACKUP) }), 'restore/pg.yaml': restored('10Gi') })).toEqual([
    'restore/pg.yaml:8 error Cluster shop/pg-restored: storage.size is 10Gi, less than the 20Gi of shop/pg, which it is recovered from\n  fix: write "size: 20Gi"',
  ]);
});

test('a copy by pg_basebackup needs the room as well', async () => {
  const copy = database('bootstrap: {pg_basebackup: {source: live}}\nexternalClusters:\n  - {name: live, connectionParameters: {host: pg-rw.shop.svc}}', { name: 'pg-copy', size: '5Gi' });

  const [finding] = await findingsOf('recovery-too-small', { ...shop({ 'shop/pg.yaml': database(BACKUP) }), 'restore/pg.yaml': copy });

  expect(finding).toMatch('storage.size is 5Gi, less than the 20Gi of shop/pg');
});

test('as much room, or more, is fine', async () => {
  expect(await findingsOf('recovery-too-small', { ...shop({ 'shop/pg.yaml': database(BACKUP) }), 'restore/pg.yaml': restored('0.1Ti') })).toEqual([]);
});
