import type { Applier, Change } from '../changes';

/** What a change will do in a cluster, with what shows it. */
export interface Consequence {
  readonly class: ConsequenceClass;
  /** `danger`: data or a running system is lost, or Flux stops. `warning`: look before you merge. `notice`: worth knowing. */
  readonly severity: Severity;
  /** What happens, in one sentence without a full stop: `deletes Cluster shop/pg, and its data with it`. */
  readonly title: string;
  /** What it happens to, one line each; none where the title says it all. */
  readonly affected: readonly string[];
  readonly evidence: Evidence;
  /** Where it happens; none where nothing applies it. */
  readonly appliers: readonly Applier[];
  /** What to do instead or first, step by step. */
  readonly advice: readonly string[];
}

export type Severity = 'danger' | 'warning' | 'notice';

export interface Evidence {
  /** The changes that it follows from. */
  readonly changes: readonly Change[];
  /** Where to look: `apps/web/deployment.yaml:12`, the field with both values, a commit. */
  readonly facts: readonly string[];
  /** What Flux, kustomize or Kubernetes does, and where that is documented. */
  readonly rule: Rule;
}

export interface Rule {
  readonly text: string;
  readonly link: string;
}

/** Every class, the worst first: consequences are told in this order. */
export const CONSEQUENCE_CLASSES = {
  'data-deleted': 'danger',
  'crd-deleted': 'danger',
  'namespace-deleted': 'danger',
  'kustomization-removed': 'danger',
  'dependency-deadlock': 'danger',
  'immutable-field': 'danger',
  'kustomization-fails': 'danger',
  'moved-between-kustomizations': 'danger',
  'stage-skipped': 'warning',
  'object-deleted': 'warning',
  'handling-changed': 'warning',
  'rbac-widened': 'warning',
  'exposed': 'warning',
  'source-changed': 'warning',
  'image-backwards': 'warning',
  'image-repository': 'warning',
  'image-by-hand': 'warning',
  'release-backwards': 'warning',
  'release-major': 'warning',
  'replicas-lowered': 'warning',
  'resources-lowered': 'warning',
  'not-applied': 'notice',
  'pods-restart': 'notice',
} as const satisfies Readonly<Record<string, Severity>>;

export type ConsequenceClass = keyof typeof CONSEQUENCE_CLASSES;
