import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { render } from '../../src/cli/commands/render';
import { fetchUnpinned } from '../../src/upstream/fetch-upstream';
import { sha256Of, rememberUrl, storeUpstream } from '../../src/upstream/upstream-cache';
import { folderWith } from '../folders';
import { describeWith } from '../tools';
import { call, type Called } from './call';

const URL = 'https://example.org/release/crds.yaml';

const sync = (name: string, path: string, spec = ''): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ${path}
  sourceRef: { kind: GitRepository, name: flux-system }
${spec}`;
const config = (name: string, value: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { zone: "${value}" }\n`;

const FILES = {
  'clusters/staging/flux-system/gotk-sync.yaml': sync('flux-system', './clusters/staging'),
  'clusters/staging/apps.yaml': sync('apps', './apps', '  targetNamespace: shop\n  postBuild:\n    substitute: { ZONE: south }\n    substituteFrom: [{ kind: Secret, name: cluster }]\n'),
  'clusters/staging/cluster.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: cluster, namespace: flux-system }\nstringData: { TOKEN: "ENC[AES256_GCM,data:x]" }\nsops: { mac: x }\n',
  'apps/settings.yaml': config('settings', '${ZONE} ${TOKEN}'),
  'base/kustomization.yaml': 'resources: [settings.yaml]\nnamePrefix: base-\n',
  'base/settings.yaml': config('settings', 'none'),
  'overlay/kustomization.yaml': 'resources: [../base]\n',
};
const OF_APPS = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  zone: south ${TOKEN}\n';

