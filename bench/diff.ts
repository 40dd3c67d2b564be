/**
 * One measurement of `bench/main.ts`: the CPU of reading two trees from the disk, of reading and parsing them, or of comparing
 * them, in a process of its own. `node -r tsx/cjs bench/diff.ts read|parse|diff BEFORE AFTER`
 */
import { diffTrees } from '../src/diff/diff-trees';
import { readTree } from '../src/tree/disk';

const [what, before, after] = process.argv.slice(2) as [string, string, string];

void (async () => {
  const start = process.cpuUsage();
  const [old, now] = [readTree(before), readTree(after)];
  let result = {};
  if (what === 'read') for (const file of [...old, ...now]) void (file.type === 'manifests' ? file.text : file.bytes).length;
  else if (what === 'parse') for (const file of [...old, ...now]) void (file.type === 'manifests' ? file.documents : file.bytes).length;
  else {
    const { changes, counts } = await diffTrees({ before: old, after: now, sides: { before, after } });
    result = { changes: changes.length, counts };
  }
  const { user, system } = process.cpuUsage(start);
  console.log(JSON.stringify({ user: user / 1e6, system: system / 1e6, ...result }));
})();
