import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { check } from '../../src/cli/commands/check';
import { init } from '../../src/cli/commands/init';
import { synth } from '../../src/cli/commands/synth';
import { folderWith } from '../folders';
import { call } from './call';

const project = join(__dirname, '../..');
let folder: string;

beforeEach(() => void (folder = folderWith()));

test('a new project is there, says what comes next, and passes synth and check', async () => {
  const made = await call(init, ['shop'], folder);

  expect(made).toEqual({ status: 0, stdout: expect.stringContaining('created platform/main.ts\n') as string, stderr: 'next:\n  cd shop && npm install\n  npm run synth\n  npm run check && npm test\nthen say in platform/site.ts what is yours\n' });
  const shop = join(folder, 'shop');
  install(shop);
  expect(await call(synth, [], shop, sources())).toMatchObject({ status: 0 });
  expect(filesBelow(join(shop, 'k8s')).filter((path) => path.includes('production'))).toEqual([
    'images/production/kustomization.yaml',
    ...['application', 'backups', 'database', 'kustomization', 'namespace', 'nightly', 'service', 'sync'].map((name) => `production/${name}.yaml`),
  ]);
  expect(await call(synth, ['--check'], shop, sources())).toMatchObject({ status: 0, stdout: '' });
  expect(await call(check, ['--no-render'], shop)).toMatchObject({ status: 0, stdout: expect.not.stringMatching(/ (error|warning) /) as string });
});

test('what npm packs has the whole template', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { cwd: project, encoding: 'utf8' });

  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  expect(files.map(({ path }) => path).filter((path) => path.startsWith('templates/')).sort()).toEqual(filesBelow(join(project, 'templates')).map((path) => `templates/${path}`));
}, 30_000);

test('the names of the folder, the repository and this version stand where they belong', async () => {
  spawnSync('git', ['init', '--quiet', folder]);
  spawnSync('git', ['-C', folder, 'remote', 'add', 'origin', 'git@git.example.com:team/platform.git']);

  await call(init, ['--name', 'platform'], folder);

  expect(read('platform/site.ts')).toContain("project: 'platform',\n");
  expect(read('platform/site.ts')).toContain("repository: 'ssh://git@git.example.com/team/platform',\n");
  expect(JSON.parse(read('package.json'))).toMatchObject({ name: 'platform', dependencies: { fluxwright: `^${(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string }).version}` } });
  expect(read('.gitignore')).toBe('node_modules/\ndist/\n*.agekey\n');
});

test('a password in the address of the remote stays out of the files', async () => {
  spawnSync('git', ['init', '--quiet', folder]);
  spawnSync('git', ['-C', folder, 'remote', 'add', 'origin', 'https://me:s3cret@git.example.com/team/platform.git']);

  await call(init, ['--name', 'platform'], folder);

  expect(read('platform/site.ts')).toContain("repository: 'https://git.example.com/team/platform',\n");
});

test('an npm project keeps what it has, and gets what it lacks', async () => {
  write('package.json', '{\n    "name": "mine",\n    "type": "module",\n    "scripts": { "test": "vitest" },\n    "devDependencies": { "typescript": "5.8.0" }\n}\n');
  write('.gitignore', '/node_modules');
  write('README.md', '# mine\n');
  write('tsconfig.json', '{}\n');

  const made = await call(init, ['--name', 'mine'], folder);

  expect(made.stderr.split('\n').slice(0, 3).sort()).toEqual(['README.md stays as it is', 'package.json has a script "test" of its own: here it would be "jest"', 'tsconfig.json stays as it is']);
  expect(read('README.md')).toBe('# mine\n');
  expect(read('.gitignore')).toBe('/node_modules\ndist/\n*.agekey\n');
  expect(JSON.parse(read('package.json'))).toMatchObject({ name: 'mine', scripts: { test: 'vitest', synth: 'fluxwright synth' }, devDependencies: { typescript: '5.8.0', tsx: expect.any(String) as string } });
  expect(read('package.json')).toContain('\n    "name": "mine"');
  install(folder);
  expect(await call(synth, [], folder, sources())).toMatchObject({ status: 0 });
});

test('the test that npm init writes is none', async () => {
  write('package.json', '{ "scripts": { "test": "echo \\"Error: no test specified\\" && exit 1" } }');

  const made = await call(init, ['--name', 'shop'], folder);

  expect(made.stderr).toMatch(/^next:/);
  expect(JSON.parse(read('package.json'))).toMatchObject({ scripts: { test: 'jest' } });
});

test('a second time there is nothing to do', async () => {
  await call(init, ['--name', 'shop'], folder);

  expect(await call(init, ['--name', 'shop'], folder)).toEqual({ status: 0, stdout: '', stderr: 'nothing to do: all of it is there\n' });
});

test('what would have to be overwritten is refused, all at once, and nothing is written', async () => {
  write('cdk8s.yaml', 'language: typescript\n');
  write('platform/main.ts', '// mine\n');

  const made = await call(init, ['--name', 'shop'], folder);

  expect(made).toEqual({
    status: 2, stdout: '',
    stderr: 'cdk8s.yaml is there already, and is not what init would write\n  fix: move it away, or name another folder: fluxwright init DIR\n'
      + 'platform/main.ts is there already, and is not what init would write\n  fix: move it away, or name another folder: fluxwright init DIR\n',
  });
  expect(filesBelow(folder)).toEqual(['cdk8s.yaml', 'platform/main.ts']);
});

test('a dry run shows the files, and writes none', async () => {
  const made = await call(init, ['shop', '--dry-run'], folder);

  expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining('+++ b/platform/main.ts\n') as string, stderr: 'nothing is written: --dry-run\n' });
  expect(filesBelow(folder)).toEqual([]);
});

test('CRDs are named for cdk8s to import', async () => {
  const made = await call(init, ['shop', '--import', '../crds/widgets.yaml'], folder);

  expect(read('shop/cdk8s.yaml')).toContain('\nimports:\n  - "../crds/widgets.yaml"\n');
  expect(read('shop/package.json')).toContain('"cdk8s-cli"');
  expect(made.stderr).toContain('  npx cdk8s import\n');
});

test.each([
  ['a name that cannot be one', ['--name', 'Shop!'], 'the project would be called "Shop!"\n  fix: say --name, with lower-case letters, digits and dashes, such as "shop"\n'],
  ['a file for a folder', ['taken'], 'taken is a file\n  fix: name a folder\n'],
])('%s is refused', async (_, parameters, stderr) => {
  write('taken', '');

  expect(await call(init, parameters, folder)).toEqual({ status: 2, stdout: '', stderr });
});

test('a package.json that is none is refused', async () => {
  write('package.json', '{');

  expect(await call(init, ['--name', 'shop'], folder)).toMatchObject({ status: 2, stderr: expect.stringMatching(/^package\.json cannot be read: .*\n {2}fix: mend it, then run this again\n$/) as string });
});

/** Has the packages of this project, and fluxwright itself from its sources. */
function install(directory: string): void {
  const modules = join(directory, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(project, 'node_modules'))) symlinkSync(join(project, 'node_modules', name), join(modules, name));
  symlinkSync(project, join(modules, 'fluxwright'));
}

function sources(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_OPTIONS: '--conditions=fluxwright-source' };
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1)).sort();
}
