import type { Severity as FindingSeverity } from '../checks/rule';
import type { Change, Diff } from '../diff/changes';
import type { Consequence, Severity } from '../diff/consequences/consequence';

/**
 * What a page knows from the start, as the JSON that is embedded in it. Everything is named by its place in its list:
 * `kustomizations[3]` is at `#k3`, its object 5 at `#k3.5`, `entries[4]` at `#c4`, `findings[2]` at `#f2`. Long texts are
 * beside it, see {@link PageTexts}. Nothing in it is a secret, and nothing in it moves a cursor or turns text around.
 */
export interface Page {
  readonly subject: 'diff' | 'graph';
  readonly title: string;
  readonly sides: Diff['sides'] | undefined;
  /** `3 changed and 1 moved`. */
  readonly summary: string;
  /** What was looked at. */
  readonly scope: string;
  /** What could not be read, compared or checked. */
  readonly notes: readonly PageNote[];
  readonly consequences: readonly PageConsequence[];
  readonly groups: readonly PageGroup[];
  readonly entries: readonly PageEntry[];
  readonly clusters: readonly PageCluster[];
  readonly kustomizations: readonly PageKustomization[];
  readonly findings: readonly PageFinding[];
}

/** Long texts, each looked at only when a person opens what it belongs to. */
export interface PageTexts {
  /** By Kustomization: the YAML of its objects, in their order; `undefined` for all of them where there is no room. */
  readonly objects: readonly (readonly string[] | undefined)[];
  /** By entry. */
  readonly entries: readonly (PageVersions | undefined)[];
  /** By cluster: its drawing as SVG, where one can be looked at. */
  readonly drawings: readonly (string | undefined)[];
}

/** Both sides of a change, and how the lines of one become those of the other. */
export interface PageVersions {
  readonly before: string;
  readonly after: string;
  readonly edits: LineEdits;
}

/** Pairs of what and how many lines: 0 the same on both sides, 1 only before, 2 only after. */
export type LineEdits = readonly number[];

export interface PageNote {
  readonly problem: string;
  readonly fix: string;
}

export interface PageConsequence {
  readonly class: Consequence['class'];
  readonly severity: Severity;
  readonly title: string;
  readonly affected: readonly string[];
  readonly where: string;
  readonly facts: readonly string[];
  readonly rule: Consequence['evidence']['rule'];
  readonly advice: readonly string[];
  /** Entries that it follows from. */
  readonly entries: readonly number[];
}

/** Entries under what applies them. */
export interface PageGroup {
  readonly title: string;
  readonly entries: readonly number[];
}

/** Changes that read as one. */
export interface PageEntry {
  readonly type: Change['type'];
  readonly title: string;
  /** `apps/web.yaml:3`. */
  readonly place: string;
  /** Where it was before it moved. */
  readonly from: string | undefined;
  /** Where else the same happens, or what goes along; '' where there is nothing. */
  readonly more: string;
  readonly isEncrypted: boolean;
  readonly fields: readonly PageField[];
  readonly kustomizations: readonly number[];
  readonly findings: readonly number[];
}

export interface PageField {
  readonly type: 'added' | 'removed' | 'changed';
  readonly path: string;
  readonly text: string;
}

export interface PageCluster {
  readonly name: string;
  /** `clusters/production: 12 Flux Kustomizations in 4 waves`. */
  readonly headline: string;
  /** Kustomizations by the wave that they apply in. */
  readonly waves: readonly (readonly number[])[];
  /** Those that never become ready. */
  readonly never: readonly number[];
  /** What each box of the drawing is: the place that a click leads to, or ''. */
  readonly boxes: readonly string[];
}

export interface PageKustomization {
  readonly cluster: number;
  /** `flux-system/apps`. */
  readonly key: string;
  /** As short as it is clear in its cluster. */
  readonly name: string;
  readonly path: string;
  readonly wave: number | undefined;
  /** Why it never becomes ready. */
  readonly why: string | undefined;
  readonly failure: string | undefined;
  /** Whether the cluster comes up no sooner than after it. */
  readonly isCritical: boolean;
  /** What there is to say of its turn. */
  readonly notes: readonly string[];
  readonly needs: readonly PageNeed[];
  readonly objects: readonly PageObject[];
  readonly findings: readonly number[];
  readonly entries: readonly number[];
}

export interface PageNeed {
  /** `depends on`. */
  readonly reason: string;
  readonly on: readonly number[];
}

export interface PageObject {
  readonly kind: string;
  /** `shop/web`, or the name alone. */
  readonly name: string;
  readonly place: string;
  readonly images: readonly string[];
  readonly findings: readonly number[];
}

export interface PageFinding {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly place: string;
  readonly object: string;
  readonly message: string;
  readonly fix: string;
  readonly kustomizations: readonly number[];
}
