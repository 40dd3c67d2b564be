import { UserError } from '../errors';
import type { Document, ManifestFile } from '../tree/file';
import { directoryOf } from '../tree/path';
import type { Tree } from '../tree/tree';
import { isKustomizationPath, kustomizationFile, referencesOf, resolveTarget, type KustomizationFile, type Reference } from './kustomization-file';
import { objectsOf, type SourceObject } from './source-object';

/** A file that should hold manifests and cannot be read. */
export interface BrokenFile {
  readonly path: string;
  readonly error: UserError;
}

/** A tree as a Flux repository: what objects its files hold and which directories kustomize builds. Made once, asked often. */
export class Repository {
  /** All objects of the tree, but for the partial ones in files that are patches or configure kustomize. */
  readonly objects: readonly SourceObject[];
  /** Files that hold manifests, as far as one can see, and that Go could not read. */
  readonly broken: readonly BrokenFile[];
  /** By directory. */
  readonly kustomizations: ReadonlyMap<string, KustomizationFile>;
  private readonly byFile = new Map<string, readonly SourceObject[]>();
  private readonly errors = new Map<string, UserError>();
  private readonly below = new Map<string, { readonly files: string[]; readonly directories: Set<string> }>();

  constructor(readonly tree: Tree) {
    const kustomizations = new Map<string, KustomizationFile>();
    const objects: SourceObject[] = [];
    for (const file of tree) {
      this.enter(file.path);
      if (file.type !== 'manifests' || !this.mayHoldManifests(file)) continue;
      const found = this.read(file);
      if (isKustomizationPath(file.path)) {
        const directory = directoryOf(file.path);
        const [document] = this.documentsOf(file);
        if (!kustomizations.has(directory)) kustomizations.set(directory, kustomizationFile(file.path, document?.object));
      } else objects.push(...found);
    }
    const partial = filesNamedAs(kustomizations.values(), 'patches', 'configuration');
    this.objects = objects.filter(({ file }) => !partial.has(file));
    this.kustomizations = kustomizations;
    this.broken = [...this.errors].map(([path, error]) => ({ path, error }));
  }

  /** The objects of one file, whatever its name. */
  objectsIn(path: string): readonly SourceObject[] {
    const file = this.tree.get(path);
    return this.byFile.get(path) ?? (file?.type === 'manifests' ? this.read(file) : []);
  }

  /** Why a file cannot be read, if that was tried. */
  errorIn(path: string): UserError | undefined {
    return this.errors.get(path);
  }

  /** Documents of one file; none where it cannot be read. */
  documentsIn(path: string): readonly Document[] {
    const file = this.tree.get(path);
    return file?.type === 'manifests' ? this.documentsOf(file) : [];
  }

  /** Those of the files that are kustomization files. */
  kustomizationsAmong(files: Iterable<string>): KustomizationFile[] {
    return [...files].flatMap((path) => {
      const found = isKustomizationPath(path) ? this.kustomizations.get(directoryOf(path)) : undefined;
      return found?.path === path ? found : [];
    });
  }

  isDirectory(path: string): boolean {
    return path === '' || this.below.has(path);
  }

  /** Every directory but the root, in no order. */
  directories(): readonly string[] {
    return [...this.below.keys()].filter((path) => path !== '');
  }

  /** The files right in a directory, by path. */
  filesIn(directory: string): readonly string[] {
    return this.below.get(directory)?.files ?? [];
  }

  /** The directories right in a directory, by path. */
  directoriesIn(directory: string): readonly string[] {
    return [...(this.below.get(directory)?.directories ?? [])];
  }

  private mayHoldManifests(file: ManifestFile): boolean {
    try {
      return looksLikeManifests(file);
    } catch (error) {
      if (!UserError.is(error)) throw error;
      this.errors.set(file.path, error);
      return false;
    }
  }

  private read(file: ManifestFile): readonly SourceObject[] {
    let found = this.byFile.get(file.path);
    if (found === undefined) {
      found = this.documentsOf(file).flatMap((document, index) => objectsOf(document, file.path, index));
      this.byFile.set(file.path, found);
    }
    return found;
  }

  private documentsOf(file: ManifestFile): readonly Document[] {
    if (this.errors.has(file.path)) return [];
    try {
      return file.documents;
    } catch (error) {
      if (!UserError.is(error)) throw error;
      this.errors.set(file.path, error);
      return [];
    }
  }

  private enter(path: string): void {
    let directory = directoryOf(path);
    this.entry(directory).files.push(path);
    while (directory !== '') {
      const parent = directoryOf(directory);
      const { directories } = this.entry(parent);
      if (directories.has(directory)) return;
      directories.add(directory);
      directory = parent;
    }
  }

  private entry(directory: string): { readonly files: string[]; readonly directories: Set<string> } {
    let entry = this.below.get(directory);
    if (entry === undefined) this.below.set(directory, (entry = { files: [], directories: new Set() }));
    return entry;
  }
}

/** The files that kustomization files name in one of the roles, and none as a resource. */
function filesNamedAs(kustomizations: Iterable<KustomizationFile>, ...roles: readonly Reference['role'][]): ReadonlySet<string> {
  const found = new Set<string>();
  const resources = new Set<string>();
  for (const kustomization of kustomizations) {
    for (const { target, role } of referencesOf(kustomization)) {
      const path = resolveTarget(kustomization.directory, target);
      if (path !== undefined && role === 'resources') resources.add(path);
      if (path !== undefined && roles.includes(role)) found.add(path);
    }
  }
  for (const path of resources) found.delete(path);
  return found;
}

/** What has no line with a kind is values, a patch by operations, or another program's: it is read when something names it. */
function looksLikeManifests(file: ManifestFile): boolean {
  if (isKustomizationPath(file.path)) return true;
  if (file.path.endsWith('.json')) return false;
  if (file.isFromObjects) return true;
  return /^(- |  )?["']?kind["']?:/m.test(file.text) && !/^\{\{/m.test(file.text);
}
