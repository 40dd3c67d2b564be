/**
 * `npm run --silent parity-tree -- PLATFORM DIR`: writes a platform's tree into DIR in the state that the original
 * repository is in. Each platform says in `parity-tree.ts` how that is done.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a platform's `parity-tree.ts` exports as `writeParityTree`. */
export interface ParityTreeInputs {
  /** The folder to write into. */
  readonly target: string;
  /** This repository. */
  readonly project: string;
  /** The folder of upstream's releases. */
  readonly upstream: string;
}

const project = resolve(__dirname, '..');
const upstream = resolve(project, '../shared/upstream');
const [name = '', directory] = process.argv.slice(2);
const script = join(project, 'platforms', name, 'parity-tree.ts');

if (!/^[a-z0-9-]+$/.test(name) || directory === undefined || !existsSync(script)) {
  console.error('usage: npm run --silent parity-tree -- PLATFORM DIR\n  PLATFORM is a folder of platforms/ with a parity-tree.ts');
  process.exitCode = 2;
} else if (!existsSync(upstream)) {
  console.error(`${upstream} is not there, and the tree needs upstream's releases from it`);
  process.exitCode = 2;
} else {
  const target = resolve(directory);
  mkdirSync(target, { recursive: true });
  (require(script) as { writeParityTree: (inputs: ParityTreeInputs) => void }).writeParityTree({ target, project, upstream });
}
