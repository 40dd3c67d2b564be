import type { Step } from '../fields';
import type { AppliedObject } from '../applied-object';
import type { SourceObject } from '../source-object';

/** A name that an object has on its way through a build. */
export interface BuiltName {
  readonly name: string;
  readonly namespace: string | undefined;
}

/** An object as kustomize carries it along. */
export interface BuiltObject {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** From the one that it was written with to the one that it has now. */
  readonly ids: readonly [BuiltName, ...BuiltName[]];
  /** As far as it can be told; `UNSEEN` stands for the rest. */
  readonly data: unknown;
  /** Where it is written; undefined for what is generated. */
  readonly source: SourceObject | undefined;
}

/** Where something is written: a field of a file, or of an object such as a Flux Kustomization. */
export type Written =
  | { readonly file: string; readonly path: readonly Step[] }
  | { readonly object: AppliedObject; readonly path: readonly Step[] };
