import { UserError } from '../../errors';
import { ChosenPins } from '../chosen-pins';
import { carriedValue } from './carried-value';
import type { Committed } from '../committed';
import { ManifestFile } from '../../tree/file';
import { holdScalars } from './held-scalars';
import { parseImage } from '../../tree/image-reference';
import { committedMerge, deletedPins, lostInMerge, lostInMove, mergeInProgress } from '../merge';
import { lostHolds } from './lost-holds';
import { withDigests } from './joined-digests';
import type { KeptScalar } from './kept-scalars';
import { disagreeingMarkers, newcomersBehind, stagedOver } from './older-tags';
import { isPinComment, pinsOf, type Pin } from './pin';
import { PinChoices } from './pin-choices';
import { PinCandidates } from './pin-candidates';
import { PinIndex } from './pin-index';
import { describePin, shortValue } from './pin-words';
import { PinSearch } from './pin-search';
import { Rivals } from './rivals';
import { Settlement } from './pin-settlement';
import type { Tree } from '../../tree/tree';
import { readWorkingPins, type WorkingPins } from './working-pins';

export interface PinOptions {
  /** Take what stands in code instead of what was committed. */
  readonly resetPins?: boolean;
  /**
   * What settles a pin that has several committed values: by policy (`namespace:name`), by the file that it is in, from the
   * root, or by both (`file#namespace:name`), where the file has several policies in doubt. The file counts before the policy.
   */
  readonly pin?: Readonly<Record<string, string>>;
  /**
   * Overwrite what is nowhere in Git: hand edits, and files that are no YAML any more.
   * @default false
   */
  readonly force?: boolean;
}

export interface SettledPins {
  /** The text of each file in which a pin holds something else than code says. */
  readonly texts: ReadonlyMap<string, string>;
  /** What was decided, a line each. */
  readonly notes: readonly string[];
  readonly problems: readonly UserError[];
  /** Files of the working copy with pins that the new tree has elsewhere, or nowhere. */
  readonly leaving: ReadonlySet<string>;
  /** What the options settled, to be remembered once it is written. */
  readonly chosen?: ChosenPins;
}

/**
 * Gives the pins of a generated tree the values that were committed for them.
 * @param isOurs whether what lies at a path counts: what the project wrote, or is about to take over
 */
export function settlePins(tree: Tree, committed: Committed, options: PinOptions, isOurs: (path: string, bytes: Buffer) => boolean): SettledPins {
  const working = readWorkingPins(tree, committed, isOurs, options.force ?? false);
  if (working.problems.length > 0) return { texts: new Map(), notes: [], problems: working.problems, leaving: new Set() };
  const choices = new PinChoices(options.pin);
  const settlement = new Settlement(tree, options.resetPins ?? false);
  const merge = mergeInProgress(committed, working.conflicted);
  const isSettled = merge === undefined && working.open.length === 0 && working.read.length === 0 && !working.isIncomplete && choices.isEmpty && committed.interrupted.length === 0;
  const lost = merge === undefined ? committedMerge(committed) : undefined;
  const replaced = merge === undefined && committed.replaced.size > 0 ? committed.pinsAt('HEAD', committed.replaced) : new PinIndex('HEAD');
  const deleted = merge === undefined && lost === undefined ? deletedPins(committed) : new PinIndex('HEAD^');
  const disagreeing = merge === undefined ? disagreeingMarkers(working) : new Set<string>();
  if (disagreeing.size > 0) settlement.notes.push(...newcomersBehind(keptPins(working).filter(({ comment }) => disagreeing.has(comment)), committed));
  if (isSettled && lost === undefined && deleted.pins.length === 0 && replaced.pins.length === 0) {
    keepScalars(working, settlement);
    return { texts: settlement.texts(), notes: settlement.notes, problems: [], leaving: new Set() };
  }

  const pins = [...working.kept.keys(), ...working.open].flatMap(pinsOf);
  const textAt = (path: string): string | undefined => {
    const bytes = committed.contents(path);
    return bytes !== undefined && isOurs(path, bytes) ? bytes.toString('utf8') : undefined;
  };
  const generated = new PinIndex('the new tree', pins);
  const present = new PinIndex('the working copy', [...working.read, ...keptPins(working)], textAt);
  for (const pin of interruptedPins(committed)) if (!present.has(pin)) present.add(pin);
  const candidates = new PinCandidates(generated, () => settlement.policies, (branch) => committed.isOnBranch(branch));
  const chosen = new ChosenPins(committed);
  const search = new PinSearch(committed, candidates, { present, replaced, merge }, chosen, choices, new Rivals(committed, candidates, present));
  const settled = settleAll(pins.filter(isKept), committed, search, settlement);
  holdScalars(tree, committed, search, generated, settlement);
  if (options.resetPins !== true) settlement.notes.push(...stagedOver(settled.filter((pin) => chosen.value(pin) !== pin.value), replaced));
  settlement.notes.push(...present.pins.filter((pin) => candidates.isOfOtherBranch(pin)).map((pin) => `pin ${describePin(pin)}: ${shortValue(pin, pin.value)} and its marker belong to the branch ${pin.branch!}, and stay there`));
  if (lost !== undefined) settlement.notes.push(...lostInMerge(lost, settled, candidates));
  settlement.notes.push(...lostInMove(committed, deleted, settled, candidates));
  if (lost !== undefined || deleted.pins.length > 0) settlement.notes.push(...lostHolds(committed, settled, candidates, { merge: lost, deleted }));
  const unused = choices.unused([...pins, ...present.pins]);
  // Where several values stand against each other, a reset takes none of them.
  const problems = options.resetPins ? [] : search.problems;
  // A key that is misspelt explains why a pin is still in doubt; else it harms nobody, and may be meant for another app.
  if (problems.length === 0) settlement.notes.push(...unused);
  else problems.push(...unused.map((problem) => new UserError('usage', problem, 'name what is in doubt: a policy as "namespace:policy", or a file by its path from the root')));
  return { texts: settlement.texts(), notes: [...search.notes, ...settlement.notes, ...settlement.unnamed], problems, leaving: new Set(present.pins.filter((pin) => candidates.isGone(pin)).map(({ file }) => file)), chosen };
}

