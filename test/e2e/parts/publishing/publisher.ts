/** A synth in a process of its own: does what it is told on stdin, a line of JSON each, and answers each with another. */
import { createInterface } from 'node:readline';
import { UserError } from '../../../../src/errors';
import { publish } from '../../../../src/publish/publish';
import { crashTree } from '../../../publish/crash-tree';
import { callsSoFar, dieAt } from './deadly-point';

export interface Order {
  readonly root: string;
  /** Which versions of the tree to publish, one after the other. */
  readonly versions: readonly number[];
  /** At which of the calls that change the disk it is killed. */
  readonly dieAt?: number;
}

export interface Answer {
  /** What went wrong, or an empty string. */
  readonly problem: string;
  /** How many calls changed the disk. */
  readonly calls: number;
}

async function main(): Promise<void> {
  process.stdout.write('{}\n'); // it can be told now
  for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(carryOut(JSON.parse(line) as Order))}\n`);
}

function carryOut({ root, versions, dieAt: deadly = Infinity }: Order): Answer {
  dieAt(deadly);
  try {
    for (const version of versions) publish(crashTree(version), { root, project: 'shop', directory: 'k8s' });
    return { problem: '', calls: callsSoFar() };
  } catch (error) {
    if (UserError.is(error)) return { problem: error.message, calls: callsSoFar() };
    throw error;
  }
}

void main();
