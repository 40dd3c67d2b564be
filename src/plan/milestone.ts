import type { AppliedObject } from '../model/applied-object';
import type { FluxKustomization } from '../model/flux-kustomization';

/** A Flux object that comes up in steps: a Kustomization, or a HelmRelease that one applies. */
export interface Subject {
  readonly kind: 'Kustomization' | 'HelmRelease';
  /** `namespace/name`. */
  readonly key: string;
  readonly object: AppliedObject;
  /** The Kustomization itself, or the one that applies the HelmRelease. */
  readonly kustomization: FluxKustomization;
}

/** What a subject gets to: it has applied what it applies, and then it is Ready. */
export interface Milestone {
  readonly subject: Subject;
  readonly event: 'applied' | 'ready';
}

/** Why one thing has to wait for another. */
export type NeedReason =
  /** Its Kustomization object is there as soon as its parent has applied it. */
  | 'applied-by'
  /** By dependsOn. */
  | 'depends-on'
  /** Another Kustomization applies its source. */
  | 'source'
  /** It applies objects of a CRD that another Kustomization installs. */
  | 'crd'
  /** It applies objects in a namespace that another Kustomization makes. */
  | 'namespace'
  /** By `wait: true`, for what it applies. */
  | 'wait'
  /** By healthChecks. */
  | 'health-check';

/** Something that has to be there before a milestone; any of several will do. */
export interface Need {
  readonly reason: NeedReason;
  /** None where nothing gives what is needed. */
  readonly anyOf: readonly Milestone[];
  /** What is needed, where the milestones do not say it: a kind, a namespace, the key of what is missing. */
  readonly what?: string;
}

/** A need that stands in no dependsOn: Flux starts too early, fails, and tries again. */
export function isFoundOutByFailing({ reason }: Need): boolean {
  return reason === 'source' || reason === 'crd' || reason === 'namespace';
}

export function subjectId({ kind, key }: Pick<Subject, 'kind' | 'key'>): string {
  return `${kind} ${key}`;
}
