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

test('--adopt and --pin take paths from the folder where they are typed', () => {
  repository.write('k8s/docs/settings.yaml', 'kind: ConfigMap\n');

  expect(fluxwright('synth --adopt settings.yaml --pin settings.yaml=v1', 'k8s/docs')).toMatchObject({
    status: 0, stderr: expect.stringMatching(/^created k8s\/docs\/kustomization.yaml[^]*--pin k8s\/docs\/settings.yaml=v1: no pin stands in k8s\/docs\/settings.yaml$/m) as string,
  });
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

test('an app that synthesizes nothing is told so, with exit code 2', () => {
  repository.replace('main.ts', 'app.synth();', '');
  expect(fluxwright('synth')).toEqual({ status: 2, stdout: '', stderr: 'error: nothing was synthesized of "shop"\n  fix: end main.ts with app.synth()\n' });

  repository.write('main.ts', 'console.log("no app");');
  repository.write('cdk8s.yaml', 'app: node main.ts\n');
  const message = 'error: "node main.ts" synthesized nothing\n  fix: end the program with app.synth() of its GitopsApp, or mend "app:" in cdk8s.yaml, which has to pass its environment on\n';
  expect(fluxwright('synth')).toEqual({ status: 2, stdout: 'no app\n', stderr: message });
  repository.write('main.ts', '');
  expect(fluxwright('upstream fetch')).toEqual({ status: 2, stdout: '', stderr: message });
});

test.each([
  ['a syntax error', 'const greeting = {;', 'error: main.ts:1:18: Expected identifier but found ";"\n  fix: mend the syntax\n'],
  ['an import of a file that is not there', "console.error('first');\nrequire('./docs/nope');", 'first\nerror: main.ts:2: there is no module "./docs/nope"\n  fix: mend the path\n'],
  ['a package that is not installed', "import 'left-pad-of-shop';", 'error: main.ts:1: there is no module "left-pad-of-shop"\n  fix: run "npm install left-pad-of-shop"\n'],
])('%s is told by its place and what to do, not by the source of what loads TypeScript', (_, program, message) => {
  repository.write('main.ts', program);

  expect(fluxwright('synth')).toEqual({ status: 2, stdout: '', stderr: message });
});

test('a package of ES modules is told how to run its app, and that works', () => {
  repository.write('package.json', '{ "type": "module" }');
  expect(fluxwright('synth')).toEqual({
    status: 2, stdout: '',
    stderr: 'error: main.ts cannot be run: package.json says "type": "module", and "-r tsx/cjs" in cdk8s.yaml loads the other kind\n'
      + '  fix: write "app: node --import tsx main.ts" into cdk8s.yaml, or take "type": "module" out of package.json\n',
  });

  repository.write('cdk8s.yaml', 'app: node --conditions=fluxwright-source --import tsx main.ts\n');
  expect(fluxwright('synth')).toMatchObject({ status: 0, stderr: expect.stringContaining('created k8s/docs/settings.yaml') as string });
});

test('a command in cdk8s.yaml that names what is not there is told so', () => {
  repository.write('cdk8s.yaml', 'app: node shop.js\n');
  expect(fluxwright('synth')).toEqual({ status: 2, stdout: '', stderr: 'error: "app:" in cdk8s.yaml names shop.js, which is not there\n  fix: mend the command, or run "npm install"\n' });

  repository.write('cdk8s.yaml', 'app: node -r left-pad-of-shop main.ts\n');
  expect(fluxwright('synth')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^error: "app:" in cdk8s.yaml names left-pad-of-shop,/) as string });
});

test.each([
  ['outside of a project', 'synth', '/', /^error: \/ lies in no project: no folder up from it has a cdk8s.yaml\n {2}fix: run the command inside the project\n$/],
  ['an unknown command', 'snyth', '.', /^error: unknown command 'snyth'\n\(Did you mean synth\?\)/],
  ['an unknown option', 'synth --chekc', '.', /^error: unknown option '--chekc'\n\(Did you mean --check\?\)/],
  ['a pin that is none', 'synth --pin server', '.', /^error: --pin server is no "namespace:policy=value" or "file=value"\n {2}fix: write it like --pin flux-system:server=prod-5 or --pin k8s\/web\/pod.yaml=prod-5\n$/],
  ['a pin with two values', 'synth --pin a:b=v1 c/d=v1 --pin a:b=v2', '.', /^error: --pin a:b is given v1 and v2\n {2}fix: say one of them\n$/],
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

test('check and explain are commands, in colours where those are asked for', () => {
  repository.write('apps/kustomization.yaml', 'resources: [gone.yaml]\n');
  const found = fluxwright('check --no-render --rule file-missing', 'apps', { FORCE_COLOR: '1' });

  expect(found).toMatchObject({ status: 0, stderr: expect.stringMatching(/^note: no Flux Kustomization was found/) as string, stdout: expect.stringContaining('\u001b[36mnotice\u001b[39m') as string });
  expect(fluxwright('check --no-render --rule file-missing', 'apps', { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).toBe(found.stdout.replace(/\u001b\[\d+m/g, ''));
  expect(fluxwright('explain file-missing', '.', { CI: 'true' }).stdout).toMatch(/^file-missing \(error\)\n/);
  expect(fluxwright('check --help').stdout).toContain('fluxwright check --format sarif --output fluxwright.sarif');
});
