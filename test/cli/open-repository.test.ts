import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { openRepository } from '../../src/cli/open-repository';
import { folderWith } from '../folders';

const sync = (path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ${path}, sourceRef: { kind: GitRepository, name: flux-system } }
`;

function clone(files: Record<string, string>): string {
  const folder = folderWith(files);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
  commit(folder);
  return folder;
}

function commit(folder: string): void {
  execFileSync('git', ['add', '-A'], { cwd: folder });
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '-m', 'change'], { cwd: folder });
}

const opened = (directory: string, path?: string, at?: string) => {
  const { tree, root, folder } = openRepository({ directory }, path, at);
  return { root: root.slice(directory.length), folder, paths: [...tree.paths()] };
};

test('a folder outside of Git is the whole repository', () => {
  const directory = folderWith({ 'a.yaml': '', 'apps/b.yaml': '' });

  expect(opened(directory)).toEqual({ root: '', folder: '', paths: ['a.yaml', 'apps/b.yaml'] });
});

test('a folder of a clone is read from the top, where the paths of its Flux Kustomizations begin', () => {
  const directory = clone({ 'k8s/apps/sync.yaml': sync('./k8s/apps'), 'src/main.ts': '' });

  expect(opened(directory, 'k8s')).toEqual({ root: '', folder: 'k8s', paths: ['k8s/apps/sync.yaml', 'src/main.ts'] });
});

test('a repository in a folder of another is read by itself', () => {
  const directory = clone({ 'platforms/eks/clusters/dev/sync.yaml': sync('./clusters/dev'), 'README.md': '' });

  expect(opened(directory, 'platforms/eks')).toEqual({ root: '/platforms/eks', folder: '', paths: ['clusters/dev/sync.yaml'] });
  expect(opened(directory, 'platforms/eks/clusters')).toEqual({ root: '/platforms/eks', folder: 'clusters', paths: ['clusters/dev/sync.yaml'] });
});

test('what Git ignores is left out, and an ignored folder that is named is read as it lies there', () => {
  const directory = clone({ '.gitignore': 'unpacked/\n', 'a.yaml': '', 'unpacked/b.yaml': '' });

  expect(opened(directory).paths).toEqual(['.gitignore', 'a.yaml']);
  expect(opened(directory, 'unpacked')).toEqual({ root: '/unpacked', folder: '', paths: ['b.yaml'] });
});

test('a revision shows what was committed, and not what lies on the disk', () => {
  const directory = clone({ 'apps/old.yaml': sync('./apps') });
  execFileSync('git', ['mv', 'apps/old.yaml', 'apps/new.yaml'], { cwd: directory });

  expect(opened(directory, 'apps', 'HEAD')).toEqual({ root: '', folder: 'apps', paths: ['apps/old.yaml'] });
  expect(opened(directory, 'apps')).toEqual({ root: '', folder: 'apps', paths: ['apps/new.yaml'] });
});

test.each([
  ['a folder that is not there', 'nowhere', undefined, (directory: string) => `${join(directory, 'nowhere')} is no folder\n  fix: name the folder of a Flux repository`],
  ['an unknown revision', '.', 'v9', () => 'v9 is no commit that this clone has\n  fix: name a commit, a tag or a branch'],
  ['an option in place of a revision', '.', '--all', () => '--all is no commit that this clone has\n  fix: name a commit, a tag or a branch'],
])('%s is refused', (_, path, at, message) => {
  const directory = clone({ 'a.yaml': '' });

  expect(() => opened(directory, path, at)).toThrow(message(directory));
});