describeWith('kustomize', 'render', (kustomize) => {
  const cache = process.env['XDG_CACHE_HOME'];
  beforeEach(() => (process.env['XDG_CACHE_HOME'] = folderWith()));
  afterEach(() => {
    if (cache === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cache;
  });
  const rendered = async (folder: string, ...parameters: string[]): Promise<Called> => call(render, parameters, folder, { PATH: dirname(kustomize) });

  test('a Kustomization is what Flux would apply, and what is encrypted stays unknown', async () => {
    const folder = folderWith(FILES);

    const expected = { status: 0, stdout: OF_APPS, stderr: '' };
    expect(await rendered(folder, 'apps')).toEqual(expected);
    expect(await rendered(folder, 'flux-system/apps')).toEqual(expected);
  });

  test('a directory is built as it is, from wherever it is named', async () => {
    const folder = folderWith(FILES);

    const expected = { status: 0, stdout: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: base-settings\ndata:\n  zone: none\n', stderr: '' };
    expect(await rendered(folder, 'overlay')).toEqual(expected);
    expect(await rendered(join(folder, 'apps'), '../overlay/')).toEqual(expected);
    expect(await rendered('/', join(folder, 'overlay'))).toEqual(expected);
    expect((await rendered(folder, './apps')).stdout).toBe(config('settings', '${ZONE} ${TOKEN}').replace('{ name: settings }', '\n  name: settings').replace('{ zone: "${ZONE} ${TOKEN}" }', '\n  zone: ${ZONE} ${TOKEN}').replace(/: \n/g, ':\n'));
  });

  test('all of a cluster is a stream that says what is whose', async () => {
    const folder = folderWith(FILES);

    const { status, stdout } = await rendered(folder, '--all', '--cluster', 'staging');

    expect(status).toBe(0);
    expect(stdout.match(/^# .*$/gm)).toEqual(['# Kustomization flux-system/flux-system of clusters/staging, path clusters/staging', '# Kustomization flux-system/apps of clusters/staging, path apps']);
    expect(stdout).toContain(`---\n# Kustomization flux-system/apps of clusters/staging, path apps\n${OF_APPS}`);
    expect(stdout).toContain('  TOKEN: ENC[AES256_GCM,data:x]\n');
  });

  test('all of a repository without Flux is nothing, which is said', async () => {
    expect(await rendered(folderWith({ 'apps/settings.yaml': config('settings', 'none') }), '--all')).toEqual({
      status: 0, stdout: '', stderr: 'note: no Flux Kustomization was found, so that there is nothing to render; name a directory to build it as it is\n',
    });
  });

  test('for programs it is a list', async () => {
    const { stdout } = await rendered(folderWith(FILES), 'apps', '--format', 'json');

    expect(JSON.parse(stdout)).toEqual([{
      kustomization: 'flux-system/apps', cluster: 'clusters/staging', path: 'apps',
      objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { zone: 'south ${TOKEN}' } }],
    }]);
  });

  test('a revision is rendered as it was committed', async () => {
    const folder = folderWith(FILES);
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    execFileSync('git', ['add', '-A'], { cwd: folder });
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '-m', 'all'], { cwd: folder });
    execFileSync('git', ['rm', '-rq', '--cached', 'apps', 'overlay'], { cwd: folder });
    execFileSync('rm', ['-r', 'apps', 'overlay'], { cwd: folder });

    expect((await rendered(folder, 'apps', '--at', 'HEAD')).stdout).toBe(OF_APPS);
    expect((await rendered(folder, 'overlay', '--at', 'HEAD')).stdout).toContain('name: base-settings');
    expect((await rendered(folder, 'overlay')).status).toBe(2);
  });

  test('a release that is listed by its URL comes from the cache, and is left out while it is not there', async () => {
    const folder = folderWith({ 'app/kustomization.yaml': `resources: [${URL}]\nnamePrefix: a-\n` });

    const without = await rendered(folder, 'app');
    const release = Buffer.from(config('crds', 'all'));
    storeUpstream(release, sha256Of(release), URL);
    rememberUrl(URL, sha256Of(release));
    const withIt = await rendered(folder, 'app');

    expect(without).toEqual({ status: 0, stdout: '', stderr: `app is built without ${URL}, which is not on this machine; "fluxwright upstream fetch" gets what is a file\n` });
    expect(withIt.stdout).toContain('name: a-crds');
    await expect(fetchUnpinned(URL)).resolves.toBe('cached');
  });

  test('what cannot be built is said with the file, behind all that can', async () => {
    const folder = folderWith({ ...FILES, 'broken/kustomization.yaml': 'resources: [absent.yaml]\n' });

    expect(await rendered(folder, 'broken', 'base')).toEqual({
      status: 2,
      stdout: expect.stringContaining('name: base-settings') as string,
      stderr: 'broken cannot be built: broken/absent.yaml does not exist\n  fix: mend what it names; Flux would say the same\n',
    });
  });

  test('a variable that is not set is found', async () => {
    const folder = folderWith({ ...FILES, 'clusters/staging/apps.yaml': sync('apps', './apps', '  postBuild:\n    substitute: { TOKEN: "1" }\n') });

    expect(await rendered(folder, 'apps')).toEqual({
      status: 1,
      stdout: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  zone: 1\n',
      stderr: 'Kustomization flux-system/apps of clusters/staging: ${ZONE} in ConfigMap settings is not set; Flux fails for it since 2.9, and put nothing there before\n',
    });
  });

  test.each([
    [['ap'], '"ap" is no Flux Kustomization and no directory of this repository\n  fix: write apps\n'],
    [['flux-system/app'], '"flux-system/app" is no Flux Kustomization and no directory of this repository\n  fix: write flux-system/apps\n'],
    [['staging'], '"staging" is no Flux Kustomization and no directory of this repository\n  fix: that is a cluster: write --all --cluster staging\n'],
    [['apps', '--cluster', 'stagng'], 'there is no cluster "stagng"\n  fix: write clusters/staging\n'],
    [[], 'nothing to render is named\n  fix: name Flux Kustomizations or directories, or say --all\n'],
    [['apps', '--format', 'toml'], '--format toml is none\n  fix: write yaml or json\n'],
  ])('%j is refused', async (parameters, message) => {
    expect(await rendered(folderWith(FILES), ...parameters)).toEqual({ status: 2, stdout: '', stderr: message });
  });
});

test('without kustomize it says how to get one', async () => {
  const folder = folderWith(FILES);
  const cache = process.env['XDG_CACHE_HOME'];
  process.env['XDG_CACHE_HOME'] = folderWith();

  const { status, stderr } = await call(render, ['apps'], folder, { PATH: folder });

  if (cache === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = cache;
  expect({ status, stderr }).toEqual({ status: 2, stderr: 'kustomize 5 is not installed\n  fix: install it: "brew install kustomize", "go install sigs.k8s.io/kustomize/kustomize/v5@latest", or https://github.com/kubernetes-sigs/kustomize/releases\n' });
});
