import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { UserError } from '../errors';
import { ManifestFile, type File } from '../tree/file';
import { generatedHeader } from '../tree/header';
import { Tree } from '../tree/tree';
import { keepKeyOrder } from './run';
import { Directory } from './directory';
import { contentOf } from './directory-content';
import type { GitopsApp } from './gitops-app';
import { joinKustomizations, kustomizationObject, type KustomizationFile } from './kustomization-file';
import { problemsOf } from './model-check';
import { NamespaceDirectory } from './namespace-directory';
import { placeByDefault, placeWithin, type Place } from './place';
import { serialize } from './serialize';
import { validateTree } from './validation';

/**
 * Constructs → Tree. One walk: each Directory's children become files and entries of its kustomization.yaml.
 * @throws UserError with every problem that validation finds, all at once
 */
export function layOut(app: GitopsApp): Tree {
  const problems = validateConstructs(app);
  const placed = keepKeyOrder(() => directoriesBelow(app).flatMap((directory) => collecting(problems, () => [layOutDirectory(app, directory)])));
  problems.push(...validateTree(placed));
  // a file that cannot be read is found when it is checked and when it is laid out
  const distinct = new Map(problems.map((problem) => [problem.message, problem]));
  if (distinct.size > 0) throw UserError.all([...distinct.values()]);
  return new Tree([...placed.flatMap((directory) => directory.files), ...treeFilesBelow(app)]);
}

/** The directories alone, for questions about what made them; nothing is checked. */
export function placeDirectories(app: GitopsApp): { readonly directories: readonly PlacedDirectory[]; readonly treeFiles: readonly File[] } {
  return { directories: keepKeyOrder(() => directoriesBelow(app).map((directory) => layOutDirectory(app, directory))), treeFiles: treeFilesBelow(app) };
}

function collecting<T>(problems: UserError[], work: () => T[]): T[] {
  try {
    return work();
  } catch (error) {
    if (!UserError.is(error)) throw error;
    problems.push(error);
    return [];
  }
}

/** One API object, with where it stands. */
export interface PlacedObject {
  /** What validation reads of it: all of a Secret or a Kustomization, of others what identifies them. The rest is in the file. */
  readonly object: Readonly<Record<string, unknown>>;
  readonly construct: IConstruct;
  readonly directory: Directory;
  readonly file: string;
  /** Whether Flux applies it through the directory or a sync file. */
  readonly synced: boolean;
}

export interface PlacedDirectory {
  readonly directory: Directory;
  readonly files: readonly File[];
  /** Those of the files that hold no API objects: patches and the like. */
  readonly otherFiles: readonly File[];
  readonly objects: readonly PlacedObject[];
  readonly kustomization: KustomizationFile;
}

interface PendingFile {
  readonly objects: unknown[];
  readonly comments: Set<string>;
  readonly claimedBy: string;
  /** Whether it was asked for, as sync.yaml is, and not just named like a construct. */
  readonly shared: boolean;
}

