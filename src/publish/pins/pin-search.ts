import { UserError } from '../../errors';
import { carriedValue, distinctValues as distinct } from './carried-value';
import type { ChosenPins } from '../chosen-pins';
import type { Committed } from '../committed';
import { hasConflictMarkers } from '../conflict-markers';
import { ManifestFile } from '../../tree/file';
import type { Entries } from '../../tree/git-output';
import { parseImage } from '../../tree/image-reference';
import { committedMerge, type Merge } from '../merge';
import type { PinChoices } from './pin-choices';
import { pinCommand, refusalErrors, refusedPin, type Refusal } from './pin-refusals';
import { withDigests } from './joined-digests';
import { describePin, pinFromOption, shortValue } from './pin-words';
import { objectKey } from '../../tree/object-key';
import { valueAt, type Pin } from './pin';
import { disagreeOnHold, isHeld, mergedHold, onHold, staysOnHold } from './on-hold';
import { hasPolicyOf, type PinCandidates } from './pin-candidates';
import { PinIndex, placeOf } from './pin-index';
import { mergeValues } from './pin-merge';
import { pinsBefore } from './pins-before';
import type { Rivals } from './rivals';

/** What pins are looked up in. */
export interface PinStates {
  /** The working copy, without files in conflict. */
  readonly present: PinIndex;
  /** HEAD, in the files that the index deletes or changes. */
  readonly replaced: PinIndex;
  readonly merge: Merge | undefined;
}

/** Finds the committed pin that a generated one goes on from; what cannot be told becomes a problem, never a guess. */
export class PinSearch {
  readonly notes: string[] = [];
  /** Generated pins whose value could not be told, with the values that stand against each other. */
  readonly refused = new Map<Pin, readonly string[]>();
  /** Places of committed pins, in whatever state, with the generated pins that go on from them. */
  private readonly followers = new Map<string, Pin[]>();
  private readonly refusals: Refusal[] = [];
  private readonly obstacles: UserError[] = [];
  private searches = 0;
  private foreign?: PinIndex;
  private older?: readonly PinIndex[];
  private headMerge?: { readonly merge: Merge | undefined };

  constructor(
    private readonly committed: Committed,
    private readonly candidates: PinCandidates,
    private readonly states: PinStates,
    private readonly earlier: ChosenPins,
    private readonly choices: PinChoices,
    private readonly rivals: Rivals,
  ) {}

  get problems(): UserError[] {
    return [...this.obstacles, ...refusalErrors(this.refusals)];
  }

  /** By object and path; in a merge, also by policy on the sides where the object is called otherwise. */
  byObject(slot: Pin): Pin | undefined {
    const there = [...this.candidates.ofObject(slot, this.states.present), ...this.leftBehind(slot)];
    if (this.states.merge !== undefined) return this.merged(slot, there, this.states.merge);
    const here = [...there, ...this.rivals.of(slot, there)];
    if (distinct(slot, here).length > 1 || disagreeOnHold(here)) return this.takenOff(slot, here) ?? this.doubled(slot, here);
    if (here.length > 0) return this.chosenAnew(slot, here) ?? this.follow(slot, here);
    for (const state of this.olderStates()) {
      const found = this.candidates.ofObject(slot, state);
      if (found.length === 0) continue;
      const renamed = this.candidates.ofPolicy(slot, this.states.present, true);
      return this.only(slot, [...found, ...renamed]);
    }
    return undefined;
  }

  /**
   * What HEAD has for a pin that came to its place in the working copy, but is not committed there. Usually the same;
   * after a squash or a stash, whose conflict somebody resolved by deleting the old file, it may be newer.
   */
  private leftBehind(slot: Pin): readonly Pin[] {
    const { replaced, present, merge } = this.states;
    if (merge !== undefined || replaced.pins.length === 0 || replaced.has(slot)) return [];
    if (!present.has(slot) && present.plainAt(slot) === undefined) return [];
    const isCommittedThere = this.committed.head?.has(slot.file) === true && !this.committed.replaced.has(slot.file);
    if (isCommittedThere) return [];
    const found = this.candidates.inPlaceOf(slot, replaced);
    return (found.length > 0 || this.candidates.knowsPolicy(slot, this.committed.pinsOf('HEAD')) ? found : this.candidates.ofImage(slot, replaced)).filter((pin) => !present.has(pin));
  }

