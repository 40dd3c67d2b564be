import fc from 'fast-check';
import type { RestoreRequest } from '../../src/recovery/restore';
import { at } from '../../src/model/fields';
import { bootstrapped, kustomization, type Files } from '../checks/check-tree';
import { testWith } from '../tools';
import { manifestOf, problemsOf, restoreOf, shop } from './database-of';

const GCS = 'instances: 1\nstorage: {size: 1Gi}\nbackup: {retentionPolicy: 7d, barmanObjectStore: {destinationPath: gs://backups, googleCredentials: {gkeEnvironment: true}}}\n';
const PLUGIN = 'instances: 1\nstorage: {size: 1Gi}\nplugins: [{name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: {barmanObjectName: store}}]\n';
const NOTHING = 'instances: 1\nstorage: {size: 1Gi}\n';

const refusal = async (files: Files, request: Partial<RestoreRequest>, database = 'shop/pg'): Promise<string> => {
  try {
    await restoreOf(files, database, request);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
};

test('what CNPG cannot recover from is refused, with what it can', async () => {
  expect(await refusal(shop(NOTHING), {})).toBe('Cluster shop/pg has no backups in an object store\n  fix: copy it while it runs: --from live');
  expect(await refusal(shop(`${NOTHING}backup: {volumeSnapshot: {}}\n`), {})).toBe('Cluster shop/pg has no backups in an object store\n  fix: recover from one of its volume snapshots: --from backup --backup NAME');
  expect(await refusal(shop(GCS), { from: 'backup' })).toBe('--from backup does not say which\n  fix: name one that is completed: --backup NAME; kubectl -n shop get backups.postgresql.cnpg.io shows them');
  expect(await refusal(shop(GCS), { from: 'backup', backup: 'a; rm -rf /' })).toBe('--backup "a; rm -rf /" is no name of a Backup\n  fix: kubectl -n shop get backups.postgresql.cnpg.io shows them');
  expect(await refusal(shop(GCS), { backup: 'nightly' })).toBe('--backup nightly is given with --from object-store\n  fix: say --from backup, or leave it out');
  expect(await refusal(shop(PLUGIN), { from: 'backup', backup: 'nightly' })).toBe('Cluster shop/pg is backed up by the barman-cloud plugin, and CNPG cannot recover from such a Backup object\n  fix: recover from the store that it went to: --from object-store');
  expect(await refusal(shop(NOTHING), { from: 'backup', backup: 'nightly' })).toBe('Cluster shop/pg has no backups\n  fix: copy it while it runs: --from live');
  expect(await refusal(shop(GCS), { from: 'live', inPlace: true, to: '2026-03-01T09:30:00Z' })).toBe('--to is given with --from live, which copies what there is now\n  fix: say --from object-store\n--in-place deletes the live cluster, and --from live needs it\n  fix: say --from object-store');
});

test('a moment is one that has passed, with its time zone; one that is too long ago is warned of', async () => {
  const now = 'write a date and time with its offset, such as 2026-03-01T09:30:00Z or 2026-03-01T09:30:00-05:00';

  expect(await refusal(shop(GCS), { to: 'yesterday' })).toBe(`--to "yesterday" is no moment as RFC 3339 writes it\n  fix: ${now}`);
  expect(await refusal(shop(GCS), { to: '2026-03-01 09:30' })).toBe('--to "2026-03-01 09:30" is no moment as RFC 3339 writes it\n  fix: say in which time zone, and the seconds: 2026-03-01T09:30:00Z');
  expect(await refusal(shop(GCS), { to: '2026-02-30T09:30:00Z' })).toBe('--to "2026-02-30T09:30:00Z" is no moment as RFC 3339 writes it\n  fix: say in which time zone, and the seconds: 2026-03-01T09:30:00Z');
  expect(await refusal(shop(GCS), { to: '2026-03-02T09:00:00-05:00' })).toBe('--to 2026-03-02T09:00:00-05:00 is yet to come: it is 2026-03-02T12:00:00Z\n  fix: name a moment that has passed, or leave --to out to recover all there is');
  expect((await restoreOf(shop(GCS), 'pg', { to: '2026-02-23T11:59:59Z' })).warnings).toEqual(['--to is longer ago than the retention policy of 7d keeps backups: the archive may not reach back that far']);
  expect((await restoreOf(shop(GCS), 'pg', { to: '2026-02-23T12:59:59+01:00' })).warnings).toHaveLength(1);
  expect((await restoreOf(shop(GCS), 'pg', { to: '2026-02-23T13:00:00+01:00' })).warnings).toEqual([]);
});

test('a name or an archive that is taken is refused', async () => {
  const second = shop(GCS)['shop/pg.yaml']!.replace('name: pg', 'name: pg-restore').replace('{destinationPath: gs://backups,', '{destinationPath: gs://backups/, serverName: pg-2,');
  const two = shop(GCS, second);

  expect(await refusal(two, {})).toBe('there is a cluster shop/pg-restore already, which Kustomization flux-system/shop applies\n  fix: give the copy another name: --name NAME');
  expect(await refusal(two, { name: 'pg' })).toBe('there is a cluster shop/pg already, which Kustomization flux-system/shop applies\n  fix: give the copy another name, or say --in-place');
  expect(await refusal(two, { name: 'Copy' })).toMatch(/^the copy would be named "Copy"\n {2}fix: say another with --name: at most 50 lower-case letters/);
  expect(await refusal(two, { inPlace: true, name: 'copy' })).toBe('--name copy is given with --in-place, which keeps the name pg\n  fix: leave out one of them');
  expect(await refusal(two, { name: 'copy', archiveAs: 'pg' })).toBe('--archive-as pg is where Cluster shop/pg archives: gs://backups/pg\n  fix: write another name, or leave it out');
  expect(await refusal(two, { name: 'copy', archiveAs: 'pg-2' })).toBe('--archive-as pg-2 is where Cluster shop/pg-restore archives: gs://backups/pg-2\n  fix: write another name, or leave it out');
  expect(await refusal(two, { name: 'copy', archiveAs: 'a/b' })).toBe('--archive-as "a/b" is no name of a folder\n  fix: write the name of one folder in the destination');
  expect(at((await restoreOf(two, 'pg', { inPlace: true })).manifest, 'spec.backup.barmanObjectStore.serverName')).toBe('pg-3');
});

test('unknown ones get the nearest; of several, one has to be said', async () => {
  const both = shop(GCS, shop(GCS)['shop/pg.yaml']!.replace('namespace: shop', 'namespace: other'));
  const staging = Object.fromEntries(Object.entries({ ...bootstrapped('clusters/staging'), 'clusters/staging/shop.yaml': kustomization('shop', './shop') }));

  expect(await refusal(shop(GCS), {}, 'gp-restor')).toBe('Flux applies no Cluster "gp-restor"\n  fix: there is shop/pg');
  expect(await refusal(shop(GCS), {}, 'pgg')).toBe('Flux applies no Cluster "pgg"\n  fix: write pg');
  expect(await refusal(shop(GCS), {}, 'shpo/pg')).toBe('Flux applies no Cluster "shpo/pg"\n  fix: write shop/pg');
  expect(await refusal(bootstrapped('clusters/prod'), {}, 'pg')).toBe('Flux applies no Cluster of CloudNativePG here\n  fix: name a Cluster of CloudNativePG that a Flux Kustomization applies');
  expect(await refusal(both, {}, 'pg')).toBe('there are 2 clusters "pg": other/pg, shop/pg\n  fix: say which: other/pg');
  expect(await refusal({ ...shop(GCS), ...staging }, {}, 'pg')).toBe('shop/pg runs in 2 clusters: clusters/prod, clusters/staging\n  fix: say which: --cluster clusters/prod');
});

test('what SOPS has encrypted is nothing to derive from', async () => {
  const encrypted = shop(`${GCS.replace('gs://backups', "'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]'")}sops: {mac: x}\n`);

  expect(await refusal(encrypted, {})).toBe('Cluster shop/pg is encrypted in shop/pg.yaml, so that nothing can be derived from it\n  fix: encrypt Secrets alone, and name them in the Cluster');
});

test('whatever is asked for, nothing is archived where something is read', async () => {
  const servers = fc.constantFrom('pg', 'pg-2', 'pg-3', 'pg-restore', 'old');
  const anything = fc.record({ serverName: servers, plugin: fc.boolean(), inPlace: fc.boolean(), archiveAs: fc.option(servers, { nil: undefined }), slash: fc.boolean() });

  await fc.assert(fc.asyncProperty(anything, async ({ serverName, plugin, inPlace, archiveAs, slash }) => {
    const files = shop((plugin ? PLUGIN : GCS).replace('store}', `store, serverName: ${serverName}}`).replace('gs://backups,', `gs://backups${slash ? '/' : ''}, serverName: ${serverName},`));

    const made = await restoreOf(files, 'pg', { inPlace, archiveAs }).catch((error: { code: string }) => error);

    if ('code' in made) return expect([made.code, archiveAs]).toEqual(['recovery-overwrites-source', serverName]);
    const [read, written] = plugin
      ? [at(made.manifest, ['spec', 'externalClusters', 0, 'plugin', 'parameters', 'serverName']), at(made.manifest, ['spec', 'plugins', 0, 'parameters', 'serverName'])]
      : [at(made.manifest, ['spec', 'externalClusters', 0, 'barmanObjectStore', 'serverName']), at(made.manifest, 'spec.backup.barmanObjectStore.serverName')];
    expect(read).toBe(serverName);
    expect(written).not.toBe(serverName);
    expect(written === undefined).toBe(!inPlace && archiveAs === undefined);
    expect(problemsOf(made.manifest)).toEqual([]);
  }), { numRuns: 60 });
});

test('whatever somebody wrote into a Cluster, there is a recovery or a sentence', async () => {
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>;
  const keys = ['backup', 'plugins', 'bootstrap', 'externalClusters', 'replica', 'managed', 'certificates', 'serviceAccountTemplate', 'storage', 'superuserSecret', 'barmanObjectStore', 'initdb', 'recovery', 'secret', 'name', 'parameters', 'barmanObjectName', 'serverName', 'destinationPath', 's3Credentials', 'services'];
  const messy = fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, value, fc.constantFrom('barman-cloud.cloudnative-pg.io', 'gs://x', 'pg'), fc.dictionary(fc.constantFrom(...keys), tie('node'), { maxKeys: 6 }), fc.array(tie('node'), { maxLength: 3 })),
  })).node;

  await fc.assert(fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), messy, { maxKeys: 8 }), fc.constantFrom('object-store', 'backup', 'live'), fc.boolean(), async (spec, from, inPlace) => {
    const files = { ...shop(''), 'shop/pg.yaml': JSON.stringify({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'pg', namespace: 'shop' }, spec }) };

    const made = await restoreOf(files, 'pg', { from, inPlace, ...(from === 'backup' ? { backup: 'one' } : {}) }).catch((error: { code?: string }) => error);

    if (made instanceof Error) expect(made).toHaveProperty('code');
    else expect(made).toHaveProperty('text');
  }), { numRuns: 150 });
});

