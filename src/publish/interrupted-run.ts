import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { homedir } from 'node:os';
import type { ProjectPlace } from './committed';
import { Git } from '../tree/git';
import { sha256 } from './listed-files';

/** Where synth keeps what it must remember of a root, out of the tree. */
export function privateDirectory(root: string): string {
  return Git.around(root)?.privateDirectory ?? join(homedir(), '.cache', 'fluxwright', 'published');
}

/** What the things of one root there are called. */
export function privateName(root: string): string {
  return `publish-${sha256(root).slice(0, 12)}`;
}

export type KeptText = readonly [path: string, text: string];

/**
 * The files that lose pins to others while a run writes, as they were before it. Where objects change places, no order of
 * writing keeps a tag that is not committed on the disk all the time; a run that finds this kept was preceded by one that
 * was killed.
 */
export class InterruptedRun {
  private readonly file: string;

  constructor({ root, project }: ProjectPlace) {
    this.file = join(privateDirectory(root), `${privateName(root)}-${project}.moving`);
  }

  /** What was kept, the newest first; nothing after a run that came to its end. */
  read(): readonly KeptText[] {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as KeptText[];
    } catch {
      return [];
    }
  }

  /** Before writing. What an earlier run left is kept as well, until one comes to its end. */
  begin(files: readonly KeptText[]): void {
    if (files.length === 0) return;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify([...files, ...this.read()]));
    renameSync(`${this.file}.new`, this.file);
  }

  /** After writing. */
  end(): void {
    rmSync(this.file, { force: true });
  }
}
