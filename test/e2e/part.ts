import type { Program } from './harness/programs';
import type { Report } from './harness/report';
import type { Scope } from './harness/scope';

/** What a part gets to run with. */
export interface Run {
  readonly report: Report;
  /** Ends with the part. */
  readonly scope: Scope;
  /** What random choices start from; the same seed makes the same choices. */
  readonly seed: number;
}

/** A part of the proof, which can be run by its name. */
export interface Part {
  readonly summary: string;
  /** What has to be built first. */
  readonly programs: readonly Program[];
  run(run: Run): Promise<void>;
}
