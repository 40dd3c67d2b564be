import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { runbook } from '../../src/cli/commands/runbook';
import { code } from '../../src/runbook/markdown';
import { bootstrapped, kustomization, object, type Files } from '../checks/check-tree';
import { call } from '../cli/call';
import { shop } from '../recovery/database-of';
import { testWith } from '../tools';
import { runbookOf, sectionOf, titlesOf } from './runbook-of';

const project = join(__dirname, '..', '..');
const PG = 'instances: 2\nimageName: ghcr.io/cloudnative-pg/postgresql:17.5\nstorage: {size: 1Gi}\nbackup: {retentionPolicy: 7d, barmanObjectStore: {destinationPath: gs://backups, googleCredentials: {gkeEnvironment: true}}}\n';
const SCHEDULE = 'apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: {name: nightly, namespace: shop}\nspec: {schedule: 0 0 2 * * *, cluster: {name: pg}}\n';
const SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: login, namespace: shop}\nstringData: {password: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]'}\nsops: {age: [{recipient: age1x}], mac: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]'}\n";

testWith('kustomize', "the flagship's runbook is what its manifests say", async (kustomize) => {
  const { status, stdout, stderr } = await call(runbook, ['--output', 'platforms/hopic/RUNBOOK.md', '--check'], project, { PATH: dirname(kustomize) });

  expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
});

test('a platform that has nothing but Flux gets no more sections than it needs', async () => {
  expect(titlesOf(await runbookOf({ ...bootstrapped('clusters/prod') }))).toEqual(['What there is', 'Bring a cluster up', 'Upgrades', 'At three in the morning']);
  expect(titlesOf(await runbookOf({ 'readme.yaml': 'a: 1\n' }))).toEqual([]);
});