function layOutDirectory(app: GitopsApp, directory: Directory): PlacedDirectory {
  const pending = new Map<string, PendingFile>();
  const otherFiles: File[] = [];
  const objects: PlacedObject[] = [];
  const parts: KustomizationFile[] = [];
  const listed = new Set<string>();

  const isSync = ({ name }: Place): boolean => name === NamespaceDirectory.syncFile && NamespaceDirectory.isNamespaceDirectory(directory);

  const visit = (construct: IConstruct, around: Place): void => {
    if (Directory.isDirectory(construct)) return;
    const content = contentOf(construct);
    const place = placeWithin(construct, content, directory, around);
    if (ApiObject.isApiObject(construct)) {
      const file = pending.get(place.name) ?? { objects: [], comments: new Set(), claimedBy: place.claimedBy, shared: place.chosen };
      if (file.claimedBy !== place.claimedBy && !(file.shared && place.chosen)) throw fileTaken(directory.pathOf(place.name), file.claimedBy, place.claimedBy);
      pending.set(place.name, file);
      for (const comment of place.comments) file.comments.add(comment);
      const object = serialize(construct);
      file.objects.push(object);
      objects.push({ object: identifying(object), construct, directory, file: place.name, synced: place.listed || isSync(place) });
      if (place.listed) listed.add(place.name);
      return;
    }
    for (const child of construct.node.children) visit(child, place);
    otherFiles.push(...(content.files?.(directory) ?? []));
    const part = content.kustomization?.(directory);
    if (part !== undefined) parts.push(part);
  };
  for (const child of directory.node.children) visit(child, placeByDefault(child));

  const files = [...otherFiles];
  for (const [name, { objects: contents, comments, claimedBy }] of pending) {
    const path = directory.pathOf(name);
    const file = ManifestFile.fromObjects(path, contents, [generatedHeader(app.name, path), ...comments], { claimedBy });
    letGo(file);
    files.push(file);
  }
  const kustomization = joinKustomizations([...directory.kustomizationParts(), { resources: [...listed] }, ...parts]);
  if (!directory.hasKustomization) refuseUnsaid(directory, kustomization);
  else {
    const path = directory.pathOf('kustomization.yaml');
    const object = kustomizationObject(kustomization, directory.kustomizationKind);
    files.push(ManifestFile.fromObjects(path, [object], [generatedHeader(app.name, path)], { claimedBy: directory.node.path }));
  }
  return { directory, files, otherFiles, objects, kustomization };
}

function fileTaken(path: string, first: string, second: string): UserError {
  return new UserError('path-taken', `"${path}" is claimed by ${first} and ${second}`, 'give one of them another id, or put both into a YamlFile');
}

/** Makes the text, so that the objects need not be kept. What cannot be written is reported with everything else that is wrong. */
function letGo(file: ManifestFile): void {
  try {
    void file.text;
  } catch (error) {
    if (!UserError.is(error)) throw error;
  }
}

function identifying(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { apiVersion, kind, metadata } = object;
  return kind === 'Secret' || kind === 'Kustomization' ? object : { apiVersion, kind, metadata };
}

/** Where no kustomization.yaml is, Flux makes one up that lists every YAML file and says nothing else. */
function refuseUnsaid(directory: Directory, { namespace: _, resources = [], ...rest }: KustomizationFile): void {
  const fields = Object.entries(rest).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)).map(([field]) => field);
  const unsaid = [...fields, ...resources.filter((resource) => resource.includes('/'))];
  if (unsaid.length === 0) return;
  throw new UserError('value-invalid', `Directory "${directory.node.path}" has no kustomization.yaml that could say ${unsaid.join(', ')}`, 'leave out hasKustomization: false');
}

/** Every directory, parents first; a stack of our own, since `findAll` keeps a list of every construct. */
export function directoriesBelow(app: GitopsApp): Directory[] {
  const found: Directory[] = [];
  const visit = (construct: IConstruct): void => {
    if (Directory.isDirectory(construct)) found.push(construct);
    for (const child of construct.node.children) if (!ApiObject.isApiObject(child)) visit(child);
  };
  visit(app);
  return found;
}

/** What belongs to the tree as a whole, such as `.sops.yaml` at its root. */
function treeFilesBelow(app: GitopsApp): File[] {
  const found: File[] = [];
  const visit = (construct: IConstruct): void => {
    found.push(...(contentOf(construct).treeFiles?.() ?? []));
    for (const child of construct.node.children) if (!ApiObject.isApiObject(child)) visit(child);
  };
  visit(app);
  return found;
}

function validateConstructs(app: GitopsApp): UserError[] {
  const errors: UserError[] = [];
  const visit = (construct: IConstruct, placed: boolean): void => {
    errors.push(...problemsOf(construct));
    if (!placed && ApiObject.isApiObject(construct)) errors.push(new UserError('wrong-scope', `${construct.node.path} lies in no Directory, so it has no file`, 'give it a Directory as scope'));
    for (const child of construct.node.children) visit(child, placed || Directory.isDirectory(child));
  };
  visit(app, false);
  return errors;
}
