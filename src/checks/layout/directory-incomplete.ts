import { namedPaths } from '../reached-files';
import type { Rule } from '../rule';
import { namespaceDirectories } from './namespace-directories';

export const directoryIncomplete: Rule = {
  id: 'directory-incomplete',
  severity: 'notice',
  why: 'In a tree that keeps each namespace in a directory with a sync.yaml and a kustomization.yaml, one that lacks either is not applied, or applies whatever lies in it.',
  example: `k8s/shop/kustomization.yaml # and no k8s/shop/sync.yaml`,
  fix: 'add the other file, as the neighbouring directories have it',
  link: 'https://fluxcd.io/flux/guides/repository-structure/',

  *find({ repository }) {
    const named = namedPaths(repository);
    for (const { path, sync, hasKustomization } of namespaceDirectories(repository)) {
      const partOfOthers = named.has(path) || repository.errorIn(`${path}/sync.yaml`) !== undefined || repository.kustomizations.get(path)?.isComponent === true;
      if (sync === undefined && !partOfOthers) yield { at: { file: `${path}/kustomization.yaml` }, message: `${path} has a kustomization.yaml, but no sync.yaml with a Flux Kustomization, as its neighbours have` };
      // one whose Kustomizations are all built from folders below needs none itself
      else if (sync !== undefined && !hasKustomization && !repository.directoriesIn(path).some((child) => repository.kustomizations.has(child) || repository.directoriesIn(child).length > 0)) {
        yield { at: { file: `${path}/sync.yaml` }, message: `${path} has a sync.yaml, but no kustomization.yaml, as its neighbours have: Flux applies every manifest in it, this file among them` };
      }
    }
  },
};
