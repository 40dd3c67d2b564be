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
import { validateTree } from './validation';

/**
 * Constructs → Tree. One walk: each Directory's children become files and entries of its kustomization.yaml.
 * @throws UserError with every problem that validation finds, all at once
 */
export function layOut(app: GitopsApp): Tree {
  const problems = validateConstructs(app);
  const placed = keepKeyOrder(() => directoriesBelow(app).map((directory) => layOutDirectory(app, directory)));
  problems.push(...validateTree(app, placed));
  if (problems.length > 0) throw UserError.all(problems);
  return new Tree(placed.flatMap((directory) => directory.files));
}

/** One API object, with where it stands. */
export interface PlacedObject {
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
  readonly objects: readonly PlacedObject[];
  readonly kustomization: KustomizationFile;
}

interface PendingFile {
  readonly objects: unknown[];
  readonly comments: Set<string>;
  readonly claimedBy: string;
}

function layOutDirectory(app: GitopsApp, directory: Directory): PlacedDirectory {
  const pending = new Map<string, PendingFile>();
  const files: File[] = [];
  const objects: PlacedObject[] = [];
  const parts: KustomizationFile[] = [];

  for (const child of directory.node.children) {
    if (Directory.isDirectory(child)) continue;
    const content = contentOf(child);
    const apiObjects = apiObjectsBelow(child);
    if (apiObjects.length > 0) {
      const name = content.fileName?.(directory) ?? fileNameFor(child);
      const listed = content.isListed?.(directory) ?? true;
      const file = pending.get(name) ?? { objects: [], comments: new Set(), claimedBy: child.node.path };
      pending.set(name, file);
      for (const comment of content.comments?.() ?? []) file.comments.add(comment);
      for (const apiObject of apiObjects) {
        const object = apiObject.toJson() as Record<string, unknown>;
        file.objects.push(object);
        objects.push({ object, construct: apiObject, directory, file: name, synced: listed });
      }
      if (listed) parts.push({ resources: [name] });
    }
    files.push(...(content.files?.(directory) ?? []));
    const part = content.kustomization?.(directory);
    if (part !== undefined) parts.push(part);
  }

  const own = (name: string): string => `${directory.path}/${name}`.replace(/^\//, '');
  for (const [name, { objects: contents, comments, claimedBy }] of pending) {
    const path = own(name);
    files.push(ManifestFile.fromObjects(path, contents, [generatedHeader(app.name, path), ...comments], { claimedBy }));
  }
  const kustomization = joinKustomizations([...directory.kustomizationParts(), ...parts]);
  if (directory.hasKustomization) {
    const path = own('kustomization.yaml');
    const object = kustomizationObject(kustomization, directory.kustomizationKind);
    files.push(ManifestFile.fromObjects(path, [object], [generatedHeader(app.name, path)], { claimedBy: directory.node.path }));
  }
  return { directory, files, objects, kustomization };
}

function fileNameFor(child: IConstruct): string {
  return /\.ya?ml$/.test(child.node.id) ? child.node.id : `${child.node.id}.yaml`;
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

function apiObjectsBelow(construct: IConstruct): ApiObject[] {
  if (ApiObject.isApiObject(construct)) return [construct];
  return construct.node.children.filter((child) => !Directory.isDirectory(child)).flatMap(apiObjectsBelow);
}

function validateConstructs(app: GitopsApp): UserError[] {
  const errors: UserError[] = [];
  const visit = (construct: IConstruct): void => {
    errors.push(...problemsOf(construct));
    for (const child of construct.node.children) visit(child);
  };
  visit(app);
  return errors;
}
