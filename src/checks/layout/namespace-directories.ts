import type { Repository } from '../../model/repository';
import type { SourceObject } from '../../model/source-object';
import { isFluxKustomization } from '../../model/sources';
import { baseName, directoryOf } from '../../tree/path';
import { memoized } from '../memoized';

/** A directory that is called like the namespace of what lies in it, with what makes Flux apply it. */
export interface NamespaceDirectory {
  readonly path: string;
  /** Also the directory's name. */
  readonly namespace: string;
  /** The objects of its sync.yaml, if it has one. */
  readonly sync: readonly SourceObject[] | undefined;
  readonly hasKustomization: boolean;
}

/** So many neighbours with both files are a custom, and not a coincidence. */
const FEWEST = 3;

/**
 * The directories of trees that keep each namespace in a directory of its name, with a sync.yaml for Flux and a
 * kustomization.yaml for kustomize. None where fewer than three neighbours do so, or less than half of them.
 */
export const namespaceDirectories = memoized((repository: Repository): readonly NamespaceDirectory[] => {
  const parents = new Set([...repository.kustomizations.keys()].filter((directory) => directory !== '').map(directoryOf));
  return [...parents].sort().flatMap((parent) => {
    const children = repository.directoriesIn(parent).map((path) => namespaceDirectory(repository, path)).filter(({ path }) => baseName(path) !== 'flux-system');
    const complete = children.filter(({ sync, hasKustomization }) => sync !== undefined && hasKustomization);
    if (complete.length < FEWEST || complete.length * 2 < children.length) return [];
    return children.filter(({ sync, hasKustomization }) => sync !== undefined || hasKustomization);
  });
});

function namespaceDirectory(repository: Repository, path: string): NamespaceDirectory {
  const file = `${path}/sync.yaml`;
  const sync = repository.tree.has(file) ? repository.objectsIn(file) : undefined;
  return { path, namespace: baseName(path), sync: sync?.some(isFluxKustomization) === true ? sync : undefined, hasKustomization: repository.kustomizations.has(path) };
}
