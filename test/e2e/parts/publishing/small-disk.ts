/** Run in a mount namespace of its own: what publishing does on small disks, as JSON. */
import { execFileSync } from 'node:child_process';
import { UserError } from '../../../../src/errors';
import { publish } from '../../../../src/publish/publish';
import { crashTree } from '../../../publish/crash-tree';
import { WorkTree } from '../../harness/git';
import { differences, tornFiles } from './tree-on-disk';

export interface DiskResult {
  readonly row: 'full' | 'room' | 'readOnly';
  readonly problem: string;
}

const root = process.argv[2]!;
const results: DiskResult[] = [];
// the smallest holds no version, the largest both of them, one beside the other
for (let kilobytes = 600; kilobytes <= 1000; kilobytes += 10) fill(kilobytes);
process.stdout.write(JSON.stringify(results));

function fill(kilobytes: number): void {
  mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', root);
  WorkTree.init(root);
  const problem = synth(0) || synth(1);
  mount('-o', `remount,size=${kilobytes * 4}k`, root);
  if (problem !== '') {
    const torn = tornFiles(root);
    results.push({ row: 'full', problem: /ENOSPC/.test(problem) && torn.length === 0 ? '' : `${kilobytes}k: ${problem}\n${torn.join('\n')}` });
    results.push({ row: 'room', problem: synth(1) || differences(root, 1).join('\n') });
  }
  mount('-o', 'remount,ro', root);
  const refusal = synth(2);
  results.push({ row: 'readOnly', problem: /EROFS/.test(refusal) && differences(root, 1).length === 0 ? '' : `not refused: ${refusal}` });
  execFileSync('umount', [root]);
}

function mount(...parameters: string[]): void {
  execFileSync('mount', parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
}

function synth(version: number): string {
  try {
    publish(crashTree(version), { root, project: 'shop', directory: 'k8s' });
    return '';
  } catch (error) {
    if (UserError.is(error)) return error.message;
    throw error;
  }
}
