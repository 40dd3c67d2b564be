import fc from 'fast-check';
import { publish } from '../../../../src/publish/publish';
import { crashTree } from '../../../publish/crash-tree';
import { temporaryFolder } from '../../harness/folder';
import { WorkTree } from '../../harness/git';
import type { Run } from '../../part';
import { PublisherPool } from './publisher-process';
import { differences, tornFiles, versionsIn } from './tree-on-disk';

const KILLS = 500;

/** Publishing is killed again and again, at random points; sometimes the next run is let finish. */
export async function killed({ report, scope, seed }: Run): Promise<void> {
  const rows = {
    whole: report.row('publishing', 'killed at a random point, it leaves every file old or new', 'SIGKILL'),
    finished: report.row('publishing', 'the run after a kill finishes, and leaves nothing behind', 'SIGKILL'),
  };
  const root = temporaryFolder(scope);
  WorkTree.init(root);
  const pool = new PublisherPool(scope, KILLS + 1);
  const first = await pool.next();
  first.tell({ root, versions: [0, 1] });
  const { calls } = (await first.answer())!;

  const moments = fc.sample(fc.record({ dieAt: fc.integer({ min: 1, max: calls }), finish: fc.boolean() }), { numRuns: KILLS, seed });
  let mixed = 0;
  for (const [round, { dieAt, finish }] of moments.entries()) {
    const publisher = await pool.next();
    publisher.tell({ root, versions: [round % 3, (round + 1) % 3], dieAt });
    await publisher.answer();
    await publisher.kill();
    if (versionsIn(root).length > 1) mixed++;
    rows.whole.equal(tornFiles(root), [], () => `at call ${dieAt} of ${calls}`);
    if (!finish) continue;
    publish(crashTree(round % 3), { root, project: 'shop', directory: 'k8s' });
    rows.finished.equal(differences(root, round % 3), [], () => `after call ${dieAt} of ${calls}`);
  }
  process.stderr.write(`  ${mixed} of ${KILLS} kills left files of two versions beside each other\n`);
}
