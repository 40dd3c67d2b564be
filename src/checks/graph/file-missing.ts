import { isRemote, referencesOf, resolveTarget, type KustomizationFile, type Reference } from '../../model/kustomization-file';
import type { Repository } from '../../model/repository';
import { isPlaceholder, isSetAside } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import { baseName, directoryOf, relativePath } from '../../tree/path';
import { isLeftOutData } from '../left-out-data';
import { memoized } from '../memoized';
import type { Rule } from '../rule';
import { reachedFiles } from '../reached-files';

export const fileMissing: Rule = {
  id: 'file-missing',
  severity: 'error',
  why: 'kustomize refuses to build a folder whose kustomization.yaml names something that is not there, so that nothing of it is applied.',
  example: `resources:
  - deploymnet.yaml # the file is called deployment.yaml`,
  fix: 'write the name of what is there, or drop the entry',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',

  *find(context) {
    const { repository } = context;
    const reached = reachedFiles(context);
    for (const kustomization of repository.kustomizations.values()) {
      if (isSetAside(kustomization.path)) continue;
      for (const reference of referencesOf(kustomization)) {
        const problem = problemOf(reference, kustomization, repository);
        if (problem === undefined) continue;
        yield {
          at: { file: kustomization.path, path: reference.path },
          message: problem,
          fix: fixFor(reference, kustomization, repository),
          severity: reached.has(kustomization.path) ? 'error' : 'notice',
        };
      }
    }
  },
};

function problemOf({ target, role }: Reference, { directory }: KustomizationFile, repository: Repository): string | undefined {
  if (isPlaceholder(target) || (role !== 'inputs' && isRemote(target)) || (role === 'inputs' && /^https?:/.test(target))) return undefined;
  const path = resolveTarget(directory, target);
  if (path === undefined) return `"${target}" leads out of the repository`;
  if (repository.tree.has(path) || submodules(repository).some((module) => path === module || path.startsWith(`${module}/`))) return undefined;
  if (!repository.isDirectory(path)) return role === 'inputs' && isLeftOutData(path, repository) ? undefined : `"${target}" does not exist`;
  if (repository.kustomizations.has(path)) return undefined;
  return role === 'resources' || role === 'components' ? `the folder "${target}" has no kustomization.yaml` : `"${target}" is a folder`;
}

function fixFor({ target, role }: Reference, { directory }: KustomizationFile, repository: Repository): string | undefined {
  const path = resolveTarget(directory, target);
  if (path === undefined) return undefined;
  if (repository.isDirectory(path)) return role === 'resources' || role === 'components' ? `add a kustomization.yaml to ${path}, or list its files one by one` : undefined;
  const parent = directoryOf(path);
  const neighbours = [...repository.filesIn(parent), ...repository.directoriesIn(parent)].map(baseName).filter((name) => !name.startsWith('kustomization.'));
  const nearest = nearestTo(baseName(path), neighbours);
  return nearest === undefined ? undefined : `write "${relativePath(directory, parent === '' ? nearest : `${parent}/${nearest}`)}", if that is meant`;
}

/** Where other repositories are checked out, which are no part of this one's files. */
const submodules = memoized((repository: Repository): readonly string[] => {
  const file = repository.tree.get('.gitmodules');
  if (file === undefined) return [];
  return [...file.bytes.toString('utf8').matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map((match) => match[1]!);
});