/** The usual case: every pin stands where it stood. */
function keepScalars({ kept }: WorkingPins, settlement: Settlement): void {
  for (const [file, scalars] of kept) {
    const lines = file.commented.filter(isPinComment);
    if (scalars.every(({ source, isOnHold }, index) => source === lines[index]!.source && isOnHold !== true)) continue;
    pinsOf(file).filter(isKept).forEach((slot) => {
      const committed = withScalar(slot, scalars[lines.findIndex(({ line }) => line === slot.line)]!);
      if (carriedValue(slot, committed) === undefined) settlement.start(slot, committed.value, undefined);
      else settlement.settle(slot, committed);
    });
  }
}

function keptPins({ kept }: WorkingPins): Pin[] {
  return [...kept].flatMap(([file, scalars]) => withDigests(pinsOf(file).map((slot, index) => withScalar(slot, scalars[index]!))));
}

/** What stood in files that a run has written since, before it was killed. */
function interruptedPins(committed: Committed): Pin[] {
  return committed.interrupted.flatMap(([path, text]) => pinsOf(ManifestFile.fromText(path, text.replaceAll('\r\n', '\n'))));
}

function withScalar(slot: Pin, scalar: KeptScalar): Pin {
  const isWhole = slot.setter !== undefined && slot.setter.part === undefined;
  return { ...slot, ...scalar, isOnHold: scalar.isOnHold ?? false, repository: isWhole ? parseImage(scalar.value).repository : slot.repository };
}

/** First those whose object was there before; what they hold then tells what a new or renamed one of the same policy holds. */
function settleAll(slots: readonly Pin[], committed: Committed, search: PinSearch, settlement: Settlement): readonly Pin[] {
  const settled = new PinIndex('the new tree');
  const open: Pin[] = [];
  for (const slot of slots) {
    const found = search.byObject(slot);
    if (found !== undefined) settled.add(settlement.settle(slot, found));
    else if (search.refused.has(slot)) settlement.reset(slot, search.refused.get(slot)!, slot.value);
    else open.push(slot);
  }
  const policies = open.length === 0 ? settled : search.withGone(settled);
  for (const slot of open) {
    const found = search.byPolicy(slot, policies);
    if (found !== undefined) settlement.settle(slot, found);
    else if (search.refused.has(slot)) settlement.reset(slot, search.refused.get(slot)!, slot.value);
    else settlement.start(slot, search.unmarked(slot), search.lastCommitted(slot), committed.git?.isShallow);
  }
  return settled.pins;
}

/** What an image is called is for code to say; only its tag and digest are written by others. */
function isKept({ setter }: Pin): boolean {
  return setter?.part !== 'name';
}
