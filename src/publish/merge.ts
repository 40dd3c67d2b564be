import { hasConflictMarkers, splitConflict } from './conflict-markers';
import type { Committed } from './committed';
import { ManifestFile } from '../tree/file';
import type { UnmergedFile } from '../tree/git';
import type { Entries } from '../tree/git-output';
import { carriedValue, distinctValues } from './pins/carried-value';
import { pinsOf, type Pin } from './pins/pin';
import { hasPolicyOf, type PinCandidates } from './pins/pin-candidates';
import { PinIndex } from './pins/pin-index';
import { describePin, shortValue } from './pins/pin-words';
import { pinsBefore } from './pins/pins-before';

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

/** The merge that HEAD is, if it is one and its parents are known here: the pins of the files in which they differ. */
export function committedMerge(committed: Committed): Merge | undefined {
  const { git } = committed;
  const parents = git?.parents('HEAD') ?? [];
  if (git === undefined || parents.length < 2) return undefined;
  const sides = parents.map((parent) => git.commit(parent));
  const bases = git.mergeBases(parents[0]!, parents[1]!).map((base) => git.commit(base));
  if (bases.length === 0 || [...sides, ...bases].includes(undefined)) return undefined;
  const states = [...sides, ...bases] as Entries[];
  const differing = (entries: Entries): Entries => new Map([...entries].filter(([path, id]) => states.some((state) => state.get(path) !== id)));
  return {
    sides: sides.map((entries, index) => committed.pinsAt(`the parent ${parents[index]!.slice(0, 7)}`, differing(entries!))),
    base: union('the merge base', bases.map((entries) => committed.pinsAt('the merge base', differing(entries!)))),
  };
}

/**
 * Tags that the merge in HEAD dropped, to warn of. They are not put back: the merge is committed, and a shallow clone,
 * which cannot know, must publish the same.
 */
export function lostInMerge(merge: Merge, settled: readonly Pin[], candidates: PinCandidates): string[] {
  return settled.flatMap((pin) => {
    // Those of files in which the merge changed nothing are in neither.
    if (merge.sides.every((side) => candidates.inPlaceOf(pin, side).length === 0)) return [];
    const before = pinsBefore(pin, merge, candidates);
    const base = distinctValues(pin, before.base);
    const sides = merge.sides.map(({ name }, index) => ({ name, values: distinctValues(pin, before.sides[index]!) }));
    const losers = sides.filter(({ values }) => values.some((value) => !base.includes(value) && value !== pin.value));
    if (!base.includes(pin.value) || losers.length === 0) return [];
    const lost = losers.map(({ name, values }) => `${name} has ${values.map((value) => shortValue(pin, value)).join(', ')}`);
    return [`warning: pin ${describePin(pin)}: ${shortValue(pin, pin.value)}, as before the merge in HEAD, while ${lost.join(' and ')}; if the merge lost it, write it into the file`];
  });
}

/** The pins of the files that HEAD deleted, if it is no merge. */
export function deletedPins(committed: Committed): PinIndex {
  const entries = committed.git?.deletedInHead(committed.place.directory);
  return entries === undefined || entries.size === 0 ? new PinIndex('HEAD^') : committed.pinsAt('HEAD^', entries);
}

/**
 * Tags in files that HEAD deleted while their objects, or a new pin in their stead, went on elsewhere with another one, as a
 * rebase or squash ends whose conflict a person resolved by deleting the old file.
 */
export function lostInMove(committed: Committed, deleted: PinIndex, settled: readonly Pin[], candidates: PinCandidates): string[] {
  if (deleted.pins.length === 0) return [];
  const isInItsStead = (pin: Pin, found: Pin): boolean => {
    if (candidates.ofObject(pin, deleted).includes(found)) return true;
    const former = committed.pinsOf('HEAD^');
    return !former.has(pin) && (hasPolicyOf(pin, found) || !candidates.knowsPolicy(pin, former));
  };
  return settled.flatMap((pin) => {
    const others = candidates.before(pin, deleted).filter((found) => found.file !== pin.file && carriedValue(pin, found)!.value !== pin.value);
    const lost = others.filter((found) => isInItsStead(pin, found));
    return lost.map((found) => `warning: pin ${describePin(pin)}: ${shortValue(pin, pin.value)}, while the commit before HEAD has ${shortValue(found, found.value)} in ${found.file}, which HEAD deletes; if HEAD lost it, write it into the file`);
  });
}

function commitPins(committed: Committed, name: string, revisions: readonly string[]): PinIndex | undefined {
  const states = revisions.map((revision) => committed.git?.commit(revision));
  if (states.length === 0 || states.includes(undefined)) return undefined;
  return union(name, states.map((entries) => committed.pinsAt(name, entries!)));
}

function union(name: string, states: readonly PinIndex[]): PinIndex {
  const textAt = (path: string): string | undefined => states.map((state) => state.textAt?.(path)).find((text) => text !== undefined);
  return states.length === 1 ? states[0]! : new PinIndex(name, states.flatMap(({ pins }) => pins), textAt);
}

/**
 * Of a merge that Git has not written down, as of a stash: HEAD is our side. What the index has beside it came from the
 * other one, since Git wants both to be equal before it begins.
 */
function unmergedFiles(committed: Committed): Merge {
  const { head, index } = committed;
  const state = (name: string, stage: keyof UnmergedFile): PinIndex => {
    const entries = new Map<string, string>((stage === 'theirs' ? index : (head ?? index)) as Entries);
    for (const [path, file] of committed.unmerged) {
      if (file[stage] !== undefined) entries.set(path, file[stage]);
      else entries.delete(path);
    }
    return committed.pinsAt(name, entries);
  };
  return { sides: [state('our side', 'ours'), state('the other side', 'theirs')], base: state('the merge base', 'base') };
}

function markedFiles(committed: Committed, conflicted: readonly ManifestFile[]): Merge {
  const split = new Map(conflicted.map(({ path, text }) => [path, splitConflict(text)]));
  const state = (name: string, half: 'ours' | 'theirs' | 'base'): PinIndex => new PinIndex(name, [], (path) => split.get(path)?.[half]);
  const [ours, theirs, base] = [state('our side', 'ours'), state('the other side', 'theirs'), state('the merge base', 'base')];
  for (const [path, halves] of split) {
    for (const [state, half] of [[ours, halves.ours], [theirs, halves.theirs], [base, halves.base]] as const) {
      if (half !== undefined) for (const pin of pinsOf(ManifestFile.fromText(path, half))) state.add(pin);
    }
  }
  return { sides: [ours, theirs], base: base.pins.length > 0 ? base : (committedMerge(committed)?.base ?? base) };
}

export function isConflicted(file: ManifestFile): boolean {
  return hasConflictMarkers(file.text);
}
