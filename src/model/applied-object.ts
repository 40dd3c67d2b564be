import type { ObjectIdentity, SourceObject } from './source-object';
import type { Data } from './fields';

/** An object as a Flux Kustomization applies it. */
export interface AppliedObject extends ObjectIdentity {
  readonly data: Data;
  /** Where it is written; undefined for what kustomize generates or fetches. */
  readonly source: SourceObject | undefined;
  /** The kustomization.yaml with the generator that makes it. */
  readonly generatedBy?: string;
  /** The URL of the release that it comes from, where kustomize fetches it. */
  readonly fetchedFrom?: string;
  /** As kustomize leaves it, where substitution has changed it. */
  readonly beforeSubstitution?: Data;
  /** Variables whose values cannot be seen from here: `${NAME}` still stands in it. */
  readonly unresolved?: readonly string[];
}