test('the whole of a small one', async () => {
  const files: Files = {
    ...shop(PG, SCHEDULE, SECRET),
    'clusters/prod/shop.yaml': kustomization('shop', './shop', 'decryption:\n  provider: sops\n  secretRef:\n    name: sops-age'),
    '.sops.yaml': 'creation_rules:\n  - path_regex: ^shop/\n    encrypted_regex: ^(data|stringData)$\n    age: age1shop\n  - pgp: 0123456789ABCDEF0123456789ABCDEF01234567\n    unencrypted_suffix: _plain\n',
  };

  const text = await runbookOf(files, { output: 'RUNBOOK.md' });

  expect(text).toMatchInlineSnapshot(`
"# Runbook

Made from the manifests by \`fluxwright runbook --output RUNBOOK.md\`, and checked with \`--check\`. Do not edit it: it is written anew when they change.

A change begins in the manifests:

\`\`\`sh
fluxwright check
fluxwright diff
fluxwright runbook --output RUNBOOK.md
\`\`\`

- [What there is](#what-there-is)
- [Bring a cluster up](#bring-a-cluster-up)
- [Secrets](#secrets)
- [Databases](#databases)
- [Upgrades](#upgrades)
- [At three in the morning](#at-three-in-the-morning)

## What there is

| cluster | repository | branch | Flux Kustomizations |
| --- | --- | --- | --- |
| \`clusters/prod\` | \`ssh://git@example.com/shop/fleet\` | \`main\` | 2 |

| source | where | what |
| --- | --- | --- |
| GitRepository \`flux-system/flux-system\` | \`ssh://git@example.com/shop/fleet\` | branch \`main\` |

| folder | applied by | into namespaces |
| --- | --- | --- |
| \`clusters/prod\` | \`flux-system/flux-system\` | \`flux-system\` |
| \`shop\` | \`flux-system/shop\` | \`shop\` |

\`\`\`mermaid
flowchart LR
  n1[("GitRepository<br/>flux-system<br/>ssh://git#64;example.com/shop/fleet")]
  n2["Kustomization, wave 1<br/>flux-system<br/>clusters/prod"]
  n3["Kustomization, wave 2<br/>shop"]
  n1 -.->|source of| n2
  n2 --> n3
  linkStyle 0 stroke:#9ca3af
\`\`\`

## Bring a cluster up

What a person does, and the order in which Flux does the rest. Today's state of it: \`fluxwright plan --from-scratch\`.

### clusters/prod: 2 Flux Kustomizations in 2 waves

1. **Create the Secret that nothing in the tree makes**

\`\`\`sh
kubectl create namespace flux-system
kubectl -n flux-system create secret generic sops-age --from-file=age.agekey
\`\`\`

   - flux-system/sops-age: the key that decrypts for Kustomization flux-system/shop

2. **Install Flux, and have it apply this tree**

\`\`\`sh
flux check --pre
flux bootstrap git --url=ssh://git@example.com/shop/fleet --branch=main --path=./clusters/prod
kubectl -n flux-system wait kustomization/flux-system --for=condition=Ready --timeout=5m
\`\`\`

   - it prints a deploy key, which the repository has to take

3. **Wait until all is ready**

\`\`\`sh
kubectl -n flux-system wait kustomization/shop --for=create --timeout=5m
kubectl wait kustomizations.kustomize.toolkit.fluxcd.io --all --all-namespaces --for=condition=Ready --timeout=5m
flux get kustomizations --all-namespaces
\`\`\`

| wave | Kustomization | path | |
| ---: | --- | --- | --- |
| 1 | flux-system | clusters/prod |  |
| 2 | shop | shop |  |

## Secrets

| rule | files | encrypts | can decrypt |
| --- | --- | --- | --- |
| \`.sops.yaml\` | \`^shop/\` | \`^(data\\|stringData)$\` | \`age1shop\` |
| \`.sops.yaml\` | all others | all but what ends with \`_plain\` | \`0123456789ABCDEF0123456789ABCDEF01234567\` |

| folder | encrypted files | decrypted in the cluster by |
| --- | --- | --- |
| \`shop\` | \`object-2.yaml\` | \`flux-system/shop\` with the Secret \`flux-system/sops-age\` |

\`\`\`sh
fluxwright secrets status
sops edit shop/object-2.yaml
fluxwright secrets encrypt FILE   # a new one, before it is committed
fluxwright secrets rotate         # after a change of recipients in .sops.yaml
\`\`\`

## Databases

| database | instances | storage | backups | kept | scheduled (seconds first) | used by |
| --- | --- | --- | --- | --- | --- | --- |
| \`shop/pg\` | 2 | \`1Gi\` | \`gs://backups/pg\` | \`7d\` | \`0 0 2 * * *\` |  |

Nothing below changes the cluster: \`fluxwright\` writes a manifest that Flux does not sync, and prints the steps, what to check between them, and the way back.

\`\`\`sh
fluxwright db backup shop/pg | kubectl create -f -   # one backup, now
fluxwright db restore shop/pg --from object-store --to TIME   # a copy beside it, as of a moment such as 2026-03-01T09:30:00Z
fluxwright db restore shop/pg --from live   # a copy of what there is now
fluxwright db restore shop/pg --from object-store --in-place   # replace it, when it is lost
\`\`\`

## Upgrades

Flux: with the command line of the new release, then commit.

\`\`\`sh
flux --version
flux install --export > clusters/prod/flux-system/gotk-components.yaml
\`\`\`

Postgres: \`spec.imageName\`. A minor version restarts the instances one by one; a major one is a plan of its own, and begins with a backup.

| database | image | first written in |
| --- | --- | --- |
| \`shop/pg\` | \`ghcr.io/cloudnative-pg/postgresql\` | \`shop/pg.yaml\` |

## At three in the morning

What is wrong:

\`\`\`sh
flux check
flux get all --all-namespaces --status-selector ready=false
flux logs --all-namespaces --level=error --since=1h
flux events --for Kustomization/shop -n flux-system
flux tree kustomization shop -n flux-system
kubectl get pods --all-namespaces --field-selector='status.phase!=Running,status.phase!=Succeeded'
kubectl get clusters.postgresql.cnpg.io,backups.postgresql.cnpg.io --all-namespaces
\`\`\`

Who changed it: what arrived since yesterday, and where a line comes from.

\`\`\`sh
fluxwright history --since yesterday
fluxwright why FILE:LINE
\`\`\`

Back to what was: revert the commit, and have Flux take it at once.

\`\`\`sh
git revert COMMIT && git push
flux reconcile kustomization shop -n flux-system --with-source
\`\`\`

Hands off, while somebody repairs by hand: Flux does nothing until it is resumed.

\`\`\`sh
flux suspend kustomization shop -n flux-system
flux resume kustomization shop -n flux-system
\`\`\`
"
`);
  expect(await runbookOf(Object.fromEntries(Object.entries(files).reverse()), { output: 'RUNBOOK.md' })).toBe(text);
});

