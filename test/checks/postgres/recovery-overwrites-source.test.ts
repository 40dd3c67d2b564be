import { findingsOf } from '../check-tree';
import { database } from './database';

const restored = (serverName: string): string => database(`bootstrap: {recovery: {source: pg}}
backup: {barmanObjectStore: {destinationPath: gs://shop-backups/, serverName: ${serverName}}}
externalClusters:
  - {name: pg, barmanObjectStore: {destinationPath: gs://shop-backups}}`, { name: 'pg-restored' });

test('a recovery that archives to where it restores from is an error', async () => {
  expect(await findingsOf('recovery-overwrites-source', { 'shop/restore.yaml': restored('pg') })).toEqual([
    'shop/restore.yaml:10 error Cluster shop/pg-restored: it archives to gs://shop-backups, server pg, which it is recovered from\n'
    + '  fix: give its own backup another serverName or destinationPath',
  ]);
});

test('the plugin is no other', async () => {
  const files = { 'shop/restore.yaml': database(`bootstrap: {recovery: {source: live}}
plugins:
  - {name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: {barmanObjectName: backups}}
externalClusters:
  - {name: live, plugin: {name: barman-cloud.cloudnative-pg.io, parameters: {barmanObjectName: backups, serverName: pg}}}`) };

  const [finding] = await findingsOf('recovery-overwrites-source', files);

  expect(finding).toMatch('Cluster shop/pg: it archives to ObjectStore backups, server pg, which it is recovered from');
});

test('another server name is fine', async () => {
  expect(await findingsOf('recovery-overwrites-source', { 'shop/restore.yaml': restored('pg-restored') })).toEqual([]);
});
