import { Directory } from './directory';
import { contentOf } from './directory-content';

/** The directories that kustomize builds for one: itself, what its kustomization.yaml takes in, what these take in, and so on. */
export function directoriesReached(from: Iterable<Directory>, byPath: ReadonlyMap<string, Directory>): Set<Directory> {
  const reached = new Set<Directory>(from);
  for (const directory of reached) {
    for (const path of pathsTakenIn(directory)) {
      const included = byPath.get(path);
      if (included !== undefined) reached.add(included);
    }
    if (!directory.hasKustomization) for (const below of directoriesUnder(directory, byPath)) reached.add(below);
  }
  return reached;
}

/** What a directory's kustomization.yaml lists beside its own files, as paths from the root: directories and files. */
export function pathsTakenIn(directory: Directory): string[] {
  const children = directory.node.children.filter((child) => !Directory.isDirectory(child));
  const parts = [...directory.kustomizationParts(), ...children.map((child) => contentOf(child).kustomization?.(directory) ?? {})];
  return parts
    .flatMap(({ resources = [], components = [] }) => [...resources, ...components])
    .map((reference) => pathFrom(directory.path, reference))
    .filter((path) => path !== undefined);
}

/** `reference` as seen from the directory `base`, from the root; undefined for a URL and for what lies outside. */
export function pathFrom(base: string, reference: string): string | undefined {
  if (reference.includes('://') || reference.startsWith('/')) return undefined;
  const steps = base === '' ? [] : base.split('/');
  for (const step of reference.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** Flux makes up a kustomization for a directory that has none: everything below it. */
function directoriesUnder(directory: Directory, byPath: ReadonlyMap<string, Directory>): Directory[] {
  const prefix = directory.path === '' ? '' : `${directory.path}/`;
  return [...byPath.values()].filter((other) => other !== directory && other.path.startsWith(prefix));
}
