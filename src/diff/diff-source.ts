import { isKustomizationPath } from '../model/kustomization-file';
import { identityKey, type SourceObject } from '../model/source-object';
import { SchemaSet } from '../schema/schema-set';
import { baseName, directoryOf } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { Applier, BrokenSide, Change, FileSubject } from './changes';
import { markersIn } from './fields/images';
import { fileChange, movedFile, type FileVersion } from './files/file-change';
import { objectChange, type ObjectVersion, type Unnumbered } from './objects/object-change';
import { pairObjects, type Placed } from './objects/pair-objects';
import { fileAppliers, fileUses, type FileUse, type State } from './state';
import type { StageNames } from './stage-names';

/** What differs in the files of two states. */
export interface SourceChanges {
  readonly changes: readonly Change[];
  readonly layoutOnly: number;
  readonly unrelated: number;
}

interface Found extends ObjectVersion, Placed {}

/** One state, with what its files are there for. */
interface Side {
  readonly state: State;
  readonly uses: ReadonlyMap<string, readonly FileUse[]>;
  readonly appliers: ReadonlyMap<string, readonly Applier[]>;
}

export interface SourceQuestion {
  readonly before: State;
  readonly after: State;
  /** Paths of the files that are not the same byte for byte. */
  readonly different: readonly string[];
  /** What could not be read: such a file is compared line by line, since its objects are not known. */
  readonly broken: readonly BrokenSide[];
  /** The folders of charts that lie in the repository. */
  readonly charts: ReadonlySet<string>;
  readonly names: StageNames;
}

/** Compares the files of two states: objects with objects, wherever they lie, and other files with themselves. */
export function sourceChanges({ before, after, different, broken, charts, names }: SourceQuestion): SourceChanges {
  const sides = [before, after].map((state): Side => ({ state, uses: fileUses(state), appliers: fileAppliers(state, names) })) as [Side, Side];
  const unreadable = new Set(broken.map(({ file }) => file));
  const kinds = new Map(different.map((path) => [path, unreadable.has(path) ? 'other' as const : kindOf(path, sides, charts)]));
  const objects = sides.map((side) => different.filter((path) => kinds.get(path) === 'objects').flatMap((path) => objectsIn(path, side))) as [Found[], Found[]];
  const touched = new Set<string>();
  const changes: Unnumbered[] = [];
  const schemas = new SchemaSet();
  const pairs = pairObjects(...objects);
  const add = (change: Unnumbered | undefined, ...files: readonly (string | undefined)[]): void => {
    if (change === undefined) return;
    changes.push(change);
    for (const file of files) if (file !== undefined) touched.add(file);
  };
  for (const [was, is] of pairs.both) add(objectChange(was, is, schemas), was.file, is.file);
  for (const was of pairs.removed) add(objectChange(was, undefined, schemas), was.file);
  for (const is of pairs.added) add(objectChange(undefined, is, schemas), is.file);
  const moved = movedFiles(different.filter((path) => !['objects', 'unrelated'].includes(kinds.get(path)!)), sides);
  const gone = new Set(moved.values());
  let unrelated = 0;
  for (const path of different) {
    const kind = kinds.get(path)!;
    if (kind === 'objects') continue;
    const from = moved.get(path);
    if (kind === 'unrelated') unrelated++;
    else if (gone.has(path)) touched.add(path);
    else if (from !== undefined) add(movedFile(kind, isSecretInput(path, sides), fileVersion(from, sides[0])!, fileVersion(path, sides[1])!), path);
    else add(fileChange(path, kind, isSecretInput(path, sides), fileVersion(path, sides[0]), fileVersion(path, sides[1])), path);
  }
  return { changes: numbered(changes), unrelated, layoutOnly: different.filter((path) => kinds.get(path) !== 'unrelated' && !touched.has(path)).length };
}

/** In the order of their files and lines. */
export function numbered(changes: readonly Unnumbered[]): Change[] {
  const placed = changes.map((change) => ({ change, file: (change.after ?? change.before)!.file ?? '', line: (change.after ?? change.before)!.line }));
  return placed.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)).map(({ change }, id) => ({ id, ...change }));
}

function kindOf(path: string, sides: readonly Side[], charts: ReadonlySet<string>): FileSubject['role'] | 'objects' | 'unrelated' {
  if (isKustomizationPath(path)) return 'kustomization';
  const roles = new Set(sides.flatMap(({ uses }) => (uses.get(path) ?? []).map(({ role }) => role)));
  if (!roles.has('resources')) {
    if (roles.has('patches')) return 'patch';
    if (roles.has('configuration')) return 'configuration';
    if (roles.has('inputs')) return 'input';
  }
  if (sides.some((side) => objectsOf(path, side).length > 0)) return 'objects';
  const isRead = sides.some(({ appliers }) => appliers.has(path));
  return isRead || isBelowAny(path, charts) ? 'other' : 'unrelated';
}

/** Files that are gone, by those of the same name and content that have come. */
function movedFiles(paths: readonly string[], [before, after]: readonly [Side, Side]): ReadonlyMap<string, string> {
  const [old, now] = [before, after].map(({ state }) => state.repository.tree) as [Tree, Tree];
  const waiting = paths.filter((path) => !now.has(path));
  return new Map(paths.filter((path) => !old.has(path)).flatMap((path): [string, string][] => {
    const index = waiting.findIndex((one) => baseName(one) === baseName(path) && old.get(one)!.bytes.equals(now.get(path)!.bytes));
    return index < 0 ? [] : [[path, waiting.splice(index, 1)[0]!]];
  }));
}

function isBelowAny(path: string, directories: ReadonlySet<string>): boolean {
  for (let directory = directoryOf(path); directory !== ''; directory = directoryOf(directory)) if (directories.has(directory)) return true;
  return false;
}

function objectsOf(path: string, { state: { repository }, appliers }: Side): readonly SourceObject[] {
  // only what is applied as JSON is Kubernetes' own: package.json and its kin have no kinds, but tests and dashboards may
  if (path.endsWith('.json') && !appliers.has(path)) return [];
  const file = repository.tree.get(path);
  return file?.type === 'manifests' && /\bkind["']?\s*:/.test(file.text) && !/^\s*\{\{/m.test(file.text) ? repository.objectsIn(path) : [];
}

function objectsIn(path: string, side: Side): Found[] {
  const { state: { repository }, appliers } = side;
  const file = repository.tree.get(path);
  return objectsOf(path, side).map((object) => ({
    ...object, key: identityKey(object), place: path, appliers: appliers.get(path) ?? [],
    markers: markersIn(file?.type === 'manifests' ? file : undefined, object.document),
  }));
}

function fileVersion(path: string, { state: { repository }, appliers }: Side): FileVersion | undefined {
  const file = repository.tree.get(path);
  return file === undefined ? undefined : { file, appliers: appliers.get(path) ?? [] };
}

function isSecretInput(path: string, sides: readonly Side[]): boolean {
  return sides.some(({ uses }) => uses.get(path)?.some(({ isSecret }) => isSecret) === true);
}
