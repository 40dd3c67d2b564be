import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors';
import { unifiedDiff } from '../publish/differences';
import { privateDirectory, privateName } from '../publish/interrupted-run';
import { withLock } from '../publish/publish-lock';
import { deleteFile, writeFile } from '../publish/write-file';

/** What a command makes of one file; undefined is no file. */
export interface FileChange {
  readonly path: string;
  readonly before: Buffer | undefined;
  readonly after: Buffer | undefined;
}

/** Those that change anything, by path. */
export function changesOf(changes: readonly FileChange[]): FileChange[] {
  const isSame = ({ before, after }: FileChange): boolean => (before === undefined || after === undefined ? before === after : before.equals(after));
  return changes.filter((change) => !isSame(change)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function diffOf(changes: readonly FileChange[]): string {
  return changes.map(({ path, before, after }) => unifiedDiff(path, before, after)).join('').replace(/\n$/, '');
}

/**
 * Writes all or nothing, while no synth writes: where one file cannot be written, those before it get back what they had.
 * @throws UserError `write-failed`, also for a file that somebody has changed meanwhile
 */
export function writeChanges(root: string, changes: readonly FileChange[]): void {
  if (changes.length === 0) return;
  withLock(privateDirectory(root), privateName(root), () => {
    for (const { path, before } of changes) if (!isStill(root, path, before)) throw new UserError('write-failed', `${path} was changed by somebody else meanwhile`, 'run it again');
    const done: FileChange[] = [];
    try {
      for (const change of changes) {
        put(root, change.path, change.after, change.before === undefined);
        done.push(change);
      }
    } catch (error) {
      for (const { path, before } of done) put(root, path, before, false);
      throw error;
    }
  });
}

function put(root: string, path: string, bytes: Buffer | undefined, isNew: boolean): void {
  if (bytes === undefined) deleteFile(root, path, '');
  else writeFile(root, path, bytes, isNew);
}

function isStill(root: string, path: string, before: Buffer | undefined): boolean {
  const file = join(root, path);
  if (!existsSync(file)) return before === undefined;
  return before !== undefined && readFileSync(file).equals(before);
}
