import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Directory } from './directory';
import { contentOf } from './directory-content';
import type { KustomizationFile } from './kustomization-file';

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
  const paths: string[] = [];
  const take = (part: KustomizationFile | undefined): void => {
    for (const references of [part?.resources, part?.components]) {
      for (const reference of references ?? []) {
        const path = pathFrom(directory.path, reference);
        if (path !== undefined) paths.push(path);
      }
    }
  };
  const visit = (construct: IConstruct): void => {
    if (Directory.isDirectory(construct) || ApiObject.isApiObject(construct)) return;
    take(contentOf(construct).kustomization?.(directory));
    for (const child of construct.node.children) visit(child);
  };
  for (const part of directory.kustomizationParts()) take(part);
  for (const child of directory.node.children) visit(child);
  return paths;
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
