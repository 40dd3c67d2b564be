import { UserError } from '../../errors';
import { isConflicted } from '../merge';
import type { Committed } from '../committed';
import { ManifestFile } from '../../tree/file';
import { keptScalars, type KeptScalar } from './kept-scalars';
import { isPinComment, mayHoldPins, pinsOf, type Pin } from './pin';
import type { Tree } from '../../tree/tree';

/** The pins of the working copy, read no further than needed. */
export interface WorkingPins {
  /** Generated files with pins that are there as generated, but for the scalars of the pins. */
  readonly kept: ReadonlyMap<ManifestFile, readonly KeptScalar[]>;
  /** Generated files with pins that are missing, or differ otherwise. */
  readonly open: readonly ManifestFile[];
  /** The pins of files that differ, or that leave the tree. */
  readonly read: readonly Pin[];
  /** Files with conflict markers. */
  readonly conflicted: readonly ManifestFile[];
  /** Whether files of the tree are not there. */
  readonly isIncomplete: boolean;
  readonly problems: readonly UserError[];
}

/**
 * @param isOurs whether what lies at a path counts: what the project wrote, or is about to take over
 * @param isForced whether a file that is no YAML may go, if it has no pins to lose
 */
export function readWorkingPins(tree: Tree, committed: Committed, isOurs: (path: string, bytes: Buffer) => boolean, isForced: boolean): WorkingPins {
  const kept = new Map<ManifestFile, readonly KeptScalar[]>();
  const open: ManifestFile[] = [];
  const read: Pin[] = [];
  const conflicted: ManifestFile[] = [];
  const problems: UserError[] = [];
  let isIncomplete = false;

  const readPins = (path: string, text: string): void => {
    const file = ManifestFile.fromText(path, text);
    if (isConflicted(file)) conflicted.push(file);
    else {
      try {
        void file.documents;
        if (mayHoldPins(text)) read.push(...pinsOf(file));
      } catch (error) {
        if (!UserError.is(error)) throw error;
        if (isForced && !mayHoldPins(text)) return;
        problems.push(new UserError('file-malformed', error.problem || error.message, 'mend it, or take it back from Git'));
      }
    }
  };

  for (const file of tree) {
    if (file.type !== 'manifests') continue;
    const lines = mayHoldPins(file.text) ? file.commented.filter(isPinComment) : [];
    if (committed.holds(file)) {
      if (lines.length > 0) kept.set(file, lines);
      continue;
    }
    const bytes = committed.contents(file.path);
    if (bytes === undefined || !isOurs(file.path, bytes)) {
      if (lines.length > 0) open.push(file);
      isIncomplete = true;
      continue;
    }
    const text = bytes.toString('utf8').replaceAll('\r\n', '\n');
    const scalars = keptScalars(file.text, lines, text);
    if (scalars === undefined) readPins(file.path, text);
    if (lines.length > 0 && scalars !== undefined) kept.set(file, scalars);
    else if (lines.length > 0) open.push(file);
  }
  for (const [path, bytes] of committed.stale) if (mayHoldPins(bytes.toString('utf8'))) readPins(path, bytes.toString('utf8').replaceAll('\r\n', '\n'));
  return { kept, open, read, conflicted, isIncomplete, problems };
}
