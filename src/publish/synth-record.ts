import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors';
import type { File } from '../tree/file';
import { sha256 } from './listed-files';
import { maskPins, maskPinsOf } from './pins/masked-pins';

/**
 * What synth last wrote, kept out of the tree: with it, a generated file that is not committed yet can be told from one
 * that a person edited. Only an aid: without it, Git is asked.
 */
export class SynthRecord {
  private readonly file: string;
  private readonly announced = new Map<string, string>();
  private known?: Map<string, Set<string>>;

  constructor(private readonly directory: string, name: string) {
    this.file = join(directory, `${name}.written`);
  }

  has(path: string, bytes: Buffer): boolean {
    return this.hashes.get(path)?.has(fingerprint(bytes)) ?? false;
  }

  /** Before writing: what is there and what will be are both synth's own, whenever it is interrupted. */
  announce(files: Iterable<File>): void {
    for (const file of files) {
      const hash = file.type === 'manifests' ? sha256(maskPinsOf(file)) : fingerprint(file.bytes);
      this.announced.set(file.path, hash);
      this.add(file.path, hash);
    }
    this.save();
  }

  /** After writing what was announced. */
  settle(deleted: Iterable<string>): void {
    for (const [path, hash] of this.announced) if (this.hashes.get(path)!.size > 1) this.hashes.set(path, new Set([hash]));
    for (const path of deleted) this.hashes.delete(path);
    this.save();
  }

  /** Read when first asked for: most runs change nothing. */
  private get hashes(): Map<string, Set<string>> {
    if (this.known !== undefined) return this.known;
    this.known = new Map();
    try {
      for (const line of readFileSync(this.file, 'utf8').split('\n')) {
        const space = line.indexOf(' ');
        if (space === 64) this.add(line.slice(65), line.slice(0, 64));
      }
    } catch {
      // none was written here yet
    }
    return this.known;
  }

  private add(path: string, hash: string): void {
    this.hashes.set(path, (this.hashes.get(path) ?? new Set()).add(hash));
  }

  private save(): void {
    const lines = [...this.hashes].flatMap(([path, hashes]) => [...hashes].map((hash) => `${hash} ${path}\n`));
    try {
      mkdirSync(this.directory, { recursive: true });
      writeFileSync(`${this.file}.new`, lines.join(''));
      renameSync(`${this.file}.new`, this.file);
    } catch (error) {
      throw new UserError('write-failed', `${this.directory} cannot be written, where synth keeps what it wrote: ${(error as Error).message}`, 'make room or give the right to write there, then run it again');
    }
  }
}

function fingerprint(bytes: Buffer): string {
  return sha256(maskPins(bytes.toString('utf8')));
}