  /** By policy and image, then by image alone; `settled` is what `withGone` made. */
  byPolicy(slot: Pin, settled: PinIndex): Pin | undefined {
    const sides = this.states.merge === undefined ? this.olderStates() : [...this.states.merge.sides, this.states.merge.base];
    for (const state of [settled, ...sides]) {
      const found = this.candidates.ofPolicy(slot, state);
      if (found.length > 0) return this.only(slot, found);
    }
    for (const state of [settled, ...sides]) {
      const found = this.candidates.ofImage(slot, state);
      if (found.length > 0) return this.only(slot, found);
    }
    const foreign = this.candidates.ofPolicy(slot, (this.foreign ??= this.committed.foreignPins()));
    if (foreign.length > 0) return this.only(slot, foreign);
    if (this.committed.isGitMissing) {
      this.refused.set(slot, []);
      this.obstacles.push(new UserError('tool-missing', `pin ${describePin(slot)} is not in the working copy, and there is no git to look for it in the repository`, 'install git, or take what stands in code: fluxwright synth --reset-pins'));
    }
    return undefined;
  }

  /** What stands at a pin's place in the working copy without a marker, which is then for code to say. */
  unmarked(slot: Pin): string | undefined {
    const bytes = this.committed.contents(slot.file);
    const text = bytes?.toString('utf8') ?? '';
    if (bytes === undefined || hasConflictMarkers(text) || !this.committed.isOwn(slot.file, bytes)) return undefined;
    const found = ManifestFile.fromText(slot.file, text).documents.find(({ object }) => objectKey(object, slot.file) === slot.object);
    const value = found === undefined ? undefined : valueAt(found.object, slot.path);
    return typeof value === 'string' ? shortValue(slot, value) : undefined;
  }

