import { UserError } from '../../errors';
import { carriedValue, distinctValues } from './carried-value';
import type { Pin } from './pin';
import { shellWord } from '../shell-word';
import { describePin, shortValue } from './pin-words';

/** A generated pin whose value cannot be told. */
export interface Refusal {
  readonly code: 'pin-ambiguous' | 'pin-conflict';
  readonly slot: Pin;
  /** What is wrong, with the values that stand against each other and where. */
  readonly problem: string;
  readonly found: readonly Pin[];
  /** Whether Git could not merge the pin's file, so that one side of it can be checked out. */
  readonly isUnmerged: boolean;
}

/** What is refused, with one command that settles all of it: pins of one policy may each need a value of their own. */
export function refusalErrors(refusals: readonly Refusal[]): UserError[] {
  const codes = [...new Set(refusals.map(({ code }) => code))];
  const command = synthWith(options(refusals));
  return codes.map((code) => {
    const same = refusals.filter((refusal) => refusal.code === code);
    const unmerged = [...new Set(same.filter(({ isUnmerged }) => isUnmerged).map(({ slot }) => slot.file))];
    const checkout = unmerged.length === 0 ? '' : `git checkout --ours or --theirs ${unmerged.map(shellWord).join(' ')}, or `;
    return new UserError(code, same.map(({ problem }) => problem).join('\n'), `say which: ${checkout}${command}`);
  });
}

/** `KEY=VALUE`, by policy where that names one file, else by file, and by both where a file has several policies in doubt. */
function options(refusals: readonly Refusal[]): string[] {
  const values = suggestedValues(refusals);
  const byKey = new Map<string, Refusal[]>();
  for (const refusal of refusals) {
    const key = keyOf(refusal.slot, refusals.map(({ slot }) => slot));
    byKey.set(key, [...(byKey.get(key) ?? []), refusal]);
  }
  return [...byKey].map(([key, group]) => `${key}=${joined(group.map((refusal) => ({ part: refusal.slot.setter?.part, value: values.get(refusal)! })))}`);
}

function keyOf({ file, setter }: Pin, slots: readonly Pin[]): string {
  const policy = setter?.policy;
  if (policy === undefined) return file;
  const isInOneFile = slots.every((slot) => slot.setter?.policy !== policy || slot.file === file);
  if (isInOneFile) return policy;
  return slots.some((slot) => slot.file === file && slot.setter?.policy !== policy) ? `${file}#${policy}` : file;
}

/** A tag and a digest of one image are one value. */
function joined(parts: readonly { readonly part: string | undefined; readonly value: string }[]): string {
  const [tag, digest] = ['tag', 'digest'].map((part) => parts.find((one) => one.part === part)?.value);
  return tag !== undefined && digest !== undefined ? `${tag}@${digest}` : parts[0]!.value;
}

/** For each pin one of its values. Where files of one policy are in doubt, the one that comes from the most similar path, and each value for one of them. */
function suggestedValues(refusals: readonly Refusal[]): ReadonlyMap<Refusal, string> {
  const values = new Map(refusals.map((refusal) => [refusal, lastValue(refusal)]));
  const offers = refusals.flatMap((refusal) => (isAlone(refusal, refusals) ? [] : refusal.found.map((pin) => ({ refusal, pin, score: sharedSteps(refusal.slot.file, pin.file) }))));
  const taken = new Set<string>();
  const done = new Set<Refusal>();
  for (const { refusal, pin } of offers.sort((a, b) => b.score - a.score)) {
    const value = shortValue(refusal.slot, carriedValue(refusal.slot, pin)!.value);
    const claim = `${refusal.slot.setter?.policy} ${refusal.slot.setter?.part} ${value}`;
    if (done.has(refusal) || taken.has(claim)) continue;
    values.set(refusal, value);
    taken.add(claim);
    done.add(refusal);
  }
  return values;
}

/** A merge has the same two sides everywhere; only pins that moved differ by where they came from. */
function isAlone({ slot, code }: Refusal, refusals: readonly Refusal[]): boolean {
  return code === 'pin-conflict' || refusals.every((other) => other.slot.setter?.policy !== slot.setter?.policy || other.slot.file === slot.file);
}

function lastValue({ slot, found }: Refusal): string {
  return shortValue(slot, distinctValues(slot, found).at(-1)!);
}

function sharedSteps(a: string, b: string): number {
  const steps = new Set(b.split('/'));
  return a.split('/').filter((step) => steps.has(step)).length;
}

/** What gives one pin a value. */
export function pinCommand(slot: Pin, value: string): string {
  return synthWith([`${slot.setter?.policy ?? slot.file}=${value}`]);
}

function synthWith(pins: readonly string[]): string {
  return `fluxwright synth${pins.map((pin) => ` --pin ${shellWord(pin)}`).join('')}`;
}

export function refusedPin(slot: Pin, what: string, values: readonly string[]): string {
  return `pin ${describePin(slot)} ${what}: ${values.join(', ')}`;
}
