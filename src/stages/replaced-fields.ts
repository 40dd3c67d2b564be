import type { FieldChange } from '../diff/changes';
import { diffValues } from '../diff/fields/diff-values';
import { isMapping, textAt } from '../model/fields';
import { ManifestFile } from '../tree/file';
import { objectKey } from '../tree/object-key';

/** What a whole copy takes from a patch that the next stage has. */
export interface ReplacedFields {
  /** The patch of the next stage. */
  readonly file: string;
  /** Its fields that get another value or are lost, versions aside: hosts, sizes and the like. */
  readonly fields: readonly string[];
}

/** The fields of a patch that another text at its place would replace, but for those that hold a version: these are to move on. */
export function replacedFields(path: string, present: string, wanted: string): string[] {
  const [own, others] = [present, wanted].map((text) => objectsIn(path, text)) as [Map<string, unknown>, Map<string, unknown>];
  const changes = [...own].flatMap(([key, object]) => diffValues(object, others.get(key)));
  return [...new Set(changes.filter((change) => change.type !== 'added' && !(isVersion(change) && !takesPrereleases(change))).map((change) => (change.path === '' ? 'the whole object' : change.path)))];
}

/** By what they patch: objects by their names, lists of operations by their places in the file. */
function objectsIn(path: string, text: string): Map<string, unknown> {
  const objects = ManifestFile.fromText(path, text).documents.map(({ object }) => object).filter((object) => object !== null);
  return new Map(objects.map((object, index) => (Array.isArray(object) ? [String(index), byPath(object)] : [isMapping(object) ? objectKey(object, path) : String(index), object])));
}

/** Operations by what they set: `/spec/replicas`. */
function byPath(operations: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(operations.map((operation, index) => {
    const path = textAt(operation, 'path') ?? String(index);
    return [path, isMapping(operation) && operation['value'] !== undefined ? operation['value'] : operation];
  }));
}

/** `>=1.0.0-alpha` in place of `>=1.0.0`: which versions a stage tries is its own, however much it is a version. */
function takesPrereleases({ before, after }: FieldChange): boolean {
  const [was, is] = [before, after].map((value) => /^[^<>^~]*[<>^~].*\d-[0-9A-Za-z]/.test(String(value)));
  return is! && !was!;
}

function isVersion({ steps }: FieldChange): boolean {
  const last = steps.filter((step) => typeof step === 'string').at(-1)?.split('/').at(-1) ?? '';
  return /^(image|tag|version|digest|semver)$|(Image|Tag|Version|Digest)$/.test(last);
}
