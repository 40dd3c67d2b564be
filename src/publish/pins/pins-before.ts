import { carriedValue, distinctValues } from './carried-value';
import type { Merge } from '../merge';
import { isHeld } from './on-hold';
import type { Pin } from './pin';
import type { PinCandidates } from './pin-candidates';
import type { PinIndex } from './pin-index';

/** What a generated pin was in the states of a merge; a state that does not have it has nothing. */
export interface PinsBefore {
  readonly sides: readonly (readonly Pin[])[];
  readonly base: readonly Pin[];
}

/**
 * What a generated pin was before a merge: by object; where a side has that elsewhere or in another form, by policy; where
 * it knows the policy under another name, by image. A pin that is new stands for the others of its policy.
 */
export function pinsBefore(slot: Pin, merge: Merge, candidates: PinCandidates): PinsBefore {
  const states = [merge.base, ...merge.sides];
  const found = states.map((state) => candidates.inPlaceOf(slot, state));
  const [base, ...sides] = withOthers(slot, states, withRenamed(slot, states, found, candidates), candidates);
  return { sides, base: base! };
}

type Found = readonly (readonly Pin[])[];

/** In states that do not know the policy, the pins of the image that had another one, or stood elsewhere. The first state is the merge base. */
function withRenamed(slot: Pin, states: readonly PinIndex[], found: Found, candidates: PinCandidates): Found {
  const isMissing = found.map((pins, index) => pins.length === 0 && !candidates.knowsPolicy(slot, states[index]!));
  if (!isMissing.includes(true)) return found;
  const known = distinctValues(slot, found.flat());
  const ofImage = candidates.ofImage(slot, states[0]!);
  // Of several that go, such as one of each environment, the one whose value went on to a side.
  const continued = ofImage.filter((pin) => known.includes(carriedValue(slot, pin)!.value));
  const origins = isMissing[0] ? (continued.length > 0 ? continued : ofImage) : found[0]!;
  const others = ofImage.filter((pin) => !origins.some((origin) => isSameScalar(origin, pin)));
  return found.map((pins, index) => {
    if (!isMissing[index]) return pins;
    if (index === 0) return origins;
    const followed = origins.flatMap((origin) => candidates.ofGone(slot, origin, states[index]!));
    return followed.length > 0 ? followed : candidates.ofImage(slot, states[index]!).filter((pin) => !others.some((other) => isSameScalar(other, pin)));
  });
}

/** Where a pin is new on a side and has what the others of its policy have there, the others say what it has elsewhere. */
function withOthers(slot: Pin, states: readonly PinIndex[], found: Found, candidates: PinCandidates): Found {
  if (slot.hold !== undefined || found.flat().length === 0 || found.every((pins) => pins.length > 0) || found.flat().some(isHeld)) return found;
  const others = states.map((state) => candidates.others(slot, state));
  const isOneOfThem = found.every((pins, index) => pins.length === 0 || distinctValues(slot, [...pins, ...others[index]!]).length === 1);
  const isUnanimous = others.every((pins) => distinctValues(slot, pins).length <= 1);
  const isKnownBefore = found[0]!.length > 0 || others[0]!.length > 0;
  return isOneOfThem && isUnanimous && isKnownBefore ? found.map((pins, index) => (pins.length > 0 ? pins : others[index]!)) : found;
}

function isSameScalar(a: Pin, b: Pin): boolean {
  return a.object === b.object && a.path === b.path;
}
