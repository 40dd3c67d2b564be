import { changesOf, consequencesOf, diffOf, edited, replaced } from './diff-files';
import { fleet, flux } from './fleet';

test('two states that are the same have no differences, and nothing of them is parsed', async () => {
  const diff = await diffOf(fleet, { ...fleet });

  expect(diff.changes).toEqual([]);
  expect(diff.consequences).toEqual([]);
  expect(diff.counts).toEqual({ files: 19, different: 0, layoutOnly: 0, unrelated: 0, parsed: 0, parsedUnchanged: 0 });
});

test('a changed base is told once, with every cluster that it reaches', async () => {
  const after = replaced(fleet, 'apps/base/web.yaml', 'value: info', 'value: debug');

  expect(await changesOf(fleet, after)).toMatchInlineSnapshot(`
"flux-system/apps in production, staging
  ~ Deployment web  apps/base/web.yaml
      spec.template.spec.containers[name=web].env[name=LOG_LEVEL].value: info → debug"
`);
});

test('the same change in each stage is folded into one', async () => {
  const label = (stage: string): Record<string, string> => ({ [`data/${stage}/postgres.yaml`]: fleet[`data/${stage}/postgres.yaml`]!.replace('instances: 3', 'instances: 4') });

  expect(await changesOf(fleet, edited(fleet, { ...label('staging'), ...label('production') }))).toMatchInlineSnapshot(`
"flux-system/data in production, staging
  ~ Cluster shop/orders  data/production/postgres.yaml
      the same in production, staging
      spec.instances: 3 → 4"
`);
});

test('an order that says nothing is no change; the order of arguments and of init containers is one', async () => {
  const env = replaced(fleet, 'apps/base/web.yaml', `            - name: LOG_LEVEL
              value: info
            - name: REGION
              value: north
`, `            - name: REGION
              value: north
            - name: LOG_LEVEL
              value: info
`);
  const init = replaced(fleet, 'apps/base/web.yaml', '        - name: migrate\n          image: registry.example.com/web\n        - name: warm\n', '        - name: warm\n          image: registry.example.com/web\n        - name: migrate\n');
  const both = replaced(init, 'apps/base/web.yaml', '[--port, "8080"]', '["8080", --port]');

  expect((await diffOf(fleet, env)).counts).toMatchObject({ different: 1, layoutOnly: 1 });
  expect(await changesOf(fleet, env)).toBe('');
  expect(await changesOf(fleet, both)).toMatchInlineSnapshot(`
"flux-system/apps in production, staging
  ~ Deployment web  apps/base/web.yaml
      spec.template.spec.containers[name=web].args: in another order
      spec.template.spec.initContainers: in another order"
`);
});

test('comments and layout alone are no change', async () => {
  const after = replaced(fleet, 'data/staging/postgres.yaml', 'spec:\n', '# three, since there are three zones\nspec:\n');

  const { changes, counts } = await diffOf(fleet, after);

  expect(changes).toEqual([]);
  expect(counts).toMatchObject({ different: 1, layoutOnly: 1 });
});

test('an object in another file has moved, with what else became of it', async () => {
  const [deployment, service] = fleet['apps/base/web.yaml']!.split('---\n') as [string, string];
  const after = edited(fleet, {
    'apps/base/web.yaml': deployment,
    'apps/base/service.yaml': service.replace('port: 80', 'port: 8080'),
    'apps/base/kustomization.yaml': fleet['apps/base/kustomization.yaml']!.replace('  - web.yaml\n', '  - service.yaml\n  - web.yaml\n'),
  });

  expect(await changesOf(fleet, after)).toMatchInlineSnapshot(`
"flux-system/apps in production, staging
  ~ apps/base/kustomization.yaml
      + resources: service.yaml
  > Service web  apps/base/service.yaml
      from apps/base/web.yaml
      - spec.ports[port=80,protocol=TCP]: {"port":80,"targetPort":"http"}
      + spec.ports[port=8080,protocol=TCP]: {"port":8080,"targetPort":"http"}"
`);
});

