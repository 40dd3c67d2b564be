import type { ImageReference } from '../tree/image-reference';
import type { Consequence } from './consequences/consequence';

/**
 * What differs between two states of a Flux repository, as data: the diff makes it, and everything that shows or asserts a
 * diff is made from it alone. Nothing in it is a secret: values of Secrets and what SOPS encrypts never get this far.
 *
 * Everything is sorted by code unit, so that the same two states always give the same diff.
 */
export interface Diff {
  /** `source`: objects as files hold them. `rendered`: objects as Flux would apply them. */
  readonly level: 'source' | 'rendered';
  /** What was compared, for people: `origin/main (1a2b3c4)`, `the working tree`. */
  readonly sides: { readonly before: string; readonly after: string };
  /** Every change, each once; `id` is its place here. */
  readonly changes: readonly Change[];
  /** The same changes for reading: folded, and by what applies them. */
  readonly groups: readonly ChangeGroup[];
  /** What will happen in the clusters, the worst first. */
  readonly consequences: readonly Consequence[];
  /** Files that could not be read on a side; the other side was compared all the same. */
  readonly broken: readonly BrokenSide[];
  /** What could not be found out, and how it could. */
  readonly limits: readonly Limit[];
  readonly counts: DiffCounts;
}

/** One thing that differs. */
export interface Change {
  readonly id: number;
  readonly subject: Subject;
  /**
   * `moved`: the same object in another file, or applied by another Flux Kustomization; its fields may differ, too.
   * `changed`: at its place.
   */
  readonly type: 'added' | 'removed' | 'changed' | 'moved';
  /** Undefined for what is added. */
  readonly before: Version | undefined;
  /** Undefined for what is removed. */
  readonly after: Version | undefined;
  /** How the versions differ; none for what is added or removed. */
  readonly fields: readonly FieldChange[];
}

/** What a change is about. */
export type Subject = ObjectSubject | FileSubject;

/** An object of Kubernetes. */
export interface ObjectSubject {
  readonly type: 'object';
  readonly apiVersion: string;
  /** '' for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** Whether SOPS has encrypted values of it on a side. */
  readonly encrypted: boolean;
}

/** A file that holds no objects of its own. */
export interface FileSubject {
  readonly type: 'file';
  readonly path: string;
  /**
   * What it is there for: a kustomization.yaml, a patch, settings of a transformer, what a generator reads, or something else
   * that a Flux Kustomization's folder has.
   */
  readonly role: 'kustomization' | 'patch' | 'configuration' | 'input' | 'other';
  /** How it was compared: field by field, line by line, or not at all but for being different. */
  readonly comparedAs: 'data' | 'lines' | 'bytes';
}

/** An object or a file on one side. */
export interface Version {
  /** Its file's path from the root; undefined for what kustomize generates. */
  readonly file: string | undefined;
  /** From 1; 0 where there is none. */
  readonly line: number;
  /** What applies it, in every cluster that it reaches; none if nothing does. */
  readonly appliers: readonly Applier[];
  /** What it holds, with secret values hidden (see {@link HIDDEN}): data, or the text of a file compared by lines. */
  readonly content: unknown;
}

/** What brings an object into a cluster. */
export interface Applier {
  /** The path that the cluster is bootstrapped from: `clusters/production`. */
  readonly cluster: string;
  /** `flux-system/apps`; undefined for what a person applies with kubectl. */
  readonly kustomization: string | undefined;
  /** The shortest name that tells it from others like it: `production`, or `shop-dev` where stages share a cluster. */
  readonly stage: string;
}

/** What differs at one place of an object or a file. */
export interface FieldChange {
  /** `spec.template.spec.containers[name=web].image`; '' for the whole; a line number range for lines. */
  readonly path: string;
  /** The same step by step. */
  readonly steps: readonly FieldStep[];
  /**
   * `reordered`: the items are the same, and their order counts.
   * `marked`: the value is the same, and what Flux's image automation is told of it differs.
   */
  readonly type: 'added' | 'removed' | 'changed' | 'reordered' | 'marked';
  /** Undefined where there was nothing; {@link HIDDEN} for a secret. */
  readonly before: unknown;
  /** Undefined where there is nothing; {@link HIDDEN} for a secret. */
  readonly after: unknown;
  /** Set where the values are an image, or the part of one that an image policy sets. */
  readonly image?: ImageChange;
}

/** A key, an index of a list, or the item of a list that has these fields: `{ name: 'web' }`, `{ port: 80, protocol: 'TCP' }`. */
export type FieldStep = string | number | Readonly<Record<string, string | number>>;

export interface ImageChange {
  /** Undefined where there was none. The repository is '' where the value is a tag alone. */
  readonly before: ImageReference | undefined;
  readonly after: ImageReference | undefined;
  /** `namespace:name` of the ImagePolicies that the markers name. */
  readonly policy: { readonly before: string | undefined; readonly after: string | undefined };
}

/** Stands where a secret value is. */
export const HIDDEN = '(secret)';

/** Changes that read as one, under what applies them. */
export interface ChangeGroup {
  /** Sorted; none for what nothing applies. */
  readonly appliers: readonly Applier[];
  readonly entries: readonly ChangeEntry[];
}

/** Changes that are the same but for their place: of one file each stage, or of one render each. The first stands for all. */
export interface ChangeEntry {
  readonly changes: readonly [Change, ...Change[]];
}

export interface BrokenSide {
  readonly side: 'before' | 'after';
  readonly file: string;
  /** Why, with the line. */
  readonly problem: string;
}

export interface Limit {
  readonly reason: string;
  readonly fix: string;
}

export interface DiffCounts {
  /** Files on either side. */
  readonly files: number;
  /** Files that are not the same byte for byte. */
  readonly different: number;
  /** Files whose comments, layout or order of keys alone differ. */
  readonly layoutOnly: number;
  /** Different files that are nothing to Flux: no objects, and no build reads them. */
  readonly unrelated: number;
  /** Different files that were parsed. */
  readonly parsed: number;
  /** Files that are the same on both sides, and were parsed to learn what applies the others, or what goes with them. */
  readonly parsedUnchanged: number;
  /** Flux Kustomizations that were built on a side, out of all; only for a rendered diff. */
  readonly rendered?: { readonly built: number; readonly of: number };
}
