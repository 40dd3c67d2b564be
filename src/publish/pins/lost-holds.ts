import type { Committed } from '../committed';
import type { Merge } from '../merge';
import type { Pin } from './pin';
import type { PinCandidates } from './pin-candidates';
import type { PinIndex } from './pin-index';
import { describePin } from './pin-words';

/**
 * Holds that the commit in HEAD dropped, to warn of: one side of a merge had them, or a file that HEAD deletes while its
 * object went on elsewhere. They are not put back, since it is committed.
 */
export function lostHolds(committed: Committed, settled: readonly Pin[], candidates: PinCandidates, { merge, deleted }: { readonly merge: Merge | undefined; readonly deleted: PinIndex }): string[] {
  const isHeldIn = (pin: Pin, state: PinIndex): boolean => candidates.ofObject(pin, state).some(({ isOnHold }) => isOnHold);
  return settled.flatMap((pin) => {
    if (pin.isOnHold || pin.hold !== undefined) return [];
    const side = merge === undefined || isHeldIn(pin, merge.base) ? undefined : merge.sides.find((one) => isHeldIn(pin, one));
    const from = side?.name ?? (isHeldIn(pin, deleted) ? 'the commit before HEAD' : undefined);
    if (from === undefined) return [];
    // Who released it after that commit knows.
    return isHeldIn(pin, committed.pinsOf('HEAD')) ? [] : [`warning: pin ${describePin(pin)}: follows its policy, while ${from} has it on hold; if it should stay so: fluxwright pins hold ${pin.file}#${pin.setter!.policy}`];
  });
}