test('stages that are renamed keep their objects apart', async () => {
  const after = Object.fromEntries(Object.entries(fleet).map(([path, text]) => [path.replace('data/', 'databases/'), text.replaceAll('./data/', './databases/')]));

  const { changes } = await diffOf(fleet, after);

  const moves = changes.filter(({ subject }) => subject.type === 'object' && subject.kind === 'Cluster').map(({ type, before, after: now }) => `${type} ${before?.file} ${now?.file}`);
  expect(moves).toEqual([
    'moved data/production/postgres.yaml databases/production/postgres.yaml',
    'moved data/staging/postgres.yaml databases/staging/postgres.yaml',
  ]);
});

test('a folder that is renamed is one change, its kustomization.yaml among it, and harms nothing', async () => {
  const after = Object.fromEntries(Object.entries(fleet).map(([path, text]) => [path.replace('data/staging', 'data/test'), text.replace('./data/staging', './data/test')]));

  expect(await changesOf(fleet, after)).toMatchInlineSnapshot(`
"flux-system/data in staging
  > 3 objects and files  data/test/
      from data/staging/
      data/test/kustomization.yaml, Namespace shop, Cluster shop/orders

flux-system/flux-system in staging
  ~ Kustomization flux-system/data  clusters/staging/data.yaml
      spec.path: ./data/staging → ./data/test"
`);
  expect(await consequencesOf(fleet, after)).toEqual([]);
});

test('what a generator reads is compared line by line, and what SOPS encrypted by its keys, without values', async () => {
  const secret = (password: string, more = ''): string => `apiVersion: v1
kind: Secret
metadata:
  name: web
stringData:
  password: ENC[AES256_GCM,data:${password},iv:AAAA,tag:BBBB,type:str]
${more}sops:
  age:
    - recipient: age1one
  mac: ENC[AES256_GCM,data:${password}mac,iv:AAAA,tag:BBBB,type:str]
`;
  const before = edited(fleet, { 'apps/base/secret.yaml': secret('one') });
  const after = edited(fleet, {
    'apps/base/secret.yaml': secret('two', '  token: ENC[AES256_GCM,data:three,iv:AAAA,tag:BBBB,type:str]\n').replace('age1one', 'age1other'),
    'apps/base/settings.properties': '# for all\ngreeting=good day\n',
  });

  const shown = await changesOf(before, after);

  expect(shown).not.toContain('ENC[');
  expect(shown).toMatchInlineSnapshot(`
"flux-system/apps in production, staging
  ~ apps/base/settings.properties
      line 1:
        - greeting=hello
        + # for all
        + greeting=good day

applied by nothing
  ~ Secret web  apps/base/secret.yaml
      encrypted: values are not shown
      stringData.password: changed
      + stringData.token: (secret)
      sops.recipients: age1one → age1other"
`);
});

test('a Secret that nobody encrypted is not shown either', async () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\nstringData:\n  password: hunter2\n';

  const diff = await diffOf(edited(fleet, { 'apps/base/secret.yaml': secret }), edited(fleet, { 'apps/base/secret.yaml': secret.replace('hunter2', 'hunter3') }));

  expect(JSON.stringify(diff)).not.toContain('hunter');
  expect(diff.changes[0]!.fields).toMatchObject([{ path: 'stringData.password', type: 'changed', before: '(secret)', after: '(secret)' }]);
});

