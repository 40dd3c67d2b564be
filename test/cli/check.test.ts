import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../src/checks';
import { dependsOnMissing } from '../../src/checks/graph/depends-on-missing';
import { check } from '../../src/cli/commands/check';
import { bootstrapped, kustomization, type Files } from '../checks/check-tree';
import { folderWith } from '../folders';
import { Repository } from '../publish/repository';
import { toolPath } from '../tools';
import { call, type Called } from './call';

const SETTINGS = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: default\ndata: {}\n';
const fleet = (apps = kustomization('apps', './apps')): Files => ({ ...bootstrapped('clusters/prod'), 'clusters/prod/apps.yaml': apps, 'apps/settings.yaml': SETTINGS });
const dangling = fleet(kustomization('apps', './apps', 'dependsOn:\n  - name: databse\n'));

/** Without kustomize, but where a test is about it. */
const run = async (folder: string, parameters: string, environment: Record<string, string> = {}): Promise<Called> => call(check, parameters.split(' ').filter((word) => word !== ''), folder, environment);

const ONE_RULE = '--no-render --rule depends-on-missing';

test('a repository in order is exit code 0', async () => {
  expect(await run(folderWith(fleet()), ONE_RULE)).toEqual({ status: 0, stdout: 'no findings (4 objects, 2 Flux Kustomizations of 1 cluster, 1 rule)\n', stderr: '' });
});

test('where nothing tells what Flux applies, it says so, and the exit code stays', async () => {
  expect(await run(folderWith({ 'apps/settings.yaml': SETTINGS }), ONE_RULE)).toEqual({
    status: 0, stdout: 'no findings (1 object, 1 rule)\n',
    stderr: 'note: no Flux Kustomization was found, so that rules about what Flux applies had nothing to look at\n',
  });
});

test('a fault is exit code 1, with its place, its line and what to do', async () => {
  expect(await run(folderWith(dangling), ONE_RULE)).toEqual({
    status: 1, stderr: '',
    stdout: `clusters/prod/apps.yaml
   14 | - name: databse
      error Kustomization flux-system/apps: depends on the Kustomization flux-system/databse, which does not exist in this cluster [depends-on-missing]
      fix: ${dependsOnMissing.fix}
      in: clusters/prod: flux-system/apps

1 error (4 objects, 2 Flux Kustomizations of 1 cluster, 1 rule)
`,
  });
});

test('from a folder, it tells what lies there or concerns a cluster there', async () => {
  const root = folderWith({ ...dangling, '.git/HEAD': 'ref: refs/heads/main\n', '.git/objects/x': '', '.git/refs/x': '' });

  expect((await run(root, `clusters/prod ${ONE_RULE}`)).status).toBe(1);
  expect((await run(root, `clusters ${ONE_RULE}`)).status).toBe(1);
  expect((await run(root, `apps ${ONE_RULE}`)).status).toBe(0);
});

test('findings that the project lives with are counted, and are none', async () => {
  const root = folderWith({ ...dangling, 'fluxwright.yaml': 'checks:\n  ignore:\n    - { rule: depends-on-missing, object: Kustomization/apps, reason: the tenant brings it }\n' });

  expect(await run(root, ONE_RULE)).toMatchObject({ status: 0, stdout: 'no findings (1 suppressed; 4 objects, 2 Flux Kustomizations of 1 cluster, 1 rule)\n' });
});

test('what the project excludes is not read', async () => {
  const root = folderWith({ ...fleet(), 'clusters/dev/a.yaml': kustomization('b', './apps', 'dependsOn:\n  - name: nothing\n') });
  expect(await run(root, ONE_RULE)).toMatchObject({ status: 1 });

  const excluded = folderWith({ ...fleet(), 'clusters/dev/a.yaml': kustomization('b', './apps', 'dependsOn:\n  - name: nothing\n'), 'fluxwright.yaml': 'checks:\n  exclude: [clusters/dev/]\n' });
  expect(await run(excluded, ONE_RULE)).toMatchObject({ status: 0 });
});

test('a mistake in the settings, a rule, a format or a revision that does not exist is exit code 2', async () => {
  const root = folderWith({ ...fleet(), 'fluxwright.yaml': 'checks:\n  ignores: []\n' });

  expect(await run(root, '')).toEqual({ status: 2, stdout: '', stderr: 'fluxwright.yaml:2: checks knows no "ignores"\n  fix: write "ignore"\n' });
  expect(await run(root, '--rule depend-on-missing')).toEqual({ status: 2, stdout: '', stderr: 'there is no rule "depend-on-missing"\n  fix: write depends-on-missing\n' });
  expect(await run(root, '--format yaml')).toEqual({ status: 2, stdout: '', stderr: 'there is no format "yaml"\n  fix: take one of text, json, markdown, sarif, github\n' });
  expect(await run(root, 'nowhere')).toMatchObject({ status: 2, stderr: `${root}/nowhere is no folder\n  fix: name the folder of a Flux repository\n` });
  expect(await run(folderWith(fleet()), '--base main')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^there is no main: the folder lies in no repository of Git/) as string });
});

test('a format can go into a file, with text for the terminal', async () => {
  const root = folderWith(dangling);

  const { status, stdout } = await run(root, `${ONE_RULE} --format json --output found.json`);

  expect([status, stdout]).toEqual([1, expect.stringContaining('1 error (4 objects')]);
  expect(JSON.parse(readFileSync(join(root, 'found.json'), 'utf8'))).toMatchObject({ version: 1, summary: { errors: 1, rules: 1 }, findings: [{ rule: 'depends-on-missing', file: 'clusters/prod/apps.yaml', line: 14 }] });
  expect(await run(root, `${ONE_RULE} --output nowhere/found.txt`)).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot be written: ENOENT') as string });
});

