import type { AppliedObject } from './applied-object';
import type { Data } from './fields';

/** A Flux Kustomization of a cluster, with what it applies. */
export interface FluxKustomization extends Pick<Build, 'variables' | 'unset' | 'leftOut'> {
  /** `flux-system/apps`: unique within its cluster. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  /** The object as its own parent applies it. */
  readonly object: AppliedObject;
  readonly data: Data;
  /** The Flux Kustomization that applies it; undefined for one that flux bootstrap or a person does. */
  readonly parent: FluxKustomization | undefined;
  /** Its path from the tree's root; undefined where its source is not this repository. */
  readonly path: string | undefined;
  /** What it applies; none where its path is not here. */
  readonly objects: readonly AppliedObject[];
  /** Every file that its build reads. */
  readonly files: ReadonlySet<string>;
  /** Why it cannot be built, in kustomize's or our words; undefined if it can. */
  readonly failure: string | undefined;
}

/** What one entry point brings up: a real cluster has one. */
export interface Cluster {
  /** The path of its entry point, such as `clusters/production`. */
  readonly name: string;
  /** The directory that its paths begin at: '' but for a repository that lies in a folder of another. */
  readonly root: string;
  /** In the order in which they were found, from the entry point down. */
  readonly kustomizations: readonly FluxKustomization[];
  /** What is applied beside Flux Kustomizations: files that a person applies with kubectl, the entry point among them. */
  readonly byHand: readonly AppliedObject[];
}

/** What a Flux Kustomization is built from. */
export interface BuildRequest {
  readonly object: AppliedObject;
  readonly path: string;
  /** The namespace that Flux takes it to be in. */
  readonly namespace: string;
  /** What the cluster is known to have when it is built: variables may come from there. */
  readonly applied: readonly AppliedObject[];
}

/** What a build gives. */
export interface Build {
  readonly objects: readonly AppliedObject[];
  readonly files: ReadonlySet<string>;
  readonly failure?: string;
  /** What is substituted in its objects; undefined where nothing is, or where that is not known. */
  readonly variables?: Variables;
  /** Variables without a value and a default, by the object that has them; Flux fails for them since 2.9. */
  readonly unset?: readonly UnsetVariable[];
  /** URLs that it was built without, since they are in no cache. */
  readonly leftOut?: readonly string[];
}

/** The variables of `spec.postBuild`. */
export interface Variables {
  /** By name; undefined for a value that is encrypted. */
  readonly values: ReadonlyMap<string, string | undefined>;
  /** What `substituteFrom` names and nothing in the tree makes, such as `Secret flux-system/cluster`: any variable may come from there. */
  readonly missing: readonly string[];
  /** Whether Flux substitutes at all: it does not without variables, unless told to. */
  readonly isActive: boolean;
}

export interface UnsetVariable {
  readonly name: string;
  readonly object: AppliedObject;
}

/** How objects are got from directories: by walking along kustomization files, or by kustomize itself. */
export type Builder = (requests: readonly BuildRequest[]) => Promise<readonly Build[]>;