test('a marked image is told as an image, with its policy, and a marker that is taken off is a change', async () => {
  const pod = (image: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: ${image}\n`;
  const before = edited(fleet, { 'apps/base/a.yaml': pod('registry.example.com/web:1.2.0 # {"$imagepolicy": "flux-system:web"}'), 'apps/base/b.yaml': pod('web:1 # {"$imagepolicy": "flux-system:web"}').replace('name: web\nspec', 'name: other\nspec') });
  const after = edited(fleet, { 'apps/base/a.yaml': pod('registry.example.com/web:1.3.0 # {"$imagepolicy": "flux-system:web"}'), 'apps/base/b.yaml': pod('web:1').replace('name: web\nspec', 'name: other\nspec') });

  expect(await changesOf(before, after)).toMatchInlineSnapshot(`
"applied by nothing
  ~ Pod web  apps/base/a.yaml
      spec.containers[name=web].image: registry.example.com/web 1.2.0 → 1.3.0 (policy flux-system:web)
  ~ Pod other  apps/base/b.yaml
      spec.containers[name=web].image: no longer set by image policy flux-system:web"
`);
});

test('a file that cannot be read on one side is named, and everything else is compared', async () => {
  const after = replaced(edited(fleet, { 'apps/base/web.yaml': 'kind: Deployment\nmetadata: [\n' }), 'data/staging/postgres.yaml', '10Gi', '20Gi');

  const diff = await diffOf(fleet, after);

  expect(diff.broken).toEqual([{ side: 'after', file: 'apps/base/web.yaml', problem: expect.stringMatching(/^apps\/base\/web\.yaml:\d+ is not YAML that Go reads: /) as string }]);
  expect(diff.changes.map(({ subject, type }) => `${type} ${subject.type === 'file' ? subject.path : subject.name}`)).toEqual(['changed apps/base/web.yaml', 'changed orders']);
  expect(diff.consequences.map(({ class: name, title }) => `[${name}] ${title}`)).toEqual([expect.stringMatching(/^\[kustomization-fails\] Flux Kustomization flux-system\/apps can no longer be built: apps\/base\/web\.yaml:\d+ is not YAML that Go reads: /)]);
});

test('files that are nothing to Flux are counted, and objects that nothing applies are a group of their own', async () => {
  const after = edited(fleet, { 'README.md': '# Fleet\n', '.github/workflows/ci.yaml': 'on: push\n', 'spare/job.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: once\n' });

  const diff = await diffOf(fleet, after);

  expect(diff.counts).toMatchObject({ different: 3, unrelated: 2 });
  expect(await changesOf(fleet, after)).toBe('applied by nothing\n  + Job once  spare/job.yaml');
  expect(diff.consequences.map(({ title }) => title)).toEqual(['takes effect only after kubectl apply -f spare/job.yaml']);
});

test('of a large repository only the files are read that differ, and those that lead to them', async () => {
  const teams = Array.from({ length: 400 }, (_, index) => `team-${index}`);
  const large = Object.assign({ ...fleet }, ...teams.map((team) => ({
    [`clusters/production/${team}.yaml`]: flux(team, `teams/${team}`),
    [`teams/${team}/kustomization.yaml`]: 'resources:\n  - config.yaml\n',
    [`teams/${team}/config.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${team}\ndata:\n  level: info\n`,
  }))) as typeof fleet;

  const { changes, groups, counts } = await diffOf(large, replaced(large, 'teams/team-7/config.yaml', 'info', 'debug'));

  expect(changes).toHaveLength(1);
  expect(groups[0]!.appliers).toEqual([{ cluster: 'clusters/production', kustomization: 'flux-system/team-7', stage: 'production' }]);
  expect(counts.parsed).toBe(1);
  expect(counts.parsedUnchanged).toBeLessThan(12);
});

test('a Flux Kustomization whose path reaches its own file is taken for what it is', async () => {
  const nested = Object.fromEntries(Object.entries(fleet).map(([path, text]) => [path === 'clusters/production/data.yaml' ? 'data/ks.yaml' : path, text]));
  const before = edited(nested, { 'clusters/production/all.yaml': flux('all', 'data', '  ignore: ""\n').replace('path: ./data', 'path: ./all'), 'all/kustomization.yaml': 'resources:\n  - ../data/ks.yaml\n' });

  expect(await consequencesOf(before, replaced(before, 'data/ks.yaml', './data/production', './data'))).not.toContainEqual(expect.stringContaining('nothing is left of the cluster'));
});
