import { isKustomizationPath } from '../../model/kustomization-file';
import type { File } from '../../tree/file';
import { baseName, directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { farNamesInText, fluxPathsInText, mayHoldFlux, mayHoldSource, namesInText, objectNamesInText, sourceNamesInText } from './references-in-text';

/**
 * What leads where in two states of a repository, as far as their texts tell: what a kustomization.yaml may name, and which
 * paths Flux Kustomizations may have. It errs towards too much, and costs no parsing.
 */
export class TextIndex {
  /** Files that may hold Flux Kustomizations. */
  readonly fluxFiles = new Set<string>();
  private readonly kustomizations = new Map<string, Set<string>>();
  /** The kustomization files on both sides; what they name is found out for those that are asked about. */
  private readonly versions = new Map<string, File[]>();
  private readonly targets = new Map<string, ReadonlySet<string>>();
  /** By what lies elsewhere: what lies beside a kustomization file or below it leads there itself. */
  private readonly farNamedBy = new Map<string, Set<string>>();
  private readonly fluxPaths = new Map<string, readonly string[]>();
  private readonly fluxByPath = new Map<string, Set<string>>();
  private readonly sourceNames = new Map<string, readonly string[]>();
  private readonly sourceFiles = new Map<string, Set<string>>();
  private byName: ReadonlyMap<string, readonly string[]> | undefined;
  private readonly below = new Map<string, Set<string>>();

  constructor(before: Tree, after: Tree) {
    for (const path of before.paths()) this.enter(path);
    for (const path of after.paths()) if (!before.has(path)) this.enter(path);
  }

  /** Takes notice of a file. */
  read(file: File, bytes: Buffer): void {
    if (file.type !== 'manifests') return;
    const isKustomization = isKustomizationPath(file.path);
    const isFlux = bytes.includes(FLUX);
    if (!isKustomization && !isFlux) return;
    const text = bytes.toString('utf8');
    if (isKustomization) this.readKustomization(file, text);
    if (isFlux) this.readFlux(file.path, text);
  }

  /** The kustomization files of a directory. */
  kustomizationsIn(directory: string): ReadonlySet<string> {
    return this.kustomizations.get(directory) ?? NONE;
  }

  /** The files and directories that a kustomization file may name. */
  targetsOf(kustomization: string): ReadonlySet<string> {
    let targets = this.targets.get(kustomization);
    if (targets === undefined) {
      const directory = directoryOf(kustomization);
      const named = (this.versions.get(kustomization) ?? []).flatMap((file) => (file.type === 'manifests' ? namesInText(file.text, directory, (name) => this.isThere(name)) : []));
      this.targets.set(kustomization, (targets = new Set(named.filter((target) => target !== directory))));
    }
    return targets;
  }

  /** The kustomization files that may name a file or a directory, and neither lie beside it nor right above. */
  namingFromAfar(path: string): ReadonlySet<string> {
    return this.farNamedBy.get(path) ?? NONE;
  }

  /** The kustomization files that may name a file or a directory. */
  naming(path: string): ReadonlySet<string> {
    const found = new Set(this.namingFromAfar(path));
    for (const kustomization of this.kustomizationsIn(directoryOf(path))) if (this.targetsOf(kustomization).has(path)) found.add(kustomization);
    return found;
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

  private readKustomization(file: File, text: string): void {
    const { path } = file;
    const directory = directoryOf(path);
    add(this.kustomizations, directory, path);
    const known = this.versions.get(path);
    if (known === undefined) this.versions.set(path, [file]);
    else known.push(file);
    for (const target of farNamesInText(text, directory, (name) => this.isThere(name))) if (target !== directory) add(this.farNamedBy, target, path);
  }

  private isThere(path: string): boolean {
    return path === '' || this.below.has(path) || this.below.get(directoryOf(path))?.has(path) === true;
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
