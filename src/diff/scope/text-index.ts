import { isKustomizationPath } from '../../model/kustomization-file';
import type { File } from '../../tree/file';
import { baseName, directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { fluxPathsInText, mayHoldFlux, mayHoldSource, namesInText, objectNamesInText, sourceNamesInText } from './references-in-text';

/**
 * What leads where in two states of a repository, as far as their texts tell: what a kustomization.yaml may name, and which
 * paths Flux Kustomizations may have. It errs towards too much, and costs no parsing.
 */
export class TextIndex {
  /** Files that may hold Flux Kustomizations. */
  readonly fluxFiles = new Set<string>();
  private readonly kustomizations = new Map<string, Set<string>>();
  private readonly targets = new Map<string, Set<string>>();
  private readonly namedBy = new Map<string, Set<string>>();
  private readonly fluxPaths = new Map<string, readonly string[]>();
  private readonly fluxByPath = new Map<string, Set<string>>();
  private readonly sourceNames = new Map<string, readonly string[]>();
  private readonly sourceFiles = new Map<string, Set<string>>();
  private readonly paths = new Set<string>(['']);
  private byName: ReadonlyMap<string, readonly string[]> | undefined;
  private readonly below = new Map<string, Set<string>>();

  constructor(before: Tree, after: Tree) {
    for (const tree of [before, after]) for (const path of tree.paths()) this.enter(path);
  }

  /** Takes notice of a file. */
  read(file: File, bytes: Buffer): void {
    if (file.type !== 'manifests') return;
    const isKustomization = isKustomizationPath(file.path);
    const isFlux = bytes.includes(FLUX);
    if (!isKustomization && !isFlux) return;
    const text = bytes.toString('utf8');
    if (isKustomization) this.readKustomization(file.path, text);
    if (isFlux) this.readFlux(file.path, text);
  }

  /** The kustomization files of a directory. */
  kustomizationsIn(directory: string): ReadonlySet<string> {
    return this.kustomizations.get(directory) ?? NONE;
  }

  /** The files and directories that a kustomization file may name. */
  targetsOf(kustomization: string): ReadonlySet<string> {
    return this.targets.get(kustomization) ?? NONE;
  }

  /** The kustomization files that may name a file or a directory. */
  naming(path: string): ReadonlySet<string> {
    return this.namedBy.get(path) ?? NONE;
  }

  /** The files whose Flux Kustomizations may be built at a directory. Their paths may begin at any folder. */
  buildingAt(directory: string): readonly string[] {
    const found = [...(this.fluxByPath.get(directory) ?? [])];
    for (let slash = directory.indexOf('/'); slash >= 0; slash = directory.indexOf('/', slash + 1)) found.push(...(this.fluxByPath.get(directory.slice(slash + 1)) ?? []));
    return directory === '' ? found : [...found, ...(this.fluxByPath.get('') ?? [])];
  }

  /** The directories that the Flux Kustomizations in a file may be built at. */
  directoriesOf(fluxFile: string): string[] {
    return (this.fluxPaths.get(fluxFile) ?? []).flatMap((path) => this.directoriesNamed(path));
  }

  /** The directories that a written path may mean: it may begin at any folder, as that of an artifact does. */
  directoriesNamed(path: string): readonly string[] {
    if (path === '') return [''];
    this.byName ??= directoriesByName(this.below.keys());
    return (this.byName.get(baseName(path)) ?? []).filter((directory) => directory === path || directory.endsWith(`/${path}`));
  }

  /** The files with the sources that a file's Flux Kustomizations may name. */
  sourcesOf(fluxFile: string): readonly string[] {
    return (this.sourceNames.get(fluxFile) ?? []).flatMap((name) => [...(this.sourceFiles.get(name) ?? [])]);
  }

  /** What lies right in a directory, files and directories, on either side. */
  entriesOf(directory: string): ReadonlySet<string> {
    return this.below.get(directory) ?? NONE;
  }

  isDirectory(path: string): boolean {
    return this.below.has(path);
  }

  private enter(path: string): void {
    for (let child = path; child !== ''; child = directoryOf(child)) {
      this.paths.add(child);
      const directory = directoryOf(child);
      const entries = this.below.get(directory);
      if (entries?.has(child) === true) return;
      if (entries === undefined) this.below.set(directory, new Set([child]));
      else entries.add(child);
    }
  }

  private readFlux(path: string, text: string): void {
    if (mayHoldFlux(text)) {
      this.fluxFiles.add(path);
      const paths = fluxPathsInText(text);
      this.fluxPaths.set(path, [...(this.fluxPaths.get(path) ?? []), ...paths]);
      for (const written of paths) add(this.fluxByPath, written, path);
      this.sourceNames.set(path, [...(this.sourceNames.get(path) ?? []), ...sourceNamesInText(text)]);
    }
    if (mayHoldSource(text)) for (const name of objectNamesInText(text)) add(this.sourceFiles, name, path);
  }

  private readKustomization(path: string, text: string): void {
    const directory = directoryOf(path);
    add(this.kustomizations, directory, path);
    for (const target of namesInText(text, directory, (name) => this.paths.has(name))) {
      if (target === directory) continue;
      add(this.targets, path, target);
      add(this.namedBy, target, path);
    }
  }
}

function directoriesByName(directories: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const directory of directories) {
    const known = found.get(baseName(directory));
    if (known === undefined) found.set(baseName(directory), [directory]);
    else known.push(directory);
  }
  return found;
}

/** Stands in the group of all that Flux reads. */
const FLUX = Buffer.from('fluxcd');

const NONE: ReadonlySet<string> = new Set();

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
