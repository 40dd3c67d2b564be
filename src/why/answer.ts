import type { Authorship } from '../history/authorship';
import type { Commit } from '../history/commit';

/** A line of code, from the project's folder. */
export interface CodePlace {
  readonly file: string;
  readonly line: number;
}

/** A construct that made something. */
export interface MadeBy {
  readonly path: string;
  readonly type: string;
  /** The innermost first. */
  readonly places: readonly CodePlace[];
}

/** A commit, and who made it. */
export interface ToldCommit {
  readonly commit: Commit;
  readonly by: Authorship;
  /** Whether the clone ends there, so that it may have been an earlier one. */
  readonly isEnd: boolean;
}

/** One thing that made a line what it is. */
export type Reason =
  | { readonly type: 'construct'; readonly construct: MadeBy; /** Whether it says this entry alone. */ readonly isEntry: boolean }
  | { readonly type: 'project'; readonly project: string; readonly because: string }
  | { readonly type: 'automation'; readonly policy: string; readonly part: string | undefined; readonly automations: readonly string[] }
  | { readonly type: 'held'; readonly literal: string; readonly policy: string | undefined; readonly isExact: boolean }
  | { readonly type: 'sops'; readonly state: 'encrypted' | 'plain' | 'metadata'; readonly recipients: readonly string[]; readonly modified: string | undefined; readonly rule: string | undefined }
  | { readonly type: 'release'; readonly url: string; readonly version: string; readonly sha256: string }
  | { readonly type: 'bootstrap'; readonly flux: string | undefined }
  | { readonly type: 'foreign'; readonly isExpected: boolean }
  | { readonly type: 'line'; readonly last: ToldCommit | undefined }
  | { readonly type: 'file'; readonly last: ToldCommit | undefined }
  | { readonly type: 'listed'; readonly file: string; readonly line: number; readonly role: string }
  | { readonly type: 'applied'; readonly kustomization: string; readonly cluster: string }
  | { readonly type: 'unapplied' };

/** Where a line, or a file, comes from. */
export interface Answer {
  readonly file: string;
  readonly line: number | undefined;
  readonly text: string | undefined;
  /** `Deployment web/server`. */
  readonly object: string | undefined;
  /** Such as `spec.template.spec.containers[name=server].image`. */
  readonly field: string | undefined;
  /** What decides first. */
  readonly reasons: readonly Reason[];
}
