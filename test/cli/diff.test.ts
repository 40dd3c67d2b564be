import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fleet } from '../diff/fleet';
import { Repository } from '../publish/repository';

const PACKAGE = join(__dirname, '..', '..');
const NODE = `node --conditions=fluxwright-source -r ${join(PACKAGE, 'node_modules/tsx/dist/cjs/index.cjs')}`;

let repository: Repository;
beforeEach(() => {
  repository = Repository.create();
  for (const [path, text] of Object.entries(fleet)) repository.write(path, text);
  repository.commit();
});
afterEach(() => repository.remove());

function fluxwright(parameters: string, folder = repository.root, environment: Record<string, string> = {}): { status: number | null; stdout: string; stderr: string } {
  const { NODE_OPTIONS: _, JEST_WORKER_ID: __, CI: ___, GITHUB_ACTIONS: ____, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(`${NODE} ${join(PACKAGE, 'src/cli/main.ts')} ${parameters}`, { cwd: folder, shell: true, encoding: 'utf8', env: { ...rest, ...environment } });
  return { status, stdout, stderr };
}

function write(path: string, from: string, to: string): void {
  repository.write(path, fleet[path]!.replace(from, to));
}

test('what a branch changes is told from where it left its target, with what is not committed yet', () => {
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  repository.git('checkout', '--quiet', '-b', 'change');

  expect(fluxwright('diff')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^no differences from origin\/main \([0-9a-f]{7}\) to the working tree \(0 of 19 files differ, 0 parsed\)\n$/) as string });

  write('data/staging/postgres.yaml', 'instances: 3', 'instances: 5');
  repository.commit();
  write('data/production/postgres.yaml', 'instances: 3', 'instances: 5');

  const { status, stdout } = fluxwright('diff');
  expect(status).toBe(1);
  expect(stdout).toContain('flux-system/data in production, staging\n  ~ Cluster shop/orders  data/production/postgres.yaml\n      the same in production, staging\n      spec.instances: 3 → 5\n');
});

test('refs, folders and the index are states, too', () => {
  const other = join(repository.root, '..', `${repository.root.split('/').at(-1)!}-copy`);
  execFileSync('cp', ['-r', repository.root, other]);
  try {
    write('data/staging/postgres.yaml', 'instances: 3', 'instances: 5');
    repository.commit();
    write('data/production/postgres.yaml', 'instances: 3', 'instances: 7');
    repository.git('add', '--all');
    write('data/production/postgres.yaml', 'instances: 3', 'instances: 9');

    expect(fluxwright('diff HEAD~1 HEAD').stdout).toContain('spec.instances: 3 → 5');
    expect(fluxwright('diff HEAD --staged').stdout).toContain('spec.instances: 3 → 7');
    expect(fluxwright('diff HEAD').stdout).toContain('spec.instances: 3 → 9');
    expect(fluxwright(`diff ${other} .`).stdout).toMatch(/spec\.instances: 3 → 9[^]*spec\.instances: 3 → 5/);
  } finally {
    execFileSync('rm', ['-rf', other]);
  }
});

test('a base that is not there, or is beyond the end of a shallow clone, is exit code 2 with the command that fetches it', () => {
  repository.commit('second');
  const shallow = join(repository.root, 'shallow');
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${repository.root}`, shallow], { stdio: 'ignore' });

  expect(fluxwright('diff nowhere')).toMatchObject({ status: 2, stdout: '', stderr: 'error: nowhere is no commit that this clone has\n  fix: name a commit, a tag or a branch\n' });
  expect(fluxwright('diff HEAD~1 HEAD', shallow)).toMatchObject({ status: 2, stdout: '', stderr: 'error: HEAD~1 is no commit that this clone has, which is shallow\n  fix: run: git fetch --unshallow\n' });
  expect(fluxwright('diff HEAD HEAD --staged')).toMatchObject({ status: 2, stderr: 'error: one state can be compared with the base, and more were named\n  fix: take one of HEAD, --staged and --synth\n' });
});

test('without kustomize the files are compared, and it is said what is missing', () => {
  write('apps/base/web.yaml', 'replicas: 3', 'replicas: 5');
  const path = join(repository.root, 'bin');
  mkdirSync(path);
  for (const program of ['node', 'git', 'sh']) symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(path, program));

  const { status, stdout } = fluxwright('diff HEAD --rendered', repository.root, { PATH: path, XDG_CACHE_HOME: join(repository.root, 'cache'), HOME: repository.root });

  expect(status).toBe(1);
  expect(stdout).toContain('spec.replicas: 3 → 5');
  expect(stdout).toContain('not compared: what Flux would apply: kustomize 5 is not installed; these are the differences of the files\n  fix: install it: "brew install kustomize"');
});

test('an image that a person sets under a marker is told from the automation\'s by who committed it', () => {
  const path = 'apps/staging/kustomization.yaml';
  repository.write(path, fleet[path]!.replace('newTag: 1.3.0', 'newTag: 1.3.0 # {"$imagepolicy": "flux-system:web:tag"}'));
  repository.commit();
  repository.write(path, fleet[path]!.replace('newTag: 1.3.0', 'newTag: 1.4.0 # {"$imagepolicy": "flux-system:web:tag"}'));
  repository.git('add', '--all');
  repository.git('-c', 'user.name=fluxcdbot', '-c', 'user.email=fluxcdbot@users.noreply.github.com', 'commit', '--quiet', '-m', 'update');
  repository.write(path, fleet[path]!.replace('newTag: 1.3.0', 'newTag: 1.5.0 # {"$imagepolicy": "flux-system:web:tag"}'));
  repository.commit();

  expect(fluxwright('diff HEAD~2 HEAD~1').stdout).not.toContain('image-by-hand');
  expect(fluxwright('diff HEAD~1 HEAD').stdout).toMatch(/sets the image of apps\/staging\/kustomization\.yaml by hand, where image policy flux-system:web sets it: registry\.example\.com\/web 1\.4\.0 → 1\.5\.0 \[image-by-hand\][^]*since: .*, commit [0-9a-f]{7} by Test\n/);
});

test('--synth compares what synth would write, and writes nothing', () => {
  symlinkSync(join(PACKAGE, 'node_modules'), join(repository.root, 'node_modules'));
  repository.write('.gitignore', 'node_modules\ndist\n');
  repository.write('cdk8s.yaml', `language: typescript\napp: ${NODE} main.ts\noutput: dist/cdk8s\n`);
  const main = (greeting: string): string => `
    import { ApiObject, Directory, GitopsApp } from '${PACKAGE}/src/index';
    const app = new GitopsApp({ name: 'shop' });
    const docs = new Directory(app, 'docs');
    new ApiObject(docs, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { GREETING: '${greeting}' } });
    app.synth();
  `;
  repository.write('main.ts', main('hello'));
  expect(fluxwright('synth').status).toBe(0);
  expect(fluxwright('diff --synth')).toMatchObject({ status: 0 });
  repository.write('main.ts', main('good day'));

  const { status, stdout } = fluxwright('diff --synth');

  expect(status).toBe(1);
  expect(stdout).toContain('  ~ ConfigMap settings  k8s/docs/settings.yaml:2\n      data.GREETING: hello → good day\n');
  expect(repository.read('k8s/docs/settings.yaml')).toContain('GREETING: hello');
});
