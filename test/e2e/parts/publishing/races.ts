import fc from 'fast-check';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { publish } from '../../../../src/publish/publish';
import { crashTree } from '../../../publish/crash-tree';
import { temporaryFolder, writeFiles } from '../../harness/folder';
import { gitVersion, WorkTree } from '../../harness/git';
import type { Run } from '../../part';
import { PublisherProcess } from './publisher-process';
import { differences, tornFiles } from './tree-on-disk';

const PLACE = { project: 'shop', directory: 'k8s' };
const RACES = 50;
const BRANCH = crashTree(1);

/** Two synths of different trees, at the same moment. */
export async function twoAtOnce({ report, scope }: Run): Promise<void> {
  const row = report.row('publishing', 'two synths at once end with the tree of one of them, whole', 'two processes');
  const root = temporaryFolder(scope);
  WorkTree.init(root);
  const publishers = [new PublisherProcess(scope), new PublisherProcess(scope)];
  await Promise.all(publishers.map(({ ready }) => ready));
  for (let round = 0; round < RACES; round++) {
    const versions = [round % 3, (round + 1) % 3];
    publishers.forEach((publisher, index) => publisher.tell({ root, versions: [versions[index]!] }));
    const answers = await Promise.all(publishers.map(async (publisher) => (await publisher.answer())?.problem));
    const left = versions.map((version) => differences(root, version));
    row.check(answers.join('') === '' && left.some((different) => different.length === 0), () => `${answers.join('\n')}\n${left.join('\n')}`);
  }
}

/** Somebody checks out another branch while a synth writes. */
export async function checkoutMeanwhile({ report, scope, seed }: Run): Promise<void> {
  const rows = {
    whole: report.row('publishing', 'a git checkout in the middle leaves every file whole, and those of others as they are', gitVersion()),
    finished: report.row('publishing', 'the synth after such a checkout makes the tree of its branch, and leaves what has no header, which may be anybody\'s', gitVersion()),
  };
  const root = temporaryFolder(scope);
  const repository = WorkTree.init(root, 'zero');
  publish(crashTree(0), { root, ...PLACE });
  repository.commit('zero');
  repository.git('checkout', '--quiet', '-b', 'one');
  publish(BRANCH, { root, ...PLACE });
  writeFiles(root, { 'k8s/d1/by-hand.yaml': 'kind: Foreign\n' });
  repository.commit('one');

  const publisher = new PublisherProcess(scope);
  await publisher.ready;
  for (const after of fc.sample(fc.integer({ min: 0, max: 60 }), { numRuns: RACES, seed })) {
    repository.git('checkout', '--quiet', '--force', 'zero');
    publisher.tell({ root, versions: [0, 2, 0, 2] });
    await setTimeout(after);
    // without --force, Git refuses to overwrite what a synth has just written
    const isSwitched = repository.succeeds('checkout', '--quiet', '--force', 'one');
    await publisher.answer();
    rows.whole.equal([tornFiles(root), isSwitched && !existsSync(join(root, 'k8s/d1/by-hand.yaml'))], [[], false]);
    repository.git('checkout', '--quiet', '--force', 'one');
    publish(BRANCH, { root, ...PLACE, force: true });
    rows.finished.equal([differences(root, 1).filter((path) => !isNobodys(path)), existsSync(join(root, 'k8s/d1/by-hand.yaml'))], [[], true]);
    repository.git('clean', '--quiet', '--force', '-d');
  }
}

/** Of a synth that a checkout overtook: the list that named this file is gone with the branch, so that nothing tells whose it is. */
function isNobodys(path: string): boolean {
  return path.endsWith('/dashboard.json') && !BRANCH.has(path);
}