describe('without kustomize', () => {
  const [needy] = rules.filter(({ needs }) => needs === 'render');
  const before = process.env['XDG_CACHE_HOME'];
  beforeEach(() => (process.env['XDG_CACHE_HOME'] = folderWith()));
  afterEach(() => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
  });

  test('rules that need it are skipped, once, with how to get it; in CI that is exit code 2', async () => {
    const root = folderWith(fleet());
    const said = { stdout: expect.stringMatching(new RegExp(`^not checked ${needy!.id}: kustomize 5 is not installed\n  fix: install it: .*\n\nno findings`)) as string };

    expect(await run(root, `--rule depends-on-missing ${needy!.id}`)).toMatchObject({ status: 0, stderr: '', ...said });
    const failed = { status: 2, ...said, stderr: expect.stringMatching(/^not everything could be checked, which (in CI|with --strict) is no pass:\n {2}kustomize 5 is not installed\n {4}fix: install it/) as string };
    expect(await run(root, `--rule depends-on-missing ${needy!.id}`, { CI: 'true' })).toMatchObject(failed);
    expect(await run(root, `--rule depends-on-missing ${needy!.id} --strict`)).toMatchObject(failed);
  });

  test('who leaves rendering out on purpose passes in CI', async () => {
    const root = folderWith(fleet());

    expect(await run(root, `--no-render --rule depends-on-missing ${needy!.id}`, { CI: 'true' })).toMatchObject({ status: 0, stdout: expect.stringContaining('--no-render was given') as string });
    expect(await run(root, `--no-render --strict --rule ${needy!.id}`)).toMatchObject({ status: 2 });
  });
});

const kustomize = toolPath('kustomize');
(kustomize === undefined ? test.skip : test)('with kustomize, rules see what Flux applies', async () => {
  const files = fleet(kustomization('apps', './apps', 'patches:\n  - patch: |\n      apiVersion: kustomize.toolkit.fluxcd.io/v1\n      kind: Kustomization\n      metadata: { name: tenant }\n      spec: { dependsOn: [{ name: nothing }] }\n    target: { kind: Kustomization }\n'));
  const root = folderWith({ ...files, 'apps/tenant.yaml': kustomization('tenant', './tenants'), 'tenants/settings.yaml': SETTINGS });

  expect(await run(root, '--rule depends-on-missing', { PATH: join(kustomize!, '..') })).toMatchObject({ status: 1, stdout: expect.stringContaining('apps/tenant.yaml\n') as string });
  expect(await run(root, '--rule depends-on-missing --no-render')).toMatchObject({ status: 0 });
});

describe('in a clone', () => {
  let repository: Repository;
  beforeEach(() => (repository = Repository.create()));
  afterEach(() => repository.remove());
  const write = (files: Files) => Object.entries(files).forEach(([path, text]) => repository.write(path, text));

  test('--at checks what a revision has', async () => {
    write(dangling);
    repository.commit();
    write(fleet());

    expect((await run(repository.root, ONE_RULE)).status).toBe(0);
    expect((await run(repository.root, `${ONE_RULE} --at main`)).status).toBe(1);
  });

  test('a repository in a folder of another tells other programs the paths from the top', async () => {
    write(Object.fromEntries(Object.entries(dangling).map(([path, text]) => [`gitops/${path}`, text])));
    repository.commit();

    expect((await run(join(repository.root, 'gitops'), `${ONE_RULE} --format github`)).stdout).toContain('::error file=gitops/clusters/prod/apps.yaml,line=14,');
    expect((await run(join(repository.root, 'gitops'), ONE_RULE)).stdout).toMatch(/^clusters\/prod\/apps\.yaml\n/);
  });

  const [comparing] = rules.filter(({ needs }) => needs === 'base');

  test('rules that compare are skipped where there is nothing to compare with; in CI that is exit code 2', async () => {
    write(fleet());
    repository.commit();
    const said = `not checked ${comparing!.id}: there is nothing to compare with: no branch is followed, and there is no origin\n  fix: name a commit: --base REF\n`;

    expect(await run(repository.root, `--no-render --rule ${comparing!.id}`)).toMatchObject({ status: 0, stdout: expect.stringContaining(said) as string });
    expect(await run(repository.root, `--no-render --rule ${comparing!.id}`, { CI: 'true' })).toMatchObject({ status: 2 });
    expect(await run(repository.root, `--no-render --rule ${comparing!.id} --base main`, { CI: 'true' })).toMatchObject({ status: 0 });
    expect(await run(repository.root, `--no-render --rule ${comparing!.id}`, { CI: 'true', GITHUB_BASE_REF: 'production' })).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('the pull request goes to production, which this clone does not have') as string });
  });
});

test('a path behind --rule, which takes all that follows, is told from a rule', async () => {
  const root = folderWith({ 'clusters/prod/shop.yaml': '' });

  expect(await run(root, '--rule depends-on-missing ./clusters')).toEqual({ status: 2, stdout: '', stderr: 'there is no rule "./clusters"\n  fix: name the path before --rule, which takes all that follows: check ./clusters --rule …\n' });
});
