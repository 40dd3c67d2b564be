import { resolveTarget } from './kustomization-file';
import type { Repository } from './repository';

/** Paths that kustomization files name in a comment: whoever wrote `# - old.yaml` has left it out on purpose. */
export function commentedReferences(repository: Repository): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path, directory } of repository.kustomizations.values()) {
    const file = repository.tree.get(path);
    if (file?.type !== 'manifests') continue;
    for (const [, target] of file.text.matchAll(/^[ \t]*#[ \t#]*-?[ \t]*["']?([\w./-]+)["']?[ \t]*(?:#.*)?$/gm)) {
      const resolved = resolveTarget(directory, target!);
      if (resolved !== undefined && resolved !== directory) found.add(resolved);
    }
  }
  return found;
}

/** Whether a path, or a folder that it lies in, is among some. */
export function liesIn(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.has(path)) return true;
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) if (folders.has(path.slice(0, slash))) return true;
  return false;
}
