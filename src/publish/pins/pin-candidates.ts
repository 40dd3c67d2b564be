import { carriedValue, distinctValues, tagOf } from './carried-value';
import type { ImagePolicies } from './image-policies';
import { isHeld } from './on-hold';
import type { Pin } from './pin';
import { placeOf, PinIndex } from './pin-index';

/** Which committed pins could be what a generated pin was before: its object may have moved, or been renamed, or its policy. */
export class PinCandidates {
  private readonly gone = new Map<PinIndex, PinIndex>();

  /**
   * @param generated the pins of the new tree
   * @param isOnBranch whether a branch is the one that is checked out
   */
  constructor(private readonly generated: PinIndex, private readonly policies: () => ImagePolicies, private readonly isOnBranch: (branch: string) => boolean) {}

  /**
   * By object and path: in the same file, and in files whose pin of that object is not in the new tree (the object moved,
   * or a merge left it in both places). Elsewhere it may be another object of the same name, such as an overlay's patch.
   * Where no pin is found, what stands in its place without a marker.
   */
  ofObject(slot: Pin, state: PinIndex): readonly Pin[] {
    const here = state.at(slot).filter((pin) => !this.isOfOtherBranch(pin) && carriedValue(slot, pin) !== undefined && !isOtherImage(slot, pin));
    const gone = state.ofObject(slot).filter((pin) => pin.file !== slot.file && this.isGone(pin) && !this.isOfOtherBranch(pin) && carriedValue(slot, pin) !== undefined);
    const samePolicy = gone.filter((pin) => hasPolicyOf(slot, pin));
    if (here.length > 0) return [...here, ...samePolicy];
    if (samePolicy.length > 0) return samePolicy;
    const elsewhere = gone.filter((pin) => !hasOtherRepository(slot, pin) && this.mayBeSelected(slot, pin));
    const plain = elsewhere.length > 0 || state.has(slot) ? undefined : state.plainAt(slot);
    return plain === undefined || carriedValue(slot, plain) === undefined ? elsewhere : [plain];
  }

  /** By policy, and by image where both say which. */
  ofPolicy(slot: Pin, state: PinIndex, isGoneOnly = false): readonly Pin[] {
    if (slot.setter === undefined) return [];
    const found = state.ofPolicy(slot.setter.policy).filter((pin) => !this.isOfOtherBranch(pin) && carriedValue(slot, pin) !== undefined && (!isGoneOnly || this.isGone(pin)));
    const sameImage = found.filter((pin) => !hasOtherRepository(slot, pin));
    return sameImage.length > 0 ? sameImage : found;
  }

  /** By image alone, where the object or the policy that had it is in the tree no more. */
  ofImage(slot: Pin, state: PinIndex): readonly Pin[] {
    if (slot.repository === undefined) return [];
    return state.ofRepository(slot.repository).filter((pin) => this.isOrphan(pin) && carriedValue(slot, pin) !== undefined && this.mayBeSelected(slot, pin));
  }

  /** What a generated pin was in a state that has its policy: by object, else the pins of the policy that stood elsewhere. */
  inPlaceOf(slot: Pin, state: PinIndex): readonly Pin[] {
    const found = this.ofObject(slot, state);
    return found.length > 0 ? found : this.ofPolicy(slot, state, true);
  }

  /** The same, or by image in a state that does not know the policy. */
  before(slot: Pin, state: PinIndex): readonly Pin[] {
    const found = this.inPlaceOf(slot, state);
    return found.length > 0 || this.knowsPolicy(slot, state) ? found : this.ofImage(slot, state);
  }

  /** What stood at the object and path of a committed pin, if a generated one can go on from there. */
  ofGone(slot: Pin, origin: Pin, state: PinIndex): readonly Pin[] {
    return state.ofObject(origin).filter((pin) => this.isOrphan(pin) && carriedValue(slot, pin) !== undefined && !hasOtherRepository(slot, pin));
  }

  /** Pins of the same policy, or of the image and a policy that is gone as well, that leave the tree with other values than `here`, none with one of those. */
  leaving(slot: Pin, here: readonly Pin[], state: PinIndex): readonly Pin[] {
    const gonePins = this.goneOf(state);
    const ofImage = this.ofImage(slot, gonePins).filter(({ setter }) => setter !== undefined && this.generated.ofPolicy(setter.policy).length === 0);
    const gone = [...new Set([...this.ofPolicy(slot, gonePins), ...ofImage])].filter((pin) => !here.includes(pin));
    const values = distinctValues(slot, here);
    return gone.some((pin) => values.includes(carriedValue(slot, pin)!.value)) ? [] : gone;
  }

  /** The pins of the same policy and image that stay where they are, and that nobody holds. */
  others(slot: Pin, state: PinIndex): readonly Pin[] {
    return this.ofPolicy(slot, state).filter((pin) => !isHeld(pin) && !this.isGone(pin) && placeOf(pin) !== placeOf(slot) && !hasOtherRepository(slot, pin));
  }

  /** Whether a state has a pin with the policy of a generated one; of a scalar without a policy, nothing can be said. */
  knowsPolicy({ setter }: Pin, state: PinIndex): boolean {
    return setter === undefined || state.ofPolicy(setter.policy).length > 0;
  }

  /** Whether a merge brought a marker, and its tag, from the branch that it was for. */
  isOfOtherBranch({ branch }: Pin): boolean {
    return branch !== undefined && !this.isOnBranch(branch);
  }

  /** The pins of a state that are in no place of the new tree: few, where all the pins of an image may be thousands. */
  private goneOf(state: PinIndex): PinIndex {
    const known = this.gone.get(state) ?? new PinIndex(state.name, state.pins.filter((pin) => this.isGone(pin)));
    this.gone.set(state, known);
    return known;
  }

  /** Whether the new tree has no pin in that place. */
  isGone(pin: Pin): boolean {
    return !this.generated.has(pin);
  }

  /** Whether the new tree has no pin in that place, or none of that policy. */
  private isOrphan(pin: Pin): boolean {
    if (pin.branch !== undefined) return false;
    return this.isGone(pin) || (pin.setter !== undefined && this.generated.ofPolicy(pin.setter.policy).length === 0);
  }

  /** A value that the policy could never have chosen belongs to another one, such as another branch's. */
  private mayBeSelected(slot: Pin, pin: Pin): boolean {
    const tag = tagOf(slot, carriedValue(slot, pin)!.value);
    return slot.setter === undefined || tag === undefined || this.policies().canSelect(slot.setter.policy, tag) !== false;
  }
}

export function hasPolicyOf(slot: Pin, pin: Pin): boolean {
  return slot.setter?.policy === pin.setter?.policy;
}

function hasOtherRepository(slot: Pin, pin: Pin): boolean {
  return slot.repository !== undefined && pin.repository !== undefined && slot.repository !== pin.repository;
}

/** In one place, with another policy and another image (or, in a list without names, perhaps another item). */
function isOtherImage(slot: Pin, pin: Pin): boolean {
  if (slot.setter === undefined || pin.setter === undefined || hasPolicyOf(slot, pin)) return false;
  const isKnown = slot.repository !== undefined && pin.repository !== undefined;
  return isKnown ? slot.repository !== pin.repository : /\[\d+\]/.test(slot.path);
}