test('with several clusters, each row says which', async () => {
  const files: Files = { ...shop(PG), ...bootstrapped('clusters/staging'), 'clusters/staging/shop.yaml': kustomization('shop', './shop') };

  const text = await runbookOf(files);

  expect(sectionOf(text, 'Databases')).toContain(`| cluster | database | instances | storage | backups | kept | scheduled (seconds first) | used by |
| --- | --- | --- | --- | --- | --- | --- | --- |
| \`clusters/prod\` | \`shop/pg\` | 2 | \`1Gi\` | \`gs://backups/pg\` | \`7d\` |  |  |
| \`clusters/staging\` | \`shop/pg\` | 2 | \`1Gi\` | \`gs://backups/pg\` | \`7d\` |  |  |
`);
  expect(sectionOf(text, 'Databases')).toContain('fluxwright db backup shop/pg --cluster clusters/prod | kubectl create -f -');
  expect(sectionOf(text, 'What there is')).toContain('| `clusters/staging` | `shop` | `flux-system/shop` | `shop` |');
});

test('charts, images and releases of others say how they get another version, and never which value a bot has set', async () => {
  const files: Files = {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/kustomization.yaml': 'resources: [release.yaml, oci.yaml, pinned.yaml, images.yaml, web.yaml, https://github.com/example/operator/releases/download/v1.2.3/install.yaml]\n',
    'apps/release.yaml': 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: redis, namespace: data}\nspec: {chart: {spec: {chart: redis, version: 18.x, sourceRef: {kind: HelmRepository, name: bitnami}}}}\n',
    'upstream.lock.yaml': `releases:\n  cnpg:\n    version: 1.24.1\n    url: https://example.com/{version}/cnpg.yaml\n    sha256: ${'a'.repeat(64)}\n    path: cnpg/release.yaml\n`,
    'apps/oci.yaml': 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: cilium, namespace: kube-system}\nspec: {interval: 1h, url: oci://quay.io/cilium/charts/cilium, ref: {tag: 1.18.2}}\n---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: cilium, namespace: kube-system}\nspec: {chartRef: {kind: OCIRepository, name: cilium}}\n',
    'apps/pinned.yaml': 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: own\n  namespace: data\nspec:\n  chart:\n    spec:\n      chart: own\n      version: 1.0.0 # {"$imagepolicy": "flux-system:own:tag"}\n',
    'apps/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: ghcr.io/shop/web:prod-1 # {"$imagepolicy": "flux-system:web"}\n',
    'apps/images.yaml': 'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: web, namespace: flux-system}\nspec: {imageRepositoryRef: {name: web}, filterTags: {pattern: "^prod-(?P<ts>.*)$"}, policy: {numerical: {order: asc}}}\n---\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageUpdateAutomation\nmetadata: {name: bot, namespace: flux-system}\nspec: {sourceRef: {kind: GitRepository, name: flux-system}, git: {push: {branch: main}}, update: {path: ./apps}}\n',
  };

  const text = await runbookOf(files);

  expect(sectionOf(text, 'Upgrades')).toMatchInlineSnapshot(`
"Flux: with the command line of the new release, then commit.

\`\`\`sh
flux --version
flux install --components-extra=image-reflector-controller,image-automation-controller --export > clusters/prod/flux-system/gotk-components.yaml
\`\`\`

Releases of others. \`update\` says what another version breaks here, before it writes:

| locked release | version | from | kept in |
| --- | --- | --- | --- |
| \`cnpg\` | \`1.24.1\` | \`https://example.com/1.24.1/cnpg.yaml\` | \`cnpg/release.yaml\` |

| release that kustomize fetches | named in |
| --- | --- |
| \`https://github.com/example/operator/releases/download/v1.2.3/install.yaml\` | \`apps/kustomization.yaml\` |

\`\`\`sh
fluxwright upstream list
fluxwright upstream update NAME VERSION
\`\`\`

Charts: change the version, then look at what that does.

| HelmRelease | chart | version | in |
| --- | --- | --- | --- |
| \`data/redis\` | \`redis\` | \`18.x\` | \`apps/release.yaml\` |
| \`kube-system/cilium\` | \`oci://quay.io/cilium/charts/cilium\` | \`1.18.2\` | \`apps/oci.yaml\` |
| \`data/own\` | \`own\` | set by image automation | \`apps/pinned.yaml\` |"
`);
  expect(sectionOf(text, 'Images that Flux updates')).toMatchInlineSnapshot(`
"| automation | commits to | below |
| --- | --- | --- |
| \`flux-system/bot\` | \`main\` | \`apps\` |

| policy | chooses among tags like | sets |
| --- | --- | --- |
| \`flux-system:own\` |  | \`apps/pinned.yaml\` |
| \`flux-system:web\` | \`^prod-(?P<ts>.*)$\` | \`apps/web.yaml\` |

The committed tree is the home of each value. To roll back, and have it stay there:

\`\`\`sh
fluxwright pins list
fluxwright pins hold flux-system:own --value TAG   # then commit and push
fluxwright pins release flux-system:own            # when the next release is to go out
\`\`\`

To stop all of it at once:

\`\`\`sh
flux suspend image update bot -n flux-system
\`\`\`"
`);
  const later = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, content.replace('prod-1 ', 'prod-2 ').replace('1.0.0 #', '1.1.0 #')]));
  expect(await runbookOf(later)).toBe(text);
});

