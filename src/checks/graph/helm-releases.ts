import { listAt, textAt } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import { memoized } from '../memoized';
import { namedIn, type Named } from './cluster-facts';

/** A HelmRelease of a cluster, with the Kustomization that applies it. */
export interface HelmRelease extends Named {
  readonly key: string;
  readonly namespace: string;
}

/** Those of which the namespace is known. */
export const helmReleasesOf = memoized((cluster: Cluster): readonly HelmRelease[] => cluster.kustomizations.flatMap((kustomization) => namedIn(kustomization).flatMap((named) => {
  const { group, kind, namespace, name } = named.identity;
  if (group !== 'helm.toolkit.fluxcd.io' || kind !== 'HelmRelease' || namespace === undefined) return [];
  return [{ ...named, namespace, key: `${namespace}/${name}` }];
})));

/** The `dependsOn` of something in a namespace, as keys. */
export function dependencyKeys(data: unknown, namespace: string): { readonly key: string; readonly name: string; readonly namespace: string; readonly index: number }[] {
  return listAt(data, 'spec.dependsOn').flatMap((dependency, index) => {
    const name = textAt(dependency, 'name');
    const of = textAt(dependency, 'namespace') ?? namespace;
    return name === undefined ? [] : [{ key: `${of}/${name}`, name, namespace: of, index }];
  });
}
