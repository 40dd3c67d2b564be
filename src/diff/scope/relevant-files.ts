import { UserError } from '../../errors';
import { isKustomizationPath, kustomizationFile, referencesOf, resolveTarget } from '../../model/kustomization-file';
import { directoryOf } from '../../tree/path';
import { Tree } from '../../tree/tree';
import { isBootstrapFile } from '../bootstrap';
import { changedStructure } from './changed-structure';
import type { TextIndex } from './text-index';

/** Two trees with the files that a diff is about, and nothing else. */
export interface RelevantFiles {
  readonly before: Tree;
  readonly after: Tree;
  /** How many files are in them that are the same on both sides. */
  readonly unchanged: number;
}

/** In a repository with no more files of Flux Kustomizations, all are read: that tells clusters apart best, and costs little. */
const FEW = 300;

/**
 * Takes two states of a repository down to what differs, what may apply it, and what comes or goes with it. What is the same
 * on both sides is one file in both, so that it is read once.
 */
export function relevantFiles(before: Tree, after: Tree, different: readonly string[], index: TextIndex): RelevantFiles {
  const search = new Search(before, after, index);
  for (const path of different) search.take(path);
  const isConcerned = different.some((path) => index.naming(path).size > 0 || [before, after].some((tree) => tree.get(path)?.type === 'manifests'));
  if (!isConcerned) return { before: new Tree([]), after: new Tree([]), unchanged: 0 };
  if (index.fluxFiles.size <= FEW) for (const path of index.fluxFiles) search.take(path);
  for (const tree of [before, after]) for (const path of tree.paths()) if (isBootstrapFile(path)) search.take(path);
  for (const path of changedStructure(before, after, different, index)) search.descend(path);
  search.climb();
  search.takePatches();
  const changed = new Set(different);
  const kept = [...search.found];
  return {
    before: new Tree(kept.flatMap((path) => before.get(path) ?? []), 'as-found'),
    after: new Tree(kept.flatMap((path) => (changed.has(path) ? after.get(path) : before.get(path)) ?? []), 'as-found'),
    unchanged: kept.filter((path) => !changed.has(path)).length,
  };
}

class Search {
  readonly found = new Set<string>();
  private readonly pending: string[] = [];
  private readonly descended = new Set<string>();
  private readonly climbed = new Set<string>();

  constructor(private readonly before: Tree, private readonly after: Tree, private readonly index: TextIndex) {}

  take(path: string): void {
    if (this.found.has(path) || !(this.before.has(path) || this.after.has(path))) return;
    this.found.add(path);
    this.pending.push(path);
  }

  /** Everything that a file or a directory brings along. */
  descend(path: string): void {
    const pending = [path];
    for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
      if (this.descended.has(one)) continue;
      this.descended.add(one);
      if (this.index.isDirectory(one)) pending.push(...this.partsOf(one));
      else this.take(one);
      if (isKustomizationPath(one)) pending.push(...this.index.targetsOf(one));
      if (this.index.fluxFiles.has(one)) pending.push(...this.index.directoriesOf(one));
    }
  }

  /** Everything that may apply what was found, up to where clusters begin. */
  climb(): void {
    for (let path = this.pending.pop(); path !== undefined; path = this.pending.pop()) {
      for (const kustomization of this.index.namingFromAfar(path)) this.take(kustomization);
      if (this.index.fluxFiles.has(path)) for (const source of this.index.sourcesOf(path)) this.take(source);
      this.climbFrom(directoryOf(path));
    }
  }

  /** What the kustomization files patch with: that may set what changes in an object anyway. */
  takePatches(): void {
    for (const path of [...this.found].filter(isKustomizationPath)) for (const patch of patchesNamedBy(path, this.after)) this.take(patch);
  }

  private climbFrom(start: string): void {
    for (let directory = start; ; directory = directoryOf(directory)) {
      if (this.climbed.has(directory)) return;
      this.climbed.add(directory);
      for (const kustomization of this.index.kustomizationsIn(directory)) this.take(kustomization);
      for (const kustomization of this.index.namingFromAfar(directory)) this.take(kustomization);
      const building = this.index.buildingAt(directory);
      for (const file of building) {
        this.take(file);
        this.takePathsBeside(file, directory);
      }
      if (building.length > 0 && this.index.kustomizationsIn(directory).size === 0) this.takeOneThatStays(directory);
      if (directory === '') return;
    }
  }

  /** A Flux Kustomization that takes a component in is built where its own path is there, too. */
  private takePathsBeside(fluxFile: string, directory: string): void {
    if (this.index.kustomizationsIn(directory).size === 0 || !COMPONENTS.test(this.textOf(fluxFile))) return;
    for (const other of this.index.directoriesOf(fluxFile)) {
      if (other === directory) continue;
      const own = this.index.kustomizationsIn(other);
      for (const kustomization of own) this.take(kustomization);
      if (own.size === 0) this.takeOneThatStays(other);
    }
  }

  private textOf(path: string): string {
    const file = this.after.get(path) ?? this.before.get(path);
    return file?.type === 'manifests' ? file.text : '';
  }

  /** Where Flux builds a folder of files, it matters whether there are still some when others are gone. */
  private takeOneThatStays(directory: string): void {
    const found = [...this.index.entriesOf(directory)].find((path) => /\.ya?ml$/.test(path) && this.before.has(path) && this.after.has(path));
    if (found !== undefined) this.take(found);
  }

  private partsOf(directory: string): readonly string[] {
    const own = [...this.index.kustomizationsIn(directory)];
    return own.length > 0 ? own : [...this.index.entriesOf(directory)].filter((path) => this.index.isDirectory(path) || /\.ya?ml$/.test(path));
  }
}

const COMPONENTS = /\bcomponents["']?\s*:/;

function patchesNamedBy(path: string, tree: Tree): string[] {
  const file = tree.get(path);
  if (file?.type !== 'manifests' || !/^["']?patches/m.test(file.text)) return [];
  try {
    return file.documents.flatMap(({ object }) => referencesOf(kustomizationFile(path, object)).flatMap(({ role, target }) => (role === 'patches' ? resolveTarget(directoryOf(path), target) ?? [] : [])));
  } catch (error) {
    if (UserError.is(error)) return [];
    throw error;
  }
}
