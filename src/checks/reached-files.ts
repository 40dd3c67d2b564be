import { commentedReferences } from '../model/commented-references';
import { referencesOf, resolveTarget } from '../model/kustomization-file';
import type { Repository } from '../model/repository';
import type { CheckContext } from './check-context';
import { memoized } from './memoized';

/** Every file that some Kustomization of some cluster is built from, or that is applied by hand to begin one. */
export const reachedFiles = memoized(({ clusters }: CheckContext): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { kustomizations, byHand } of clusters) {
    for (const { source } of byHand) if (source !== undefined) found.add(source.file);
    for (const { files, object } of kustomizations) {
      for (const file of files) found.add(file);
      if (object.source !== undefined) found.add(object.source.file);
    }
  }
  return found;
});

/** Every path that a kustomization.yaml names. */
export const namedPaths = memoized((repository: Repository): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const kustomization of repository.kustomizations.values()) {
    for (const { target } of referencesOf(kustomization)) {
      const path = resolveTarget(kustomization.directory, target);
      if (path !== undefined) found.add(path);
    }
  }
  return found;
});

/** What kustomization files name in comments only. */
export const leftOut = memoized(commentedReferences);
