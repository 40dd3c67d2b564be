import type { Milestone, Subject } from './milestone';

/** Why something cannot come up, from what the order of a cluster does not show. */
export interface Obstacle {
  readonly kind: Subject['kind'];
  /** `namespace/name`. */
  readonly key: string;
  /** What it keeps from happening. */
  readonly stops: Milestone['event'];
  /** What found it: the id of a check, or `suspended`. */
  readonly rule: string;
  readonly message: string;
  readonly fix: string;
  /** Where it stands, if it stands somewhere: `apps/sync.yaml:12`. */
  readonly at?: string;
}
