import type { NeedReason } from './milestone';

/** What `fluxwright plan` says, as data: every format is made from it alone. */
export interface Plan {
  readonly clusters: readonly ClusterPlan[];
  /** What the plan is of: all of a tree, a cluster that is to be made, or a change. */
  readonly of: 'tree' | 'from-scratch' | 'change';
  /** For a change: the two states, for people. */
  readonly sides?: { readonly before: string; readonly after: string };
  /** Changed files that no Kustomization of any cluster is built from. */
  readonly unapplied?: readonly string[];
}

export interface ClusterPlan {
  /** The path of its entry point. */
  readonly cluster: string;
  /** How many Flux Kustomizations it has. */
  readonly kustomizations: number;
  /** In the order in which they come up; those of one wave in parallel. For a change: only those that it touches, and their dependants. */
  readonly waves: readonly (readonly PlannedStep[])[];
  readonly never: readonly PlannedNever[];
  readonly criticalPath: readonly PlannedLink[];
  /** The timeouts of all that is waited for on the critical path, in seconds; undefined where one is not known. */
  readonly longest: number | undefined;
  /** From scratch: what a person does, in order. */
  readonly runbook?: readonly RunbookStep[];
  /** For a change: Kustomizations that are no longer there. */
  readonly removed?: readonly PlannedRemoval[];
}

export interface PlannedStep {
  /** `namespace/name`. */
  readonly kustomization: string;
  /** Undefined where its source is another repository, so that nothing is known of what it applies. */
  readonly path: string | undefined;
  /** The wave that it is ready in, if that is a later one. */
  readonly readyIn?: number;
  readonly waits: boolean;
  /** Seconds until Flux gives up on what it waits for. */
  readonly timeout: number | undefined;
  readonly after: readonly PlannedWait[];
  /** What it needs and does not wait for. */
  readonly early: readonly PlannedWait[];
  /** Seconds until it is tried again when it has failed. */
  readonly retry: number | undefined;
  /** For a change: why it is touched. */
  readonly touched?: Touch;
}

export interface PlannedWait {
  readonly reason: NeedReason;
  /** Any of these will do. */
  readonly on: readonly string[];
  readonly what?: string;
}

export interface PlannedLink {
  readonly kustomization: string;
  readonly because: NeedReason | undefined;
}

export interface PlannedNever {
  readonly kind: 'Kustomization' | 'HelmRelease';
  readonly key: string;
  /** The wave in which it is applied, if it gets that far. */
  readonly appliesIn: number | undefined;
  /** What is wrong with it itself; none where it only waits. */
  readonly faults: readonly PlannedFault[];
  /** What it waits for in vain: keys of Kustomizations, and HelmReleases with their kind. */
  readonly blockedBy: readonly { readonly reason: NeedReason; readonly on: string }[];
  /** Those that are at fault for it in the end, by kind and key. */
  readonly becauseOf: readonly string[];
  readonly touched?: Touch;
}

export interface PlannedFault {
  /** The id of the check that finds it, `suspended`, or `waits-in-circle`. */
  readonly rule: string;
  readonly message: string;
  readonly fix: string;
  /** `file:line`. */
  readonly at?: string;
}

/** Why a change concerns a Kustomization. */
export interface Touch {
  /** Files that it is built from and that differ; its own among them. */
  readonly files: readonly string[];
  /** Objects that it applies and that differ. None, although files do, where the build comes out the same. */
  readonly objects: { readonly added: number; readonly changed: number; readonly removed: number };
  readonly isNew: boolean;
  /** Whether its own spec differs. */
  readonly isChanged: boolean;
  /** What it depends on, or is applied by, that is touched, for one that is not touched itself. */
  readonly behind: readonly string[];
}

export interface PlannedRemoval {
  readonly kustomization: string;
  /** What becomes of what it has applied. */
  readonly objects: number;
  readonly isPruned: boolean;
}

/** Something that a person does by hand. */
export interface RunbookStep {
  readonly title: string;
  /** For a POSIX shell; they take what is not in the tree from variables. */
  readonly commands: readonly string[];
  readonly notes: readonly string[];
}
