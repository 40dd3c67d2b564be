import { distinctValues } from './carried-value';
import type { Committed } from '../committed';
import type { Pin } from './pin';
import { hasPolicyOf, type PinCandidates } from './pin-candidates';
import type { PinIndex } from './pin-index';

/**
 * What leaves the working copy only now, with another value, though it was there when a generated pin came to its place: that
 * pin has not taken it over. So Git leaves it, having merged or rebased alone what moved one pin on each side, or put files
 * of one branch into another.
 */
export class Rivals {
  private searches = 0;

  constructor(private readonly committed: Committed, private readonly candidates: PinCandidates, private readonly present: PinIndex) {}

  /** @param here what the generated pin goes on from */
  of(slot: Pin, here: readonly Pin[]): readonly Pin[] {
    const leaving = this.committed.git === undefined || here.length === 0 || !this.present.has(slot) ? [] : this.candidates.leaving(slot, here, this.present);
    if (leaving.length === 0) return [];
    const head = this.committed.pinsOf('HEAD');
    // It may not be committed at all, as after `git cherry-pick --no-commit`.
    const before = head.has(slot) ? this.beforeArrival(slot, here) : [head];
    const isOrigin = (pin: Pin, state: PinIndex): boolean => state.has(pin) && distinctValues(slot, [pin, ...state.at(pin)]).length === 1 && (hasPolicyOf(slot, pin) || !this.candidates.knowsPolicy(slot, state));
    return leaving.filter((pin) => before.some((state) => !state.has(slot) && isOrigin(pin, state)));
  }

  /** What there was before a pin came to its place, if it has had its value since then: what somebody changed later is meant. */
  private beforeArrival(slot: Pin, here: readonly Pin[]): PinIndex[] {
    const git = this.committed.git!;
    const isMerge = git.parents('HEAD').length > 1;
    if (!isMerge && ++this.searches > MOST_SEARCHES) return [];
    const arrival = isMerge ? 'HEAD' : git.arrival(slot.comment, slot.file);
    if (arrival === undefined || distinctValues(slot, [...here, ...this.committed.pinsOf(arrival).at(slot)]).length > 1) return [];
    return git.parents(arrival).map((parent) => this.committed.pinsOf(parent));
  }
}

/** Searching history takes its time; so many pins of one policy do not move at once without a merge. */
const MOST_SEARCHES = 20;
