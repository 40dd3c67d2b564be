import { createHash } from 'node:crypto';
import { generatedHeader } from '../tree/header';
import { treePath } from '../tree/path';

/**
 * The list of a project's own files that cannot say so themselves: opaque copies, each with its sha256, since one that
 * somebody replaced is no longer ours; and, in comments, generated files outside the project's directory. Merged in
 * conflict, it is the union of both sides, so it is read line by line whatever stands between.
 */
export class ListedFiles {
  static path(project: string, directory: string): string {
    return `${directory === '' ? '' : `${directory}/`}.fluxwright.${project}.sha256`;
  }

  static parse(text: string): ListedFiles {
    const list = new ListedFiles();
    for (const line of text.split(/\r?\n/)) {
      const [, hash, path] = /^([0-9a-f]{64})[ ][ *](.+)$/.exec(line) ?? [];
      if (hash !== undefined && isTreePath(path!)) list.add(path!, hash);
      const elsewhere = /^# elsewhere: (.+)$/.exec(line)?.[1];
      if (elsewhere !== undefined && isTreePath(elsewhere)) list.elsewhere.add(elsewhere);
    }
    return list;
  }

  /** Generated files that no search of the project's directory would find. */
  readonly elsewhere = new Set<string>();
  private readonly hashes = new Map<string, Set<string>>();

  add(path: string, hash: string): void {
    this.hashes.set(path, (this.hashes.get(path) ?? new Set()).add(hash));
  }

  addAll(other: ListedFiles): void {
    for (const [path, hashes] of other.hashes) for (const hash of hashes) this.add(path, hash);
    for (const path of other.elsewhere) this.elsewhere.add(path);
  }

  has(path: string, bytes: Buffer): boolean {
    const hashes = this.hashes.get(path);
    return hashes !== undefined && (hashes.has(sha256(bytes)) || hashes.has(sha256(withoutCarriageReturns(bytes))));
  }

  names(path: string): boolean {
    return this.hashes.has(path);
  }

  get paths(): IterableIterator<string> {
    return this.hashes.keys();
  }

  get isEmpty(): boolean {
    return this.hashes.size === 0 && this.elsewhere.size === 0;
  }

  /** As `sha256sum -c` reads it, from the root. */
  format(project: string, path: string): string {
    const files = [...this.hashes].flatMap(([file, hashes]) => [...hashes].map((hash) => ({ file, hash })));
    files.sort((a, b) => (a.file < b.file || (a.file === b.file && a.hash < b.hash) ? -1 : 1));
    return [
      `# ${generatedHeader(project, path)}`,
      ...[...this.elsewhere].sort().map((file) => `# elsewhere: ${file}`),
      ...files.map(({ file, hash }) => `${hash}  ${file}`),
      '',
    ].join('\n');
  }
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Git may check text out with other line ends than it holds. */
export function withoutCarriageReturns(bytes: Buffer): Buffer {
  return bytes.includes('\r\n') ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : bytes;
}

/** A path that somebody wrote into the list could lead anywhere. */
function isTreePath(path: string): boolean {
  try {
    return treePath(path) === path;
  } catch {
    return false;
  }
}
