import type { Pin } from './pin';
import { placeOf } from './pin-index';

/** Whether something other than Flux decides about a value: code, or whoever took the marker off in the tree. */
export function isHeld({ hold, isOnHold }: Pin): boolean {
  return hold !== undefined || isOnHold === true;
}

/**
 * Whether a generated pin goes on being on hold, by the committed ones that it takes its value from: those that it was before,
 * or all that have its policy.
 */
export function staysOnHold(slot: Pin, found: readonly Pin[], isGone: (pin: Pin) => boolean): boolean {
  const held = found.filter(({ isOnHold }) => isOnHold);
  return held.length > 0 && (held.length === found.length || held.some((pin) => placeOf(pin) === placeOf(slot) || isGone(pin)));
}

/** The same in a merge: what one side changed about the hold counts. `here` are the pins of the working copy. */
export function mergedHold(slot: Pin, { here, sides, base }: { readonly here: readonly Pin[]; readonly sides: readonly (readonly Pin[])[]; readonly base: readonly Pin[] }): boolean {
  const before = base.some(isOnHold);
  const isChanged = sides.some((side) => side.length > 0 && side.some(isOnHold) !== before);
  const merged = isChanged ? !before : before;
  const working = here.find(({ file, isPlain }) => file === slot.file && isPlain !== true);
  if (working === undefined) return merged;
  // What Git cannot have left there was written by a person.
  const there = sides.map((side) => side.filter(({ file }) => file === slot.file));
  const isWritten = there.every((side) => side.length > 0) || (there.flat().length > 0 && there.flat().every((pin) => isOnHold(pin) !== isOnHold(working)));
  return isWritten ? isOnHold(working) : merged;
}

export function disagreeOnHold(pins: readonly Pin[]): boolean {
  return pins.some(isOnHold) && !pins.every(isOnHold);
}

/** A pin that is on hold, or is not; undefined stays. */
export function onHold(pin: Pin | undefined, isOnHold: boolean): Pin | undefined {
  return pin === undefined || (pin.isOnHold ?? false) === isOnHold ? pin : { ...pin, isOnHold };
}

function isOnHold(pin: Pin): boolean {
  return pin.isOnHold === true;
}
