import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { publish } from '../../src/publish/publish';
import { crashTree } from './crash-tree';
import { Repository } from './repository';

const ROUNDS = 30;

test('a run that is killed leaves every file old or new, and the next run finishes', async () => {
  const repository = Repository.create();
  const trees = [0, 1, 2].map(crashTree);

  const loop = (): ChildProcess => spawn(process.execPath, ['--conditions=fluxwright-source', '-r', 'tsx/cjs', join(__dirname, 'publish-loop.ts'), repository.root], { cwd: join(__dirname, '..', '..'), stdio: ['pipe', 'pipe', 'inherit'] });
  const starting: ChildProcess[] = [];

  for (let round = 0; round < ROUNDS; round++) {
    while (starting.length < Math.min(4, ROUNDS - round)) starting.push(loop());
    const child = starting.shift()!;
    if (child.stdout!.read() === null) await once(child.stdout!, 'readable');
    child.stdin!.write('go');
    await new Promise((resolve) => setTimeout(resolve, 1 + ((round * 7) % 90)));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const torn = [...new Set(trees.flatMap((tree) => [...tree.paths()]))].filter((path) => existsSync(join(repository.root, path)) && !trees.some((tree) => tree.get(path)?.bytes.toString() === repository.read(path)));
    expect(torn).toEqual([]);
    const tree = trees[round % 3]!;
    publish(tree, { root: repository.root, project: 'shop', directory: 'k8s' });
    const present = repository.git('ls-files', '--others', 'k8s').trim().split('\n').filter((path) => !path.endsWith('.sha256'));
    expect(present.sort()).toEqual([...tree.paths()]);
  }
  repository.remove();
}, 180_000);
