import { isDeepStrictEqual } from 'node:util';
import type { IConstruct } from 'constructs';
import { ApiObject } from 'cdk8s';
import type { File } from '../tree/file';
import { withoutTokens } from '../yaml/comment';
import { hasBrand } from './brand';
import { placesOf } from './construct-places';
import { contentOf } from './directory-content';
import { Directory } from './directory';
import type { GitopsApp } from './gitops-app';
import { placeDirectories, type PlacedDirectory } from './layout';
import type { UpstreamRelease } from './upstream-releases';
import type { CodePlace } from './user-place';

/** A construct, with the code that made it. */
export interface ConstructOrigin {
  readonly path: string;
  /** Its class. */
  readonly type: string;
  /** The lines of the user's code that led to it, the innermost first. */
  readonly places: readonly CodePlace[];
}

/** What says something in a kustomization.yaml. */
export interface EntryOrigin {
  readonly field: string;
  /** The entry of a list; undefined where the field is no list. */
  readonly value: unknown;
  readonly construct: ConstructOrigin;
  /** The release that the entry stands for, where it is one's URL. */
  readonly release?: PinnedRelease;
}

export type PinnedRelease = Pick<UpstreamRelease, 'url' | 'version' | 'sha256'>;

/** What made one file. */
export interface FileOrigin {
  readonly path: string;
  /** What claims the whole file. */
  readonly construct?: ConstructOrigin;
  /** Of each document, where documents are objects. */
  readonly documents: readonly ConstructOrigin[];
  /** Of a kustomization.yaml: who says what in it. */
  readonly entries: readonly EntryOrigin[];
  readonly release?: PinnedRelease;
  /** Somebody else fills it. */
  readonly placeholder?: boolean;
}

export interface AppOrigins {
  readonly project: string;
  readonly directory: string;
  readonly files: readonly FileOrigin[];
}

/** What made files of an app's tree; files that it does not make are left out. Nothing is checked: a wrong tree may be asked about, too. */
export function originsOf(app: GitopsApp, paths: readonly string[]): AppOrigins {
  const { directories, treeFiles } = placeDirectories(app);
  const wanted = new Set(paths);
  const inDirectories = directories.flatMap((placed) => placed.files.filter(({ path }) => wanted.has(path)).map((file) => fileOrigin(app, placed, file)));
  return { project: app.name, directory: app.directory, files: [...inDirectories, ...treeFiles.filter(({ path }) => wanted.has(path)).map((file) => ({ ...claimed(app, file), documents: [], entries: [] }))] };
}

function fileOrigin(app: GitopsApp, placed: PlacedDirectory, file: File): FileOrigin {
  const { directory, objects } = placed;
  const isKustomization = directory.hasKustomization && file.path === directory.pathOf('kustomization.yaml');
  return {
    ...claimed(app, file),
    documents: objects.filter((object) => directory.pathOf(object.file) === file.path).map(({ construct }) => originOf(construct)),
    entries: isKustomization ? entriesOf(placed) : [],
  };
}

function claimed(app: GitopsApp, { path, props: { claimedBy, placeholder } }: File): Omit<FileOrigin, 'documents' | 'entries'> {
  const construct = claimedBy === undefined ? undefined : constructAt(app, claimedBy);
  return {
    path,
    ...(construct === undefined ? {} : { construct: originOf(construct) }),
    ...(construct === undefined ? {} : releaseOf(construct)),
    ...(placeholder === true ? { placeholder } : {}),
  };
}

function releaseOf(construct: IConstruct): { readonly release?: PinnedRelease } {
  if (!hasBrand(construct, 'UpstreamManifest')) return {};
  const { url, version, sha256 } = construct as IConstruct & UpstreamRelease;
  return { release: { url, version, sha256 } };
}

function constructAt(app: GitopsApp, path: string): IConstruct | undefined {
  return path.split('/').reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), app);
}

function originOf(construct: IConstruct): ConstructOrigin {
  return { path: construct.node.path, type: construct.constructor.name, places: placesOf(construct) };
}

/** Who says what in a directory's kustomization.yaml: the directory itself, constructs in it, and files that it lists. */
function entriesOf({ directory, objects, kustomization }: PlacedDirectory): EntryOrigin[] {
  const found: EntryOrigin[] = [];
  const add = (construct: IConstruct, part: object): void => {
    for (const [field, value] of Object.entries(part) as [string, unknown][]) {
      if (value === undefined) continue;
      for (const item of Array.isArray(value) ? (value as unknown[]) : [undefined]) found.push({ field, value: withoutTokens(item), construct: originOf(construct), ...releaseOf(construct) });
    }
  };
  for (const part of directory.kustomizationParts()) add(directory, part);
  const visit = (construct: IConstruct): void => {
    if (Directory.isDirectory(construct) || ApiObject.isApiObject(construct)) return;
    const part = contentOf(construct).kustomization?.(directory);
    if (part !== undefined) add(construct, part);
    construct.node.children.forEach(visit);
  };
  directory.node.children.forEach(visit);
  for (const resource of kustomization.resources ?? []) {
    const [first] = objects.filter(({ file }) => file === resource);
    if (first !== undefined && !found.some(({ field, value }) => field === 'resources' && isDeepStrictEqual(value, resource))) add(first.construct, { resources: [resource] });
  }
  return found;
}
