import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../../../src/errors';
import { publish } from '../../../../src/publish/publish';
import { crashTree } from '../../../publish/crash-tree';
import { temporaryFolder } from '../../harness/folder';
import { WorkTree } from '../../harness/git';
import type { Run } from '../../part';
import { differences } from './tree-on-disk';

/** Each file turns into a directory in which something lies, and each directory into a file. */
export async function obstacles({ report, scope }: Run): Promise<void> {
  const row = report.row('publishing', 'a file turned into a directory, or a directory into a file, is refused by name, and what is there stays', 'the file system');
  const root = temporaryFolder(scope);
  WorkTree.init(root);
  const synth = (version: number): string => {
    try {
      publish(crashTree(version), { root, project: 'shop', directory: 'k8s' });
      return '';
    } catch (error) {
      if (UserError.is(error)) return error.message;
      throw error;
    }
  };
  synth(0);
  for (const path of crashTree(0).paths()) {
    const [asFile, asDirectory] = [join(root, path), dirname(join(root, path))];
    const bytes = readFileSync(asFile);
    rmSync(asFile);
    mkdirSync(asFile);
    writeFileSync(join(asFile, 'by-hand.txt'), 'mine');
    const first = synth(0);
    row.check(first.includes(path) && readFileSync(join(asFile, 'by-hand.txt'), 'utf8') === 'mine', () => first);
    rmSync(asFile, { recursive: true });
    writeFileSync(asFile, bytes);

    rmSync(asDirectory, { recursive: true });
    writeFileSync(asDirectory, 'mine');
    const second = synth(0);
    row.check(second.includes(dirname(path)) && readFileSync(asDirectory, 'utf8') === 'mine', () => second);
    rmSync(asDirectory);
    row.equal([synth(0), differences(root, 0)], ['', []]);
  }
}
