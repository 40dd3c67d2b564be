import type { Change } from '../diff/changes';
import { numbered } from '../diff/diff-source';
import { objectChange, type ObjectVersion } from '../diff/objects/object-change';
import { pairObjects, type Placed } from '../diff/objects/pair-objects';
import type { AppliedObject } from '../model/applied-object';
import type { Build } from '../model/flux-kustomization';
import type { Repository } from '../model/repository';
import { identityKey } from '../model/source-object';
import { Walker } from '../model/walk';
import { SchemaSet } from '../schema/schema-set';

/** What builds a directory as kustomize does. */
export type BuildDirectory = (directory: string) => Promise<Build>;

/** What becomes of one directory's render. */
export interface RenderedChanges {
  readonly directory: string;
  readonly changes: readonly Change[];
  /** Why one of the renders is not there: before, or after. */
  readonly failure?: string;
}

/** How the renders of directories differ between two states of a tree; those that do not are left out. */
export async function renderedChanges(directories: readonly string[], before: BuildDirectory, after: BuildDirectory): Promise<RenderedChanges[]> {
  const all = await Promise.all(directories.map(async (directory): Promise<RenderedChanges> => {
    const [was, is] = await Promise.all([before(directory), after(directory)]);
    const failure = is.failure === undefined ? was.failure === undefined ? undefined : `it could not be built before: ${was.failure}` : `it cannot be built then: ${is.failure}`;
    return failure === undefined ? { directory, changes: changesOf(was, is) } : { directory, changes: [], failure };
  }));
  return all.filter(({ changes, failure }) => changes.length > 0 || failure !== undefined);
}

/** The directories whose builds read any of these files in one of the states. */
export function readersOf(files: ReadonlySet<string>, ...states: readonly Repository[]): string[] {
  const found = states.flatMap((repository) => {
    const walker = new Walker(repository);
    return [...repository.kustomizations.values()].filter(({ isComponent, directory }) => !isComponent && [...walker.walk(directory).files].some((file) => files.has(file))).map(({ directory }) => directory);
  });
  return [...new Set(found)].sort();
}

function changesOf(before: Build, after: Build): Change[] {
  const schemas = new SchemaSet();
  const { both, removed, added } = pairObjects(before.objects.map(found), after.objects.map(found));
  return numbered([
    ...both.map(([was, is]) => objectChange(was, { ...is, file: was.file }, schemas)),
    ...removed.map((was) => objectChange(was, undefined, schemas)),
    ...added.map((is) => objectChange(undefined, is, schemas)),
  ].filter((change) => change !== undefined));
}

function found(object: AppliedObject): ObjectVersion & Placed {
  const { source, generatedBy } = object;
  const name = generatedBy === undefined ? object.name : object.name.replace(/-[a-z0-9]{10}$/, '');
  return { ...object, key: identityKey({ ...object, name }), place: '', file: source?.file ?? generatedBy, line: source?.line ?? 0, encrypted: source?.encrypted ?? false, appliers: [], markers: new Map() };
}
