import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { dbBackup } from '../../src/cli/commands/db-backup';
import { dbRestore } from '../../src/cli/commands/db-restore';
import { ManifestFile } from '../../src/tree/file';
import { bootstrapped, kustomization, type Files } from '../checks/check-tree';
import { folderWith } from '../folders';
import { problemsOf, shop } from '../recovery/database-of';
import { describeWith } from '../tools';
import { call, type Called } from './call';

const GCS = 'instances: 1\nstorage: {size: 1Gi}\nbackup: {barmanObjectStore: {destinationPath: gs://backups, googleCredentials: {gkeEnvironment: true}}}\n';
const WITH_PLUGIN = 'instances: 1\nstorage: {size: 1Gi}\nplugins: [{name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: {barmanObjectName: store}}]\nbackup: {volumeSnapshot: {className: fast}}\n';

describeWith('kustomize', 'db', (kustomize) => {
  const environment = { PATH: dirname(kustomize) };
  const restore = async (folder: string, ...parameters: string[]): Promise<Called> => call(dbRestore, parameters, folder, environment);
  const backup = async (folder: string, ...parameters: string[]): Promise<Called> => call(dbBackup, parameters, folder, environment);

  test('restore writes the manifest, prints the steps, and does the same a second time', async () => {
    const folder = folderWith(shop(GCS));

    const first = await restore(folder, 'pg', '--from', 'object-store', '--to', '2026-01-01T00:00:00Z');

    const file = join(folder, 'restore/shop-pg-restore.yaml');
    const text = readFileSync(file, 'utf8');
    expect(first).toMatchObject({ status: 0, stderr: 'restore/shop-pg-restore.yaml is written; nothing is applied: that is for a person to do, step by step\n' });
    expect(text.split('\n').slice(0, 2)).toEqual([
      '# Not synced by Flux: no kustomization.yaml may list this file. Apply it by hand, when it is needed.',
      '# Makes the cluster shop/pg-restore, a copy of shop/pg from gs://backups/pg, as of 2026-01-01T00:00:00Z. The live cluster goes on as it is.',
    ]);
    // the file says all that the terminal does
    for (const line of first.stdout.trimEnd().split('\n')) expect(text).toContain(`# ${line}\n`);
    expect(await restore(folder, 'pg', '--from', 'object-store', '--to', '2026-01-01T00:00:00Z')).toEqual({ ...first, stderr: 'restore/shop-pg-restore.yaml is as it is to be\n' });
    expect(readFileSync(file, 'utf8')).toBe(text);
    writeFileSync(join(folder, 'restore/kustomization.yaml'), 'resources: [shop-pg-restore.yaml]\n');
    expect(parse(spawnSync(kustomize, ['build', join(folder, 'restore')], { encoding: 'utf8' }).stdout)).toEqual(parse(text));
  });

  test('what a manifest said before is told where it is written over', async () => {
    const folder = folderWith(shop(GCS));
    const file = join(folder, 'restore/shop-pg-restore.yaml');
    await restore(folder, 'pg', '--from', 'live');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text}# mine\n`);

    const { status, stderr } = await restore(folder, 'pg', '--from', 'live');

    expect([status, readFileSync(file, 'utf8')]).toEqual([0, text]);
    expect(stderr).toMatch(/^restore\/shop-pg-restore\.yaml said something else until now:\n--- a\/[^]*\n-# mine\nrestore\/shop-pg-restore\.yaml is written;/);
  });

  test('with --dry-run it shows the file, and writes nothing', async () => {
    const folder = folderWith(shop(GCS));

    const { status, stdout, stderr } = await restore(folder, 'shop/pg', '--from', 'live', '--dry-run');

    expect([status, stderr]).toEqual([0, 'nothing is written: --dry-run\n']);
    expect(stdout).toMatch(/^--- \/dev\/null\n\+\+\+ b\/restore\/shop-pg-restore\.yaml\n@@ .*\n\+# Not synced by Flux/);
    expect(stdout).toContain('\n1. See that the live cluster runs');
    expect(existsSync(join(folder, 'restore'))).toBe(false);
  });

  test('it refuses a file that Flux would apply, and one that somebody else wrote', async () => {
    const all: Files = { ...shop(GCS), 'clusters/prod/all.yaml': kustomization('all', './') };
    const listed: Files = { ...shop(GCS), 'shop/kustomization.yaml': 'resources: [pg.yaml, copy.yaml]\n', 'shop/copy.yaml': '# mine\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\n' };
    const folder = folderWith(listed);

    expect(await restore(folderWith(all), 'shop/pg', '--from', 'live')).toEqual({
      status: 2, stdout: '',
      stderr: 'restore/shop-pg-restore.yaml is to be applied by hand, and Kustomization flux-system/all applies all of the repository, which has no kustomization.yaml\n  fix: name a file that Flux does not sync: --output FILE; or keep a folder from Flux with a line in .sourceignore, such as /restore/\n',
    });
    expect(await restore(folderWith({ ...all, '.sourceignore': '/restore/\n' }), 'shop/pg', '--from', 'live')).toMatchObject({ status: 0 });
    expect(await restore(folderWith(shop(GCS)), 'pg', '--from', 'live', '--output', 'shop/copy.yaml')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^shop\/copy\.yaml is to be applied by hand, and Kustomization flux-system\/shop applies all of shop, which has no/) as string });
    expect(await restore(folder, 'pg', '--from', 'live', '--output', 'shop/copy.yaml')).toMatchObject({ status: 2, stderr: 'shop/copy.yaml is there already, and was not written by this command\n  fix: name another file: --output FILE, or move that one away\n' });
    writeFileSync(join(folder, 'shop/copy.yaml'), '# Not synced by Flux: no kustomization.yaml may list this file. Apply it by hand, when it is needed.\n');
    expect(await restore(folder, 'pg', '--from', 'live', '--output', 'shop/copy.yaml')).toMatchObject({ status: 2, stderr: expect.stringMatching(/Kustomization flux-system\/shop applies it, by shop\/kustomization\.yaml/) as string });
    expect(await restore(folder, 'pg', '--from', 'live', '--output', 'shop/elsewhere.yaml')).toMatchObject({ status: 0 });
    expect(await restore(folder, 'pg', '--from', 'live', '--output', '../x.yaml')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^--output \.\.\/x\.yaml leads out of the root/) as string });
  });

  test('backup is for a pipe, or a file', async () => {
    const folder = folderWith(shop(WITH_PLUGIN));

    const piped = await backup(folder, 'pg', '--name', 'before-upgrade');

    expect(piped).toMatchObject({ status: 0, stderr: '' });
    expect(parse(piped.stdout)).toEqual({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Backup', metadata: { name: 'before-upgrade', namespace: 'shop' }, spec: { cluster: { name: 'pg' }, method: 'plugin', pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' } } });
    expect(problemsOf(parse(piped.stdout))).toEqual([]);
    expect(parse((await backup(folder, 'pg')).stdout)).toMatchObject({ metadata: { name: expect.stringMatching(/^pg-20\d{6}-\d{6}$/) as string } });
    expect(parse((await backup(folder, 'pg', '--method', 'volumeSnapshot')).stdout)).toMatchObject({ spec: { cluster: { name: 'pg' }, method: 'volumeSnapshot' } });
    expect(await backup(folder, 'pg', '--name', 'b', '--output', 'restore/b.yaml')).toEqual({
      status: 0,
      stderr: 'restore/b.yaml is written; nothing is applied: that is for a person to do, step by step\n',
      stdout: `1. Take it
   kubectl create -f restore/b.yaml
2. See that it is there
   kubectl -n shop wait --for=jsonpath='{.status.phase}'=completed backup.postgresql.cnpg.io/b --timeout=1h
   kubectl -n shop get backup.postgresql.cnpg.io/b -o jsonpath='{.status.phase} {.status.error}{"\\n"}'
   # to recover from it: fluxwright db restore shop/pg --from object-store
3. When it is no longer needed
   kubectl -n shop delete backup.postgresql.cnpg.io/b
   # this deletes the object alone: the backup itself stays in the store for as long as its retention policy says
`,
    });
    expect(ManifestFile.fromText('b', readFileSync(join(folder, 'restore/b.yaml'), 'utf8')).documents).toHaveLength(1);
  });

  test('what cannot be meant is refused', async () => {
    const folder = folderWith(shop(GCS));

    expect(await restore(folder, 'pg')).toMatchObject({ status: 2, stderr: 'nothing says what to recover from\n  fix: say --from object-store, --from backup or --from live\n' });
    expect(await restore(folder, 'pg', '--from', 'object-stor')).toMatchObject({ status: 2, stderr: '--from object-stor is unknown\n  fix: write --from object-store\n' });
    expect(await restore(folder, 'pg', '--from', 'live', '--cluster', 'prd')).toMatchObject({ status: 2, stderr: 'there is no cluster "prd"\n  fix: write clusters/prod\n' });
    expect(await backup(folder, 'pg', '--method', 'snapshot')).toMatchObject({ status: 2, stderr: '--method snapshot is given, and Cluster shop/pg can be backed up by barmanObjectStore alone\n  fix: write barmanObjectStore, or leave it out\n' });
    expect(await backup(folder, 'pg', '--name', 'No')).toMatchObject({ status: 2, stderr: 'the Backup would be named "No"\n  fix: say another with --name: at most 63 lower-case letters, digits and "-"\n' });
    expect(await backup(folderWith(shop('instances: 1\nstorage: {size: 1Gi}\n')), 'pg')).toMatchObject({ status: 2, stderr: 'Cluster shop/pg has nowhere to put a backup\n  fix: give it spec.backup.barmanObjectStore, a plugin with an ObjectStore, or spec.backup.volumeSnapshot\n' });
    expect(await restore(folderWith(bootstrapped('clusters/prod')), 'pg', '--from', 'live')).toMatchObject({ status: 2, stderr: expect.stringContaining('Flux applies no Cluster of CloudNativePG here') as string });
  });
});

describe('without kustomize', () => {
  const before = process.env['XDG_CACHE_HOME'];
  beforeEach(() => (process.env['XDG_CACHE_HOME'] = folderWith()));
  afterEach(() => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
  });

  test('nothing is derived from half a database', async () => {
    const { status, stderr } = await call(dbRestore, ['pg', '--from', 'live'], folderWith(shop(GCS)), { PATH: folderWith() });

    expect([status, stderr.split('\n').slice(-3)]).toEqual([2, ['without kustomize nobody knows what the database is like in the cluster, after patches and variables', '  fix: install it: https://kubectl.docs.kubernetes.io/installation/kustomize/', '']]);
  });
});
