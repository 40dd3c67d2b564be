import { isUtf8 } from 'node:buffer';
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { UserError } from '../errors';
import { unifiedDiff } from '../publish/differences';
import { privateDirectory, privateName } from '../publish/interrupted-run';
import { withLock } from '../publish/publish-lock';
import { deleteFile, prepareFile, writeFile, type PreparedFile } from '../publish/write-file';
import { directoryOf } from '../tree/path';

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
 * Writes all or nothing, while no synth writes: everything is written beside its file before the first takes its place.
 * @throws UserError `write-failed`, also for a file that somebody has changed meanwhile; `path-through-symlink`, `foreign-file`, `file-malformed`
 */
export function writeChanges(root: string, changes: readonly FileChange[]): void {
  if (changes.length === 0) return;
  withLock(privateDirectory(root), privateName(root), () => {
    for (const change of changes) refuseOther(root, change);
    const prepared: PreparedFile[] = [];
    const done: FileChange[] = [];
    try {
      const steps = changes.map((change): (() => void) => {
        const { path, before, after } = change;
        if (after === undefined) return () => deleteFile(root, path, '');
        const file = prepareFile(root, path, after, before === undefined);
        prepared.push(file);
        return () => file.put();
      });
      steps.forEach((step, index) => {
        step();
        done.push(changes[index]!);
      });
    } catch (error) {
      for (const file of prepared) file.discard();
      throw takenBack(root, done, error);
    }
  });
}

/** Gives files back what they had: each that it can, whatever becomes of the others. */
function takenBack(root: string, done: readonly FileChange[], cause: unknown): unknown {
  const stuck = done.filter(({ path, before }) => {
    try {
      if (before === undefined) deleteFile(root, path, '');
      else writeFile(root, path, before, false);
      return false;
    } catch {
      return true;
    }
  });
  if (stuck.length === 0 || !UserError.is(cause)) return cause;
  return new UserError(cause.code, `${cause.problem}; ${stuck.map(({ path }) => path).join(', ')} could not be taken back`, cause.fix);
}

/** @throws UserError for a file that is not what its change was made for, or that is elsewhere */
function refuseOther(root: string, { path, before, after }: FileChange): void {
  if (before !== undefined && !isUtf8(before) && after?.includes('\uFFFD') === true) throw new UserError('file-malformed', `${path} is not in UTF-8, and would lose characters`, 'save it in UTF-8 first');
  const link = linkOnTheWay(root, path);
  if (link !== undefined) throw new UserError('path-through-symlink', `${path} would be written through the symbolic link ${link}`, `replace the link by a ${link === path ? 'file' : 'directory'}, or name what it leads to`);
  const there = existsSync(join(root, path));
  if (there && before === undefined) throw new UserError('foreign-file', `${path} is there already, where Git ignores it or since a moment ago`, 'move it away, or have Git see it');
  if (there !== (before !== undefined) || (before !== undefined && !readFileSync(join(root, path)).equals(before))) throw new UserError('write-failed', `${path} was changed by somebody else meanwhile`, 'run it again');
}

/** The file, where it is a link, which would be lost; or a folder that leads out of the root. */
function linkOnTheWay(root: string, path: string): string | undefined {
  if (isLink(join(root, path))) return path;
  const top = realpathSync(root);
  for (let folder = directoryOf(path); folder !== ''; folder = directoryOf(folder)) {
    const place = join(root, folder);
    if (!isLink(place)) continue;
    const real = existsSync(place) ? realpathSync(place) : undefined;
    if (real === undefined || (real !== top && !real.startsWith(`${top}${sep}`))) return folder;
  }
  return undefined;
}

function isLink(place: string): boolean {
  try {
    return lstatSync(place).isSymbolicLink();
  } catch {
    return false; // nothing is there, or a file is where a folder would be
  }
}
