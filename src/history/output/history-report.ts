import type { History } from '../arrival';
import type { Authors } from '../authorship';
import type { State } from '../state-at';

/** What is told of a history. */
export interface HistoryReport {
  /** For people: what is asked about, such as `clusters/prod on origin/prod`. */
  readonly title: string;
  readonly history: History;
  readonly authors: Authors;
  /** What was there at a time, where that is asked. */
  readonly state: (State & { readonly time: number }) | undefined;
  /** What a reader has to know of how far it can be trusted. */
  readonly notes: readonly string[];
  /** A time as people read it. */
  showTime(time: number): string;
  readonly colours: boolean;
}
