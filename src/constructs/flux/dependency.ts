import type { FluxKustomization } from './flux-kustomization';

/** A Kustomization that has to be Ready first: the construct, or the name of one that the app does not make. */
export type Dependency = FluxKustomization | NamedDependency;

export interface NamedDependency {
  readonly name: string;

  /** @default the namespace of the one that depends on it */
  readonly namespace?: string;

  /**
   * A CEL expression over `dep` and `self` that says when it is ready enough. Needs Flux 2.7.
   * @default once it is Ready
   */
  readonly readyExpr?: string;
}

/** `dependsOn` as written into an object of `namespace`: it names the other's namespace only where that is another. */
export function dependencyFrom(namespace: string | undefined, dependency: Dependency): NamedDependency {
  return {
    name: dependency.name,
    namespace: dependency.namespace === namespace ? undefined : dependency.namespace,
    readyExpr: 'readyExpr' in dependency ? dependency.readyExpr : undefined,
  };
}