const BASE = { 'base/kustomization.yaml': 'resources: [pg.yaml]\n', 'base/pg.yaml': 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg}\nspec: {instances: 1, storage: {size: 1Gi}}\n' };

describe('as kustomize and Flux make it', () => {
  testWith('kustomize', 'an overlay with patches, in an ephemeral environment whose namespace is a variable', async (kustomize) => {
    const files = {
      ...bootstrapped('clusters/prod'),
      'clusters/prod/shop.yaml': kustomization('shop-dev', './overlay', 'postBuild:\n  substitute:\n    BRANCH: dev-test\n    SIZE: 2Gi'),
      ...BASE,
      'overlay/kustomization.yaml': `namespace: \${BRANCH}
namePrefix: my-
resources: [../base]
patches:
  - path: size.yaml
  - target: {kind: Cluster}
    patch: |
      - op: add
        path: /spec/backup
        value:
          barmanObjectStore:
            destinationPath: gs://backups/\${BRANCH}
            googleCredentials:
              gkeEnvironment: true
`,
      'overlay/size.yaml': 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg}\nspec: {instances: 2, storage: {size: "${SIZE}"}}\n',
    };

    const restore = await restoreOf(files, 'dev-test/my-pg', { inPlace: true }, kustomize);

    expect(problemsOf(restore.manifest)).toEqual([]);
    expect(manifestOf(restore)).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: my-pg
  namespace: dev-test
spec:
  bootstrap:
    recovery:
      source: my-pg
  externalClusters:
    - name: my-pg
      barmanObjectStore:
        destinationPath: gs://backups/dev-test
        googleCredentials:
          gkeEnvironment: true
        serverName: my-pg
  backup:
    barmanObjectStore:
      destinationPath: gs://backups/dev-test
      googleCredentials:
        gkeEnvironment: true
      serverName: my-pg-2
  instances: 2
  storage:
    size: 2Gi
"
`);
    expect(restore.steps.find(({ title }) => title.startsWith('Have the tree'))!.notes[0]).toBe('in overlay/kustomization.yaml: spec.backup.barmanObjectStore.serverName: my-pg-2');
  });

  testWith('kustomize', 'a variable whose value is not in the tree is refused', async (kustomize) => {
    const files = {
      ...bootstrapped('clusters/prod'),
      'clusters/prod/shop.yaml': kustomization('shop', './base', 'postBuild:\n  substituteFrom:\n    - kind: Secret\n      name: settings'),
      ...BASE,
      'base/pg.yaml': BASE['base/pg.yaml'].replace('1Gi', '"${SIZE}"'),
    };

    await expect(restoreOf(files, 'pg', { from: 'live' }, kustomize)).rejects.toThrow('Cluster default/pg has the variable SIZE, whose value is not in this tree\n  fix: have postBuild.substitute say it');
  });

  testWith('kustomize', 'what cannot be built is said where a name is not found', async (kustomize) => {
    const files = { ...shop(GCS), 'shop/kustomization.yaml': 'resources: [pg.yaml, gone.yaml]\n' };

    await expect(restoreOf(files, 'pg', {}, kustomize)).rejects.toThrow('Flux applies no Cluster of CloudNativePG here; Kustomization flux-system/shop cannot be built, so that what is in there is not known: ');
  });
});

test('a parent that would resume what is suspended is suspended first', async () => {
  const files = { ...shop(GCS), 'clusters/prod/shop.yaml': kustomization('shop', './shop', 'suspend: false') };

  const { steps } = await restoreOf(files, 'pg', { inPlace: true });

  expect(steps[1]!.commands).toEqual(['flux suspend kustomization flux-system -n flux-system', 'flux suspend kustomization shop -n flux-system']);
  expect(steps.at(-2)!.commands.slice(0, 2)).toEqual(['flux resume kustomization shop -n flux-system', 'flux resume kustomization flux-system -n flux-system']);
});
