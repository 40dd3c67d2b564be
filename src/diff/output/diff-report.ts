import type { Diff } from '../changes';

/** What a format is made from. */
export interface DiffReport {
  readonly diff: Diff;
  /** Whether the reader is a terminal that knows colours. */
  readonly colours: boolean;
}

/** Makes the whole text of one output, without a line end behind it. */
export type Formatter = (report: DiffReport) => string;