  /** What a commit before HEAD had for a pin that nobody has now, as far as a short search of history finds it. */
  lastCommitted(slot: Pin): string | undefined {
    const { git, head, place } = this.committed;
    if (git === undefined || head === undefined || slot.setter === undefined || this.searches >= MOST_SEARCHES) return undefined;
    this.searches++;
    const comment = /"\$imagepolicy(?:-held)?": ?"[^"]*"/.exec(slot.comment)![0].replace('-held', '');
    const line = git.lastWith(comment, place.directory);
    const source = line === undefined ? undefined : /(\S+) # \{/.exec(line)?.[1]?.replace(/^["']|["']$/g, '');
    return source === undefined ? undefined : shortValue({ ...slot, repository: slot.setter.part === undefined ? parseImage(source).repository : undefined }, source);
  }

  /** The pins of the new tree that are settled, and those of the working copy that are not in the new tree. */
  withGone(settled: PinIndex): PinIndex {
    return new PinIndex('the working copy', withDigests([...settled.pins, ...this.states.present.pins.filter((pin) => this.candidates.isGone(pin))]));
  }

  /** Committed pins that no generated one goes on from: of the working copy, of the sides of a merge, of Git where a file is gone. */
  gone(): Pin[] {
    const older = this.states.merge === undefined ? this.lost() : this.states.merge.sides.flatMap((side) => side.pins);
    const found = new Map<string, Pin>();
    for (const pin of [...this.states.present.pins, ...older]) {
      if (pin.setter?.part === 'name' || found.has(placeOf(pin))) continue;
      if (this.candidates.isGone(pin) || this.followersOf(pin).length === 0) found.set(placeOf(pin), pin);
    }
    return [...found.values()];
  }

  /** The pins that Git has in files of the tree that are missing. */
  private lost(): Pin[] {
    const { index, head, disk } = this.committed;
    const missing = (entries: Entries): Entries => new Map([...entries].filter(([path]) => this.committed.isWanted(path) && disk.type(path) === undefined));
    return [index, head].flatMap((entries) => (entries === undefined ? [] : this.committed.pinsAt('', missing(entries)).pins));
  }

  followersOf(pin: Pin): readonly Pin[] {
    return this.followers.get(placeOf(pin)) ?? [];
  }

  private merged(slot: Pin, byObject: readonly Pin[], merge: Merge): Pin | undefined {
    const before = pinsBefore(slot, merge, this.candidates);
    // The marker of the branch that is checked out goes before what the others have there.
    const ofBranch = (pins: readonly Pin[]): readonly Pin[] => (before.sides.flat().some(({ branch }) => branch !== undefined) ? pins.filter(({ branch }) => branch !== undefined) : pins);
    const sides = before.sides.map(ofBranch);
    const base = ofBranch(before.base);
    // What stands in the working copy where a side has the pin under another name.
    const renamed = [...sides.flat(), ...base].filter((pin) => this.candidates.isGone(pin)).flatMap((pin) => this.states.present.at(pin));
    const plain = this.states.present.has(slot) ? undefined : this.states.present.plainAt(slot);
    const here = ofBranch([...new Set([...byObject, ...renamed, plain ?? []].flat())]).filter((pin) => carriedValue(slot, pin) !== undefined);
    const values = (pins: readonly Pin[]): string[] => pins.map((pin) => carriedValue(slot, pin)!.value);
    // Who holds a pin chose the value that it has then, even though that is the merge base's.
    const chosen = base.some(isHeld) ? [] : values(sides.flat().filter(isHeld));
    const merging = { working: values(here), sides: sides.map(values), base: values(base).filter((value) => !chosen.includes(value)) };
    // A value that Git left as one side has it, while the other changed it in another file, is nobody's choice.
    const isUntouched = (pin: Pin): boolean => {
      const there = sides.flat().filter(({ file }) => file === pin.file);
      return there.length > 0 && distinct(slot, [...there, pin]).length === 1;
    };
    const withoutPerson = mergeValues({ ...merging, working: [] });
    const decision = withoutPerson !== undefined && 'conflict' in withoutPerson && here.every(isUntouched) ? withoutPerson : mergeValues(merging);
    if (decision === undefined) return undefined;
    const all = [...here, ...sides.flat(), ...base];
    const isOpen = 'conflict' in decision || (withoutPerson !== undefined && 'conflict' in withoutPerson);
    const isOnHold = mergedHold(slot, { here, sides, base });
    const settled = (isOpen ? this.choose(slot, all, merge) : undefined) ?? this.chosenEarlier(slot, here, all);
    if (settled !== undefined) return onHold(settled, isOnHold);
    if ('conflict' in decision) {
      return this.refuse(slot, 'pin-conflict', 'has a value of its own on each side of the merge', all.filter((pin) => decision.conflict.includes(carriedValue(slot, pin)!.value)), merge);
    }
    const pin = all.find((one) => carriedValue(slot, one)!.value === decision.value)!;
    const others = distinct(slot, all.filter((one) => carriedValue(slot, one)!.value !== decision.value));
    if (decision.isChoice && others.length > 0) this.notes.push(`pin ${describePin(slot)}: takes ${shortValue(slot, decision.value)} from ${merge.sides.find((_, index) => values(sides[index]!).includes(decision.value))?.name ?? 'the working copy'}, over ${others.map((value) => shortValue(slot, value)).join(', ')}`);
    this.link(slot, all);
    return onHold(pin, isOnHold);
  }

  /** One pin in two places, as a merge leaves it that moved the object on one side and its tag on the other. */
  private doubled(slot: Pin, here: readonly Pin[]): Pin | undefined {
    this.headMerge ??= { merge: committedMerge(this.committed) };
    const { merge } = this.headMerge;
    const isMerged = merge !== undefined && merge.sides.some((side) => this.candidates.ofObject(slot, side).length > 0);
    return isMerged ? this.merged(slot, here, merge) : this.only(slot, here);
  }

  /** A pin whose marker code takes off while its object moves: what stands there is code's, and what HEAD has elsewhere is about to go. */
  private takenOff(slot: Pin, here: readonly Pin[]): Pin | undefined {
    const plain = here.find((pin) => pin.isPlain);
    if (plain === undefined || !this.candidates.isGone(slot)) return undefined;
    const settled = this.choose(slot, here) ?? this.chosenEarlier(slot, here, here);
    if (settled !== undefined) return settled;
    const lost = here.filter((pin) => carriedValue(slot, pin)!.value !== plain.value);
    const [value] = distinct(slot, lost);
    this.notes.push(`warning: pin ${describePin(slot)}: ${shortValue(slot, plain.value)} from code, while HEAD has ${this.named(slot, lost, undefined, (other, places) => `${other} in ${places}`).join(', ')}, which goes; to take that: ${pinCommand(slot, shortValue(slot, value!))}`);
    this.link(slot, here);
    return plain;
  }

  private only(slot: Pin, found: readonly Pin[]): Pin | undefined {
    if (distinct(slot, found).length === 1) return this.follow(slot, found);
    return this.going(slot, found, this.choose(slot, found) ?? this.chosenEarlier(slot, found, found)) ?? this.refuse(slot, 'pin-ambiguous', 'has several committed values', found);
  }

  private follow(slot: Pin, found: readonly Pin[]): Pin {
    this.link(slot, found);
    return this.going(slot, found, found.find((pin) => pin.file === slot.file && hasPolicyOf(slot, pin)) ?? found[0]!)!;
  }

  /** What a pin goes on from, on hold where what it was before is. */
  private going(slot: Pin, found: readonly Pin[], pin: Pin | undefined): Pin | undefined {
    return onHold(pin, staysOnHold(slot, found, (one) => this.candidates.isGone(one)));
  }

  private link(slot: Pin, found: readonly Pin[]): void {
    const digests = slot.setter !== undefined && slot.setter.part === undefined ? found.flatMap(({ digest }) => digest ?? []) : [];
    for (const pin of [...found, ...digests]) this.followers.set(placeOf(pin), [...this.followersOf(pin), slot]);
  }

  /** What the command line says for a pin in doubt; `all` is what it then stands over. */
  private choose(slot: Pin, all: readonly Pin[], merge?: Merge): Pin | undefined {
    const option = this.choices.take(slot);
    const pin = option === undefined ? undefined : pinFromOption(slot, option);
    if (pin === undefined) return undefined;
    const others = this.named(slot, all.filter((one) => carriedValue(slot, one)!.value !== pin.value), merge);
    this.notes.push(`pin ${describePin(slot)}: ${shortValue(slot, pin.value)} chosen by --pin${others.length === 0 ? '' : `, over ${others.join(', ')}`}`);
    this.earlier.choose(slot, pin.value);
    this.link(slot, all);
    return pin;
  }

  /** What the command line said before, in the same merge, if it still stands in its place. */
  private chosenEarlier(slot: Pin, here: readonly Pin[], all: readonly Pin[]): Pin | undefined {
    const value = this.earlier.value(slot);
    const pin = value === undefined ? undefined : here.find((one) => one.file === slot.file && carriedValue(slot, one)!.value === value);
    if (pin !== undefined) this.link(slot, all);
    return pin;
  }

  /** Who settled a pin with `--pin` may do so again, until the commit, even though nothing stands against it any more. */
  private chosenAnew(slot: Pin, here: readonly Pin[]): Pin | undefined {
    return this.earlier.value(slot) === undefined ? undefined : this.going(slot, here, this.choose(slot, here));
  }

  /** Values, each with where it stands; the merge base stands for nobody. */
  private named(slot: Pin, all: readonly Pin[], merge: Merge | undefined, format = (value: string, places: string): string => `${value} from ${places}`): string[] {
    const sideOf = (pin: Pin): PinIndex | undefined => merge?.sides.find((side) => side.includes(pin));
    const where = (pin: Pin): string => sideOf(pin)?.name ?? `${pin.file}:${pin.line}`;
    const found = all.filter((pin) => sideOf(pin) !== undefined || merge?.base.includes(pin) !== true);
    return distinct(slot, found).map((value) => {
      const places = [...new Set(found.filter((pin) => carriedValue(slot, pin)!.value === value).map(where))];
      return format(shortValue(slot, value), places.join(', '));
    });
  }

  private refuse(slot: Pin, code: 'pin-ambiguous' | 'pin-conflict', what: string, found: readonly Pin[], merge?: Merge): undefined {
    const values = this.named(slot, found, merge, (value, places) => `${value} (${places})`);
    this.refused.set(slot, distinct(slot, found));
    this.refusals.push({ code, slot, found, problem: refusedPin(slot, what, values), isUnmerged: merge !== undefined && this.committed.unmerged.has(slot.file) });
    return undefined;
  }

  private olderStates(): readonly PinIndex[] {
    return (this.older ??= this.readOlderStates());
  }

  private readOlderStates(): PinIndex[] {
    const { git, index, head } = this.committed;
    if (git === undefined) return [];
    const parents = git.parents('HEAD');
    // A squash that brought the marker of a branch has taken away what was there before.
    const isOverwritten = this.states.present.pins.some((pin) => this.candidates.isOfOtherBranch(pin));
    const commits = parents.length > 1 || isOverwritten ? parents.map((parent) => git.commit(parent)) : [];
    return [index, head, ...commits].flatMap((entries) => (entries === undefined ? [] : [this.committed.pinsAt('', entries)]));
  }
}

/** Searching history takes its time, and it is for a message only. */
const MOST_SEARCHES = 3;
