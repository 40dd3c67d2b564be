import { parseAllDocuments } from 'yaml';
import type { Data } from '../../src/model/fields';
import { expectedWithPlugin } from '../../src/migrate/expected-plugin';
import { archivingClusters, migrateToPlugin } from '../../src/migrate/plugin-text';

const CLUSTER = `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  instances: 3
  backup:
    # ours
    barmanObjectStore:
      destinationPath: s3://backups # the bucket
      serverName: pg-2
      s3Credentials:
        accessKeyId: { name: s3, key: id }
      wal:
        compression: gzip
    retentionPolicy: "30d"
  externalClusters:
    - name: old
      barmanObjectStore:
        destinationPath: s3://old
    - barmanObjectStore:
          destinationPath: s3://other
          serverName: x
      name: other
    - name: live
      connectionParameters: { host: live }
  storage:
    size: 10Gi
`;

const objects = (text: string): Data[] => (parseAllDocuments(text) as { toJS(): Data }[]).map((document) => document.toJS());

test('a cluster archives by the plugin, into an ObjectStore behind it, and recovers by it', () => {
  const { text, byHand } = migrateToPlugin(CLUSTER, new Set(['pg']));

  expect(byHand).toEqual([]);
  expect(text).toBe(`apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  instances: 3
  plugins:
    - name: barman-cloud.cloudnative-pg.io
      isWALArchiver: true
      parameters:
        barmanObjectName: pg-backups
        serverName: pg-2
  externalClusters:
    - name: old
      plugin:
        name: barman-cloud.cloudnative-pg.io
        parameters:
          barmanObjectName: pg-from-old
          serverName: old
    - plugin:
        name: barman-cloud.cloudnative-pg.io
        parameters:
          barmanObjectName: pg-from-other
          serverName: x
      name: other
    - name: live
      connectionParameters: { host: live }
  storage:
    size: 10Gi
---
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata:
  name: pg-backups
spec:
  configuration:
    destinationPath: s3://backups # the bucket
    s3Credentials:
      accessKeyId: { name: s3, key: id }
    wal:
      compression: gzip
  retentionPolicy: "30d"
---
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata:
  name: pg-from-old
spec:
  configuration:
    destinationPath: s3://old
---
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata:
  name: pg-from-other
spec:
  configuration:
    destinationPath: s3://other
`);
  expect(objects(text)).toEqual(expectedWithPlugin(objects(CLUSTER)));
  expect(migrateToPlugin(text, new Set(archivingClusters(text)))).toEqual({ text, byHand: [] });
});

test.each([
  ['spec:\n  schedule: 0 0 2 * * *\n  cluster:\n    name: pg\n', 'spec:\n  schedule: 0 0 2 * * *\n  cluster:\n    name: pg\n  method: plugin\n  pluginConfiguration:\n    name: barman-cloud.cloudnative-pg.io\n'],
  ['spec:\n  method: barmanObjectStore # as ever\n  cluster: { name: pg }', 'spec:\n  method: plugin\n  pluginConfiguration:\n    name: barman-cloud.cloudnative-pg.io\n  cluster: { name: pg }'],
  ['spec:\n  method: volumeSnapshot\n  cluster: { name: pg }\n', 'spec:\n  method: volumeSnapshot\n  cluster: { name: pg }\n'],
  ['spec:\n  cluster: { name: other }\n', 'spec:\n  cluster: { name: other }\n'],
])('a scheduled backup follows its cluster: %j', (before, after) => {
  const head = 'apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: { name: nightly }\n';

  expect(migrateToPlugin(head + before, new Set(['pg'])).text).toBe(head + after);
});

test.each([
  ['one that has plugins already', 'spec:\n  plugins: []\n  backup:\n    barmanObjectStore:\n      destinationPath: s3://a\n', 'has plugins already: add the barman-cloud plugin to them'],
  ['a store in one line', 'spec:\n  backup:\n    barmanObjectStore: { destinationPath: "s3://a" }\n', 'has a barmanObjectStore that is written in one line, or by an alias'],
])('%s is left to a person', (_, spec, message) => {
  const text = `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: pg }\n${spec}`;

  expect(migrateToPlugin(text, new Set(['pg']))).toEqual({ text, byHand: [{ line: 5, message: `Cluster pg ${message}` }] });
});
