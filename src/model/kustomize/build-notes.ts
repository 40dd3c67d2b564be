import type { Data } from '../fields';
import type { BuiltObject, Written } from './built-object';
import type { Patch } from './patches';

/** What is worth saying of a build, with the directory that is built. */
export type BuildNote = { readonly directory: string; /** Whether it is said of a component or of what Flux adds, which are not the directory's own. */ readonly owner: BuildOwner } & (
  | PatchNote | OperationNote | ImageNote | ReplicasNote | GeneratorNote | TwiceNote | ClashNote
);

export type BuildOwner = 'directory' | 'component' | 'flux';

/** What a patch finds; several for one that names several objects. */
export interface PatchNote {
  readonly type: 'patch';
  readonly patch: Patch;
  /** What it names, for one without a target. */
  readonly part?: Data;
  readonly hits: readonly BuiltObject[];
  /** Whether it may find more than what is seen. */
  readonly isOpen: boolean;
  /** What there was to find. */
  readonly candidates: readonly BuiltObject[];
}

/** An operation of a JSON patch that does not fit an object which it is applied to. */
export interface OperationNote {
  readonly type: 'operation';
  readonly patch: Patch;
  readonly index: number;
  readonly object: BuiltObject;
  readonly text: string;
  readonly fails: boolean;
}

/** An entry of `images`. */
export interface ImageNote {
  readonly type: 'image';
  readonly at: Written;
  readonly name: string;
  readonly isFound: boolean;
  /** The images that there are. */
  readonly images: readonly string[];
}

/** An entry of `replicas` that names nothing which has them. */
export interface ReplicasNote {
  readonly type: 'replicas';
  readonly at: Written;
  readonly name: string;
  readonly candidates: readonly BuiltObject[];
}

/** A generator that merges into what is not there, or makes what is there already. */
export interface GeneratorNote {
  readonly type: 'generator';
  readonly at: Written;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly behavior: string;
  readonly exists: boolean;
  readonly candidates: readonly BuiltObject[];
}

/** A resource that brings an object which is there already. */
export interface TwiceNote {
  readonly type: 'twice';
  readonly at: Written;
  readonly object: BuiltObject;
  readonly first: BuiltObject;
}

/** Two objects that `namespace:` makes one of. */
export interface ClashNote {
  readonly type: 'clash';
  readonly at: Written;
  readonly namespace: string;
  readonly objects: readonly [BuiltObject, BuiltObject];
}
