import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './listed-files';
import { maskPins } from './pins/masked-pins';

/**
 * What synth last wrote, kept out of the tree: with it, a generated file that is not committed yet can be told from one
 * that a person edited. Only an aid: without it, Git is asked.
 */
export class SynthRecord {
  private readonly hashes = new Map<string, Set<string>>();
  private readonly file: string;

  constructor(private readonly directory: string, name: string) {
    this.file = join(directory, `${name}.written`);
    try {
      for (const line of readFileSync(this.file, 'utf8').split('\n')) {
        const space = line.indexOf(' ');
        if (space === 64) this.add(line.slice(65), line.slice(0, 64));
      }
    } catch {
      // none was written here yet
    }
  }

  has(path: string, bytes: Buffer): boolean {
    return this.hashes.get(path)?.has(fingerprint(bytes)) ?? false;
  }

  /** Before writing: what is there and what will be are both synth's own, whenever it is interrupted. */
  announce(files: Iterable<{ path: string; bytes: Buffer }>): void {
    for (const { path, bytes } of files) this.add(path, fingerprint(bytes));
    this.save();
  }

  /** After writing. */
  settle(written: Iterable<{ path: string; bytes: Buffer }>, deleted: Iterable<string>): void {
    for (const { path, bytes } of written) this.hashes.set(path, new Set([fingerprint(bytes)]));
    for (const path of deleted) this.hashes.delete(path);
    this.save();
  }

  private add(path: string, hash: string): void {
    this.hashes.set(path, (this.hashes.get(path) ?? new Set()).add(hash));
  }

  private save(): void {
    const lines = [...this.hashes].flatMap(([path, hashes]) => [...hashes].map((hash) => `${hash} ${path}\n`));
    mkdirSync(this.directory, { recursive: true });
    writeFileSync(`${this.file}.new`, lines.join(''));
    renameSync(`${this.file}.new`, this.file);
  }
}

function fingerprint(bytes: Buffer): string {
  return sha256(maskPins(bytes.toString('utf8')));
}
