import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { Base, Directory, gcs, initdb, ObjectStore, Overlay, PostgresCluster, recoverFrom, s3, type GitopsApp, type PostgresClusterOverlayProps, type PostgresClusterProps } from 'fluxwright';
import { testApp } from 'fluxwright/testing';
import { parse } from 'yaml';
import { applyMergePatch, mergePatchBetween } from '../../../src/constructs/postgres/merge-patch';
import { describeWith } from '../../tools';
import { fileAt, messageOf } from './database';

const production: PostgresClusterOverlayProps = {
  instances: 3,
  storage: { size: '10Gi' },
  bootstrap: initdb({ database: 'shop', owner: 'shop' }),
  backups: gcs('gs://shop-backups', { retentionPolicy: '30d' }),
};

function environments(props: PostgresClusterProps = {}): { app: GitopsApp; base: Base; cluster: PostgresCluster; prod: Overlay; preview: Overlay } {
  const app = testApp();
  const base = new Base(app, 'base');
  const cluster = new PostgresCluster(base, 'pg', { imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5', ...props });
  const prod = new Overlay(app, 'prod', { bases: [base], namespace: 'prod' });
  const preview = new Overlay(app, 'preview', { bases: [base], namespace: 'preview' });
  return { app, base, cluster, prod, preview };
}

test('writes the part of a base, and for each environment a patch of what differs', () => {
  const { app, cluster, prod, preview } = environments({ instances: 3, parameters: { shared_buffers: '256MB', log_statement: 'none' } });

  const live = cluster.overlay(prod, 'production', { ...production, parameters: { log_statement: 'ddl' } });
  cluster.overlay(preview, 'preview', { instances: 1, storage: { size: '1Gi' }, bootstrap: recoverFrom(live, { source: 'production', barmanObjectStore: { wal: { maxParallel: 8 } } }) });

  expect(fileAt(app, 'k8s/base/pg.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  instances: 3
  imageName: ghcr.io/cloudnative-pg/postgresql:17.5
  postgresql:
    parameters:
      shared_buffers: 256MB
      log_statement: none
"
`);
  expect(fileAt(app, 'k8s/prod/kustomization.yaml')).toMatchInlineSnapshot(`
"apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: prod
resources:
  - ../base
patches:
  - path: production.yaml
"
`);
  expect(fileAt(app, 'k8s/prod/production.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  postgresql:
    parameters:
      log_statement: ddl
  bootstrap:
    initdb:
      database: shop
      owner: shop
  storage:
    size: 10Gi
  backup:
    barmanObjectStore:
      destinationPath: gs://shop-backups
      googleCredentials:
        gkeEnvironment: true
    retentionPolicy: 30d
"
`);
  expect(fileAt(app, 'k8s/preview/preview.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  instances: 1
  bootstrap:
    recovery:
      database: shop
      owner: shop
      source: production
  externalClusters:
    - name: production
      barmanObjectStore:
        destinationPath: gs://shop-backups
        googleCredentials:
          gkeEnvironment: true
        serverName: pg
        wal:
          maxParallel: 8
  storage:
    size: 1Gi
"
`);
});

test('stands for the whole cluster of its environment', () => {
  const { cluster, prod } = environments({ enablePDB: true, spec: { logLevel: 'debug' } });

  const live = cluster.overlay(prod, 'production', { ...production, spec: { logLevel: null, description: 'the shop' } });

  expect(live.name).toBe('pg');
  expect(live.namespace).toBe('prod');
  expect(live.serviceAccountName).toBe('pg');
  expect(live.spec).toEqual({
    imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5',
    enablePDB: true,
    instances: 3,
    bootstrap: { initdb: { database: 'shop', owner: 'shop' } },
    storage: { size: '10Gi' },
    backup: { barmanObjectStore: { destinationPath: 'gs://shop-backups', googleCredentials: { gkeEnvironment: true } }, retentionPolicy: '30d' },
    description: 'the shop',
  });
});

test('replaces the base\'s bootstrap and backups as a whole, since CNPG takes one of each', () => {
  const { app, cluster, prod, preview } = environments({ bootstrap: initdb({ database: 'shop', owner: 'shop' }), backups: gcs('gs://shop-backups', { retentionPolicy: '30d' }), storage: { size: '10Gi' } });
  const live = cluster.overlay(prod, 'production', {});

  cluster.overlay(preview, 'preview', { bootstrap: recoverFrom(live), backups: s3('s3://preview-backups') });

  expect(fileAt(app, 'k8s/preview/preview.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  bootstrap:
    recovery:
      database: shop
      owner: shop
      source: pg
    initdb: null
  externalClusters:
    - name: pg
      barmanObjectStore:
        destinationPath: gs://shop-backups
        googleCredentials:
          gkeEnvironment: true
        serverName: pg
  backup:
    barmanObjectStore:
      destinationPath: s3://preview-backups
      s3Credentials:
        inheritFromIAMRole: true
      googleCredentials: null
    retentionPolicy: null
"
`);
});

test('moves from CNPG\'s own backups to the plugin, and to another serverName, without leaving the old behind', () => {
  const { app, cluster, prod, preview } = environments({ backups: gcs('gs://shop-backups', { retentionPolicy: '30d' }), storage: { size: '10Gi' }, plugins: [{ name: 'audit.example.com' }] });
  const store = new ObjectStore(prod, 'store', { destination: gcs('gs://shop-backups', { retentionPolicy: '30d' }) });

  cluster.overlay(prod, 'production', { backups: store });
  cluster.overlay(preview, 'preview', { serverName: 'preview' });

  expect(fileAt(app, 'k8s/prod/production.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  plugins:
    - name: barman-cloud.cloudnative-pg.io
      isWALArchiver: true
      parameters:
        barmanObjectName: store
    - name: audit.example.com
  backup: null
"
`);
  expect(fileAt(app, 'k8s/preview/preview.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  backup:
    barmanObjectStore:
      serverName: preview
"
`);
});

test('refuses an environment that would archive where the base says and another does, too', () => {
  const { app, cluster, prod, preview } = environments({ backups: gcs('gs://shop-backups'), storage: { size: '10Gi' } });
  const live = cluster.overlay(prod, 'production', {});
  cluster.overlay(preview, 'preview', {});

  expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"PostgresClusters "prod/production" and "preview/preview" archive to the same place, gs://shop-backups/pg
  fix: give each a serverName or a destination of its own"
`);
  expect(messageOf(() => cluster.overlay(preview, 'copy', { bootstrap: recoverFrom(live) }))).toMatchInlineSnapshot(`
"PostgresCluster "preview/copy" recovers from gs://shop-backups/pg and archives to the same place
  fix: archive under another serverName, or take the base's out: spec: { backup: null }"
`);
});

test('refuses an environment that completes the base without a volume, or with values that CNPG refuses', () => {
  const { app, cluster, prod } = environments();
  cluster.overlay(prod, 'production', { instances: 3 });

  expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"PostgresCluster "prod/production" has no storage size
  fix: write storage: { size: '10Gi' }, or make it the base of an overlay that does"
`);
  expect(messageOf(() => cluster.overlay(prod, 'wrong', { storage: { size: '10 GB' } }))).toMatchInlineSnapshot(`
"PostgresCluster "prod/wrong" has storage.size "10 GB"
  fix: write a number with a unit, such as "500m", "512Mi" or "10Gi""
`);
});

test('a patch between two specs turns the one into the other', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.integer()), fc.constant({}));
  const key = fc.constantFrom('a', 'b', 'c', 'd');
  const map = (value: fc.Arbitrary<unknown>) => fc.dictionary(key, value, { noNullPrototype: true, maxKeys: 4 });
  const spec = map(fc.oneof(scalar, map(fc.oneof(scalar, map(scalar)))));

  fc.assert(fc.property(spec, spec, (from, to) => {
    expect(applyMergePatch(from, mergePatchBetween(from, to))).toEqual(to);
  }), { numRuns: 1000 });
});

describeWith('kustomize', 'built by kustomize', (kustomize) => {
  test('a patched cluster is the one that backups and recoveries are derived from', () => {
    const { app, cluster, prod, preview } = environments({
      bootstrap: initdb({ database: 'shop', owner: 'shop' }), parameters: { shared_buffers: '256MB', log_statement: 'none' }, pg_hba: ['host all all all md5'], backups: gcs('gs://shop-backups', { retentionPolicy: '30d' }),
      plugins: [{ name: 'audit.example.com' }], externalClusters: [{ name: 'legacy', connectionParameters: { host: 'legacy' } }],
    });
    const store = new ObjectStore(preview, 'store', { destination: s3('s3://preview') });
    const live = cluster.overlay(prod, 'production', { ...production, pg_hba: ['host all all 10.0.0.0/8 md5'], parameters: { log_statement: 'ddl' } });
    const copy = cluster.overlay(preview, 'preview', { storage: { size: '1Gi' }, bootstrap: recoverFrom(live), backups: store, spec: { postgresql: { parameters: { shared_buffers: null } } } });

    const built = build(kustomize, app, ['k8s/prod', 'k8s/preview']);

    expect(built['k8s/prod']).toEqual(live.spec);
    expect(built['k8s/preview']).toEqual(copy.spec);
  });

  test('a base with a namespace of its own is patched, too', () => {
    const { app, cluster, prod } = environments({ namespace: 'databases' });

    const live = cluster.overlay(prod, 'production', production);

    expect(build(kustomize, app, ['k8s/prod'])['k8s/prod']).toEqual(live.spec);
  });

  test('a base below a namespace\'s directory is patched, too', () => {
    const app = testApp();
    const server = new Directory(app, 'server', { namespace: 'server' });
    const base = new Base(server, 'base');
    const cluster = new PostgresCluster(base, 'pg', { imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5' });
    const prod = new Overlay(server, 'prod', { bases: [base], namespace: 'prod' });

    const live = cluster.overlay(prod, 'production', production);

    expect(build(kustomize, app, ['k8s/server/prod'])['k8s/server/prod']).toEqual(live.spec);
  });
});

/** The spec of the Cluster that each root renders. */
function build(kustomize: string, app: GitopsApp, roots: readonly string[]): Record<string, unknown> {
  const directory = mkdtempSync(join(tmpdir(), 'fluxwright-'));
  try {
    for (const file of app.toTree()) {
      mkdirSync(dirname(join(directory, file.path)), { recursive: true });
      writeFileSync(join(directory, file.path), file.bytes);
    }
    return Object.fromEntries(roots.map((root) => {
      const { stdout, stderr, status } = spawnSync(kustomize, ['build', root], { cwd: directory, encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      const cluster = stdout.split(/^---\n/m).map((text) => parse(text)).find(({ kind }) => kind === 'Cluster');
      return [root, cluster.spec];
    }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
