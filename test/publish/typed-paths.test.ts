import { join } from 'node:path';
import { fromRoot } from '../../src/publish/typed-paths';
import { configMap, deployment, generated, marked, Repository } from './repository';

const root = '/shop';
const typedIn = (folder: string, path: string, ...present: string[]) => fromRoot(path, '--adopt', { root, from: join(root, folder) }, (found) => present.includes(found));

test.each([
  ['from the folder that it is typed in', 'k8s/web', 'pod.yaml', 'k8s/web/pod.yaml'],
  ['from the root, as messages have it', 'k8s/web', 'k8s/web/pod.yaml', 'k8s/web/pod.yaml'],
  ['up from that folder', 'k8s/web', '../web/pod.yaml', 'k8s/web/pod.yaml'],
  ['in full', 'k8s/web', '/shop/k8s/web/pod.yaml', 'k8s/web/pod.yaml'],
  ['from a folder beside the root', '../other', 'k8s/web/pod.yaml', 'k8s/web/pod.yaml'],
  ['from the root, where nothing lies', 'k8s/web', 'k8s/new.yaml', 'k8s/new.yaml'],
  ['with a dot and a slash at its ends', '.', './k8s/web/', 'k8s/web'],
  ['of the folder itself', 'k8s/web', '.', 'k8s/web'],
])('a path %s is known', (_, folder, path, found) => {
  expect(typedIn(folder, path, 'k8s/web/pod.yaml', 'k8s/web')).toBe(found);
});

test('a path that leads to two files is refused with both, and each of the ways to say which is taken', () => {
  const present = ['web/pod.yaml', 'k8s/web/pod.yaml'];

  expect(() => typedIn('k8s', 'web/pod.yaml', ...present)).toThrow(
    '--adopt web/pod.yaml is k8s/web/pod.yaml from this folder, and web/pod.yaml from the root\n  fix: say which: --adopt ./web/pod.yaml, or --adopt ../web/pod.yaml',
  );
  expect(typedIn('k8s', './web/pod.yaml', ...present)).toBe('k8s/web/pod.yaml');
  expect(typedIn('k8s', '../web/pod.yaml', ...present)).toBe('web/pod.yaml');
});

test('a path out of the root is refused', () => {
  expect(() => typedIn('k8s', '../../elsewhere')).toThrow('--adopt ../../elsewhere leads out of the root, /shop\n  fix: name what lies in it');
});

describe('in a repository', () => {
  let repository: Repository;
  beforeEach(() => (repository = Repository.create()));
  afterEach(() => repository.remove());
  const config = (path: string) => generated(path, [configMap('config', { a: '1' })]);

  test('--adopt takes over what lies in the folder where it is typed, and nothing else', () => {
    repository.write('k8s/web/config.yaml', 'mine: 1\n');
    repository.write('k8s/api/config.yaml', 'mine: 1\n');
    const from = join(repository.root, 'k8s/web');

    expect(() => repository.publish([config('k8s/web/config.yaml'), config('k8s/api/config.yaml')], { adopt: ['config.yaml'], from })).toThrow(/^k8s\/api\/config.yaml, where a file lies/);
    expect(repository.publish([config('k8s/web/config.yaml')], { adopt: ['config.yaml'], from }).changed).toHaveLength(1);
  });

  test('--pin takes a file of the tree by its path from the folder where it is typed, even one that is not there yet', () => {
    const server = (name: string) => generated(`k8s/web/${name}.yaml`, [deployment(marked('ghcr.io/s:v1'), { name })]);
    repository.publish([server('a'), server('b')]);
    repository.replace('k8s/web/a.yaml', ':v1', ':v2');

    repository.publish([server('a'), server('b'), server('c')], { pin: { 'c.yaml': 'v2' }, from: join(repository.root, 'k8s/web') });

    expect(repository.read('k8s/web/c.yaml')).toContain('ghcr.io/s:v2 #');
  });
});
