import type { Step } from '../../model/fields';
import { referencesOf, resolveTarget, type KustomizationFile } from '../../model/kustomization-file';
import type { Repository } from '../../model/repository';
import { isSetAside } from '../../model/set-aside';
import { baseName, directoryOf } from '../../tree/path';
import { memoized } from '../memoized';

/** A place where a kustomization.yaml names a patch file. */
export interface PatchUse {
  readonly kustomization: KustomizationFile;
  readonly path: readonly Step[];
}

/** Patch files that are there, each with those who name it. */
export const patchFiles = memoized((repository: Repository): ReadonlyMap<string, readonly PatchUse[]> => {
  const found = new Map<string, PatchUse[]>();
  for (const kustomization of [...repository.kustomizations.values()].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (isSetAside(kustomization.path)) continue;
    for (const { role, target, path } of referencesOf(kustomization)) {
      const file = role === 'patches' ? resolveTarget(kustomization.directory, target) : undefined;
      if (file === undefined || !repository.tree.has(file)) continue;
      const uses = found.get(file);
      if (uses === undefined) found.set(file, [{ kustomization, path }]);
      else if (!uses.some((use) => use.kustomization === kustomization)) uses.push({ kustomization, path });
    }
  }
  return found;
});

/** Whether a patch says by its name that it stays in its overlay. */
export function isStatic(file: string): boolean {
  return baseName(file).startsWith('_');
}

/** Whether the tree has patches that say by their names whether they are promoted. */
export const followsPatchNames = memoized((repository: Repository): boolean => [...patchFiles(repository).keys()].some(isStatic));

/** The folder that a patch belongs to: the nearest one with a kustomization.yaml. */
export function ownerOf(file: string, repository: Repository): string | undefined {
  for (let directory = directoryOf(file); ; directory = directoryOf(directory)) {
    if (repository.kustomizations.has(directory)) return directory;
    if (directory === '') return undefined;
  }
}
