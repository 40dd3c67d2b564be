import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Repository } from '../publish/repository';

const PACKAGE = join(__dirname, '..', '..');
const NODE = `node --conditions=fluxwright-source -r ${join(PACKAGE, 'node_modules/tsx/dist/cjs/index.cjs')}`;

let repository: Repository;
beforeEach(() => {
  repository = Repository.create();
  symlinkSync(join(PACKAGE, 'node_modules'), join(repository.root, 'node_modules'));
  repository.write('.gitignore', 'node_modules\ndist\n');
  repository.write('cdk8s.yaml', `language: typescript\napp: ${NODE} main.ts\noutput: dist/cdk8s\n`);
  repository.write('main.ts', `
    import { ApiObject, Directory, GitopsApp } from '${PACKAGE}/src/index';
    const app = new GitopsApp({ name: 'shop' });
    const docs = new Directory(app, 'docs');
    new ApiObject(docs, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { GREETING: 'hello' } });
    app.synth();
  `);
});
afterEach(() => repository.remove());

function fluxwright(parameters: string, folder = '.', environment: Record<string, string> = {}): { status: number | null; stdout: string; stderr: string } {
  const { NODE_OPTIONS: _, JEST_WORKER_ID: __, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(`${NODE} ${join(PACKAGE, 'src/cli/main.ts')} ${parameters}`, { cwd: join(repository.root, folder), shell: true, encoding: 'utf8', env: { ...rest, ...environment } });
  return { status, stdout, stderr };
}

test('synth works from any folder of the project, and --check tells with its exit code whether it was needed', () => {
  mkdirSync(join(repository.root, 'docs/pictures'), { recursive: true });

  expect(fluxwright('synth --check', 'docs/pictures')).toMatchObject({ status: 1, stdout: expect.stringContaining('+  GREETING: hello') as string });
  expect(fluxwright('synth', 'docs/pictures')).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('created k8s/docs/settings.yaml') as string });
  expect(fluxwright('synth --check', 'docs/pictures')).toMatchObject({ status: 0, stdout: '' });
});

test('a mistake in the platform is exit code 2 with the message alone', () => {
  repository.replace('main.ts', "name: 'shop'", "name: 'Shop!'");

  expect(fluxwright('synth')).toEqual({
    status: 2, stdout: '',
    stderr: 'error: the app\'s name is "Shop!"\n  fix: use lower-case letters, digits and dashes, such as "shop"\n',
  });
});

test('an app that crashes is exit code 2, not the 1 that a check says differences with', () => {
  repository.replace('main.ts', 'app.synth();', 'throw new TypeError("oh");');

  expect(fluxwright('synth --check')).toMatchObject({ status: 2, stderr: expect.stringContaining('TypeError: oh') as string });
});

test.each([
  ['outside of a project', 'synth', '/', /^\/ lies in no project: no folder up from it has a cdk8s.yaml\n {2}fix: run the command inside the project\n$/],
  ['an unknown command', 'snyth', '.', /^error: unknown command 'snyth'\n\(Did you mean synth\?\)/],
  ['an unknown option', 'synth --chekc', '.', /^error: unknown option '--chekc'\n\(Did you mean --check\?\)/],
  ['a pin that is none', 'synth --pin server', '.', /^--pin server is no "namespace:policy=value"\n {2}fix: write it like --pin flux-system:server=prod-5\n$/],
])('%s is exit code 2 with what to do', (_, parameters, folder, message) => {
  const { NODE_OPTIONS: __, ...environment } = process.env;
  const { status, stderr } = folder === '/'
    ? spawnSync(`${NODE} ${join(PACKAGE, 'src/cli/main.ts')} ${parameters}`, { cwd: '/', shell: true, encoding: 'utf8', env: environment })
    : fluxwright(parameters);

  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});

test('upstream fetch brings what the app pins into the cache, once, and refuses other bytes', () => {
  const release = 'kind: Namespace\napiVersion: v1\nmetadata:\n  name: upstream\n';
  repository.write('release.yaml', release);
  const sha256 = createHash('sha256').update(release).digest('hex');
  repository.replace('main.ts', 'app.synth();', `
    new UpstreamManifest(docs, 'upstream', { url: 'file://${repository.root}/release.yaml', version: 'v1', sha256: '${sha256}' });
    app.synth();`);
  repository.replace('main.ts', 'GitopsApp }', 'GitopsApp, UpstreamManifest }');
  const cache = { XDG_CACHE_HOME: join(repository.root, 'dist/cache') };

  expect(fluxwright('synth', '.', cache)).toMatchObject({ status: 2, stderr: expect.stringContaining('fix: run "fluxwright upstream fetch"') as string });
  expect(fluxwright('upstream fetch', '.', cache)).toEqual({ status: 0, stdout: '', stderr: 'fetched docs/upstream v1\n' });
  expect(fluxwright('upstream fetch', '.', cache)).toEqual({ status: 0, stdout: '', stderr: 'cached docs/upstream v1\n' });
  expect(fluxwright('synth', '.', cache)).toMatchObject({ status: 0 });
  expect(repository.read('k8s/docs/upstream.yaml')).toBe(release);

  repository.write('release.yaml', `${release}# changed\n`);
  expect(fluxwright('upstream fetch', '.', { XDG_CACHE_HOME: join(repository.root, 'dist/other') })).toMatchObject({ status: 2, stderr: expect.stringContaining(`not the pinned ${sha256}`) as string });
});

test('help has examples, and the version is the package\'s', () => {
  expect(fluxwright('synth --help').stdout).toContain('fluxwright synth --adopt k8s/flux-system/gotk-sync.yaml');
  expect(fluxwright('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