test('an ephemeral environment that comes or goes leaves it as it is', async () => {
  const before: Files = { ...bootstrapped('clusters/prod'), 'clusters/prod/environments.yaml': kustomization('environments', './environments'), 'environments/settings.yaml': object('ConfigMap', 'settings', 'default') };
  const instance = `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: dev-test, namespace: flux-system}\nspec: {interval: 1m, url: 'ssh://git@example.com/shop', ref: {branch: dev-test}}\n---\n${kustomization('dev-test-web', './web')}`;
  const after: Files = { ...before, 'environments/dev-test.yaml': instance, 'web/web.yaml': object('ConfigMap', 'web', 'dev-test') };

  const text = await runbookOf(before, { environments: 'environments.yaml' });

  expect(await runbookOf(after, { environments: 'environments.yaml', instances: ['environments/dev-test.yaml'] })).toBe(text);
  expect(await runbookOf(after, { environments: 'environments.yaml' })).not.toBe(text);
  expect(sectionOf(text, 'Ephemeral environments')).toContain('listed in `environments.yaml`');
});

test('whatever text stands in a tree, it stays in its cell', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('`', '``', '|', 'a', ' ', '\n', '\r', '\u0000', '\u202e', '<'), maxLength: 20 }), (text) => {
    const shown = code(text);
    const fence = /^`+/.exec(shown)![0];

    expect(shown).not.toMatch(/[\n\r]|(^|[^\\])\|/);
    expect(shown.endsWith(fence)).toBe(true);
    expect(shown.slice(fence.length, -fence.length).match(/`+/g)?.some((run) => run.length >= fence.length) ?? false).toBe(false);
  }));
});

test('names that no cluster would take make text all the same', async () => {
  const hostile = "pg(a'; rm -rf ~ `x` $(y) |\\n[";
  const files: Files = Object.fromEntries(Object.entries(shop(PG, SCHEDULE)).map(([path, text]) => [path, text.replace('  name: pg\n', `  name: ${JSON.stringify(hostile)}\n`)]));

  const text = await runbookOf(files);

  expect(sectionOf(text, 'Databases')).toContain("fluxwright db backup 'shop/pg(a'\\''; rm -rf ~ `x` $(y) |");
});
