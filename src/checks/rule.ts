import type { Step } from '../model/fields';
import type { AppliedObject } from '../model/applied-object';
import type { SourceObject } from '../model/source-object';
import type { CheckContext } from './check-context';

/**
 * How much a finding matters. An `error` is broken or will break in the cluster, a `warning` deserves a change or a reason,
 * a `notice` is worth knowing.
 */
export type Severity = 'error' | 'warning' | 'notice';

/** One thing that `fluxwright check` looks for: a file in this folder, named like its id. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what goes wrong where it is not heeded. */
  readonly why: string;
  /** A few lines of YAML with the fault. */
  readonly example: string;
  /** What to do, as an instruction. */
  readonly fix: string;
  /** Where the behaviour is documented. */
  readonly link: string;
  /**
   * What it has to have: `render` for what kustomize and Flux make of the files, `base` for the state to compare with.
   * @default the files alone
   */
  readonly needs?: 'render' | 'base';
  /**
   * Whether the line that it points at may hold a secret, so that no report shows it.
   * @default false - the line is shown, but for those of a Secret
   */
  readonly confidential?: boolean;
  /**
   * Rules that say the same better: it is silent where one of them speaks of the same line, or of a file that its report is about.
   * @default none
   */
  readonly yieldsTo?: readonly string[];
  /**
   * Whether what it finds spoils the whole object, so that rules that yield to it are silent about all of that.
   * @default false - about that line
   */
  readonly spoilsObject?: boolean;
  /** Everything that it finds. It never throws on odd data. */
  find(context: CheckContext): Iterable<Report>;
}

/** What a rule says of one place. */
export interface Report {
  readonly at: Place;
  /** One sentence with the offending value; no file and line, which are printed in front of it. */
  readonly message: string;
  /**
   * What to do about this one, if that can be told more exactly.
   * @default the rule's own
   */
  readonly fix?: string;
  /** @default the rule's own */
  readonly severity?: Severity;
  /** Which Flux Kustomizations it concerns, by `cluster: key`, where one file is applied by several. */
  readonly in?: string;
  /** Files in which rules that it yields to may have found the same; by default that one line alone. */
  readonly about?: Iterable<string>;
}

/** An object, with a field of it if the finding is about one; or a line of a file. */
export type Place =
  | { readonly object: AppliedObject | SourceObject; readonly path?: readonly Step[] }
  | { readonly file: string; readonly line?: number; readonly document?: number; readonly path?: readonly Step[] };
