/** A child process that publishes and is killed before the given one of the steps by which files appear, change or go. */
import fs from 'node:fs';
import { publish } from '../../src/publish/publish';
import { Tree } from '../../src/tree/tree';
import { movingTree } from './moving-tree';

const [, , root, last] = process.argv;
let steps = 0;
for (const name of ['renameSync', 'unlinkSync', 'rmdirSync', 'rmSync'] as const) {
  const step = fs[name] as (...parameters: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...parameters: unknown[]): unknown => {
      if (++steps === Number(last)) process.kill(process.pid, 'SIGKILL');
      return step(...parameters);
    },
  });
}
publish(new Tree(movingTree(true)), { root: root!, project: 'shop', directory: 'k8s' });
