import { distinctValues } from './carried-value';
import type { Committed } from '../committed';
import type { Pin } from './pin';
import { hasPolicyOf, type PinCandidates } from './pin-candidates';
import type { PinIndex } from './pin-index';

/**
 * What leaves the working copy only now, with another value, though it was there when a generated pin came to its place: that
 * pin has not taken it over. So Git leaves it, having merged or rebased alone what moved one pin on each side, or put files of one branch into another.
 * @param here what a generated pin goes on from
 */
export function rivalsOf(slot: Pin, here: readonly Pin[], present: PinIndex, candidates: PinCandidates, committed: Committed): readonly Pin[] {
  const { git } = committed;
  const leaving = git === undefined || !present.has(slot) ? [] : candidates.leaving(slot, here, present);
  if (git === undefined || leaving.length === 0) return [];
  const parents = git.parents('HEAD');
  // It may not be committed at all, as after `git cherry-pick --no-commit`.
  const before = ['HEAD', ...(parents.length > 1 ? parents : git.parentsOfArrival(slot.comment, slot.file))].map((revision) => committed.pinsAt('', git.commit(revision) ?? new Map<string, string>())).filter((state) => !state.has(slot));
  return leaving.filter((pin) => before.some((state) => state.has(pin) && distinctValues(slot, [pin, ...state.at(pin)]).length === 1 && (hasPolicyOf(slot, pin) || !candidates.knowsPolicy(slot, state))));
}
