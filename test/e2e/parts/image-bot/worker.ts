/** Runs a share of the interleavings in a process of its own, and tells of each check. */
import fc from 'fast-check';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { interleaving, type Step } from './steps';
import { Team } from './team';

export interface Share {
  readonly folder: string;
  readonly seed: number;
  /** How many there are in all, of which this is every `workers`-th from `index`. */
  readonly total: number;
  readonly index: number;
  readonly workers: number;
}

export interface Counts {
  interleavings: number;
  commits: number;
  conflicts: number;
  refusals: number;
}

export type Claim = 'tags' | 'files' | 'noop';

/** A check with what is wrong, if anything is; or what was counted in an interleaving. */
export type Message = { readonly claim: Claim; readonly detail: string | undefined } | Counts;

function tell(message: Message): void {
  process.send!(message);
}

function run(steps: readonly Step[], folder: string): void {
  const team = new Team(folder);
  const taken: Step[] = [];
  const check = (claim: Claim, found: unknown, expected: unknown): void => {
    const isEqual = JSON.stringify(found) === JSON.stringify(expected);
    tell({ claim, detail: isEqual ? undefined : [...taken.map((one) => JSON.stringify(one)), `expected ${JSON.stringify(expected)}`, `found    ${JSON.stringify(found)}`].join('\n') });
  };
  for (const step of steps) {
    taken.push(step);
    try {
      team.take(step);
    } catch (error) {
      check('noop', String((error as Error).stack), 'no error');
      break;
    }
    const { found, expected } = team.tags;
    check('tags', found, expected);
    check('files', team.lostFiles, []);
    check('noop', team.diff, '');
  }
  tell({ interleavings: 1, ...team.counts });
}

const { folder, seed, total, index, workers } = JSON.parse(process.argv[2]!) as Share;
fc.sample(interleaving, { numRuns: total, seed }).forEach((steps, number) => {
  if (number % workers !== index) return;
  const own = join(folder, String(number));
  mkdirSync(own);
  run(steps, own);
  rmSync(own, { recursive: true });
});
