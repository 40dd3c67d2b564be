/** The child process of crash.test.ts: when told to go, publishes three trees in turn until it is killed. */
import { readSync } from 'node:fs';
import { publish } from '../../src/publish/publish';
import { crashTree } from './crash-tree';

const root = process.argv[2]!;
process.stdout.write('ready\n');
readSync(0, Buffer.alloc(1));
for (let version = 0; ; version++) publish(crashTree(version % 3), { root, project: 'shop', directory: 'k8s' });
