import { UserError } from '../errors';
import { hasConflictMarkers } from '../publish/conflict-markers';
import { mayHoldPins, pinsOf, type Pin } from '../publish/pins/pin';
import type { Tree } from '../tree/tree';

/** Every scalar of a tree that Flux's image automation sets, or would if it were not held. */
export interface FoundPins {
  readonly pins: readonly Pin[];
  /** Files with markers that cannot be read, and why. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/** The name of an image is what code and its ImageRepository say, so that it is no pin to hold. */
export function findPins(tree: Tree): FoundPins {
  const pins: Pin[] = [];
  const unreadable = new Map<string, string>();
  for (const file of tree) {
    if (file.type !== 'manifests' || !/\.ya?ml$/.test(file.path) || !mayHoldPins(file.text)) continue;
    if (hasConflictMarkers(file.text)) {
      unreadable.set(file.path, 'it has conflict markers');
      continue;
    }
    try {
      pins.push(...pinsOf(file).filter(({ setter }) => setter !== undefined && setter.part !== 'name'));
    } catch (error) {
      if (!UserError.is(error)) throw error;
      unreadable.set(file.path, error.problem);
    }
  }
  return { pins, unreadable };
}

/** Who decides about a pin's value. */
export type PinState = 'followed' | 'on hold' | 'held in code';

export function stateOf({ hold, isOnHold }: Pin): PinState {
  return hold !== undefined ? 'held in code' : isOnHold ? 'on hold' : 'followed';
}
