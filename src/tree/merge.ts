import { hasConflictMarkers, splitConflict } from './conflict-markers';
import type { Committed } from './committed';
import { ManifestFile } from './file';
import type { Entries, UnmergedFile } from './git';
import { pinsOf } from './pin';
import { PinIndex } from './pin-index';

/** Two or more histories on their way into one, as far as pins go. */
export interface Merge {
  readonly sides: readonly PinIndex[];
  readonly base: PinIndex;
}

/**
 * The merge that waits for a person, if there is one: of commits (merge, rebase, cherry-pick, revert), of what a stash
 * held, or, where conflict markers were committed, of the halves of those files.
 */
export function mergeInProgress(committed: Committed, conflicted: readonly ManifestFile[]): Merge | undefined {
  const { operation } = committed;
  if (operation !== undefined) {
    const names = [`HEAD`, ...operation.theirs.map((id) => `the other side (${id.slice(0, 7)})`)];
    const sides = ['HEAD', ...operation.theirs].flatMap((revision, index) => commitPins(committed, names[index]!, [revision]) ?? []);
    return { sides, base: commitPins(committed, 'the merge base', operation.bases) ?? new PinIndex('the merge base') };
  }
  if (committed.unmerged.size > 0) return unmergedFiles(committed);
  return conflicted.length > 0 ? markedFiles(committed, conflicted) : undefined;
}

/** The merge that HEAD is, if it is one and its parents are known here. */
export function committedMerge(committed: Committed): Merge | undefined {
  const parents = committed.git?.parents('HEAD') ?? [];
  if (parents.length < 2) return undefined;
  const sides = parents.map((parent) => commitPins(committed, `the parent ${parent.slice(0, 7)}`, [parent]));
  const base = commitPins(committed, 'the merge base', committed.git!.mergeBases(parents[0]!, parents[1]!));
  return base === undefined || sides.includes(undefined) ? undefined : { sides: sides as PinIndex[], base };
}

function commitPins(committed: Committed, name: string, revisions: readonly string[]): PinIndex | undefined {
  const states = revisions.map((revision) => committed.git?.commit(revision));
  if (states.length === 0 || states.includes(undefined)) return undefined;
  return new PinIndex(name, states.flatMap((entries) => committed.pinsAt(name, entries!).pins));
}

function unmergedFiles(committed: Committed): Merge {
  const state = (name: string, stage: keyof UnmergedFile): PinIndex => {
    const entries = new Map<string, string>(committed.index as Entries);
    for (const [path, file] of committed.unmerged) if (file[stage] !== undefined) entries.set(path, file[stage]);
    return committed.pinsAt(name, entries);
  };
  return { sides: [state('our side', 'ours'), state('the other side', 'theirs')], base: state('the merge base', 'base') };
}

function markedFiles(committed: Committed, conflicted: readonly ManifestFile[]): Merge {
  const [ours, theirs, base] = ['our side', 'the other side', 'the merge base'].map((name) => new PinIndex(name)) as [PinIndex, PinIndex, PinIndex];
  for (const { path, text } of conflicted) {
    const halves = splitConflict(text);
    for (const [state, half] of [[ours, halves.ours], [theirs, halves.theirs], [base, halves.base]] as const) {
      if (half !== undefined) for (const pin of pinsOf(ManifestFile.fromText(path, half))) state.add(pin);
    }
  }
  return { sides: [ours, theirs], base: base.pins.length > 0 ? base : (committedMerge(committed)?.base ?? base) };
}

export function isConflicted(file: ManifestFile): boolean {
  return hasConflictMarkers(file.text);
}
