import { at, isMapping, listAt, type Step } from '../model/fields';
import { isKustomizationPath, type KustomizationFile } from '../model/kustomization-file';
import { patchesIn } from '../model/kustomize/patches';
import type { LineFinder } from '../model/line-finder';
import type { Repository } from '../model/repository';
import { groupOf, identityTitle, objectsOf, type SourceObject } from '../model/source-object';
import type { SchemaRule } from '../schema/schema-problem';
import { SchemaSet } from '../schema/schema-set';
import type { DefinitionChange } from './compare-definitions';
import type { Finding } from './finding';
import { isDefinition, servedVersions } from './release';

/** An object of ours, or a patch of one, of a kind that the release defines. */
interface OwnObject extends SourceObject {
  readonly isPatch: boolean;
  /** Where it lies in its document. */
  readonly within: readonly Step[];
}

/** The objects of a tree that are of kinds which a release defines; what lies in the release's own files is left out. */
export function ownObjects(repository: Repository, definitions: readonly SourceObject[], released: ReadonlySet<string>): OwnObject[] {
  const kinds = new Set(definitions.filter(isDefinition).map(({ data }) => `${String(at(data, 'spec.group'))}/${String(at(data, 'spec.names.kind'))}`));
  const whole = repository.objects.map((object): OwnObject => ({ ...object, isPatch: false, within: object.item === undefined ? [] : ['items', object.item] }));
  const known = new Set(whole.map(({ file }) => file));
  const patches = [...repository.kustomizations.values()].flatMap((kustomization) => patchesOf(repository, kustomization)).filter(({ file }) => !known.has(file) || isKustomizationPath(file));
  return [...whole, ...patches].filter((object) => kinds.has(`${object.group}/${object.kind}`) && !released.has(object.file));
}

/** The partial objects that a kustomization.yaml merges, in files of their own or inline. */
function patchesOf(repository: Repository, { data, directory, path: file }: KustomizationFile): OwnObject[] {
  return (['patches', 'patchesStrategicMerge'] as const).flatMap((field) => patchesIn(data, field, (path) => ({ file, path }), directory, repository)).flatMap((patch): OwnObject[] => {
    if (patch === undefined || patch.operations !== undefined) return [];
    if (patch.file !== undefined) return repository.documentsIn(patch.file).flatMap((document, index) => objectsOf(document, patch.file!, index).map((object) => ({ ...object, isPatch: true, within: [] })));
    const { path } = patch.at;
    return patch.parts.flatMap((object) => objectsOf({ object, line: 1 }, file, 0).map((part) => ({ ...part, isPatch: true, within: path[0] === 'patches' ? [...path, 'patch'] : path })));
  });
}

/** What the API server takes of our objects today, and would refuse with the definitions of another release. */
export function brokenObjects(own: readonly OwnObject[], before: readonly SourceObject[], after: readonly SourceObject[], others: readonly SourceObject[], lines: LineFinder): Finding[] {
  const [was, is] = [before, after].map((release) => new SchemaSet({ crds: [...release, ...others].filter(isDefinition).map(({ data }) => data) })) as [SchemaSet, SchemaSet];
  const served = servedIn([...after, ...others]);
  return own.flatMap((object): Finding[] => {
    const place = (path: readonly Step[]): Pick<Finding, 'file' | 'line'> => ({ file: object.file, line: lines.lineOf(object.file, object.document, [...object.within, ...path]) });
    const version = object.apiVersion.slice(object.group.length + 1);
    const versions = served.get(`${object.group}/${object.kind}`);
    if (versions?.has(version) !== true) {
      return [{ ...place(['apiVersion']), subject: identityTitle(object), text: versions === undefined ? `is a ${object.kind}, which nothing defines any more` : `has apiVersion ${object.apiVersion}, which is no longer served: ${[...versions].map((one) => `${object.group}/${one}`).join(', ')} is` }];
    }
    const known = new Set(was.validate(object.data, { isOpaque }).map(({ message }) => message));
    const problems = is.validate(object.data, { isOpaque }).filter(({ message, rule }) => !known.has(message) && !(object.isPatch && NEEDS_THE_WHOLE.has(rule)));
    return problems.map(({ path, message }): Finding => ({ ...place(path), subject: identityTitle(object), text: message }));
  });
}

/** What can only be said of an object that is complete. */
const NEEDS_THE_WHOLE: ReadonlySet<SchemaRule> = new Set(['required', 'alternatives', 'cel', 'items', 'properties', 'name']);

/** Something else puts the value there. */
function isOpaque(text: string): boolean {
  return /\$\{|\{\{/.test(text);
}

function servedIn(objects: readonly SourceObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { data } of objects.filter(isDefinition)) {
    const key = `${String(at(data, 'spec.group'))}/${String(at(data, 'spec.names.kind'))}`;
    found.set(key, new Set([...(found.get(key) ?? []), ...servedVersions(data)]));
  }
  return found;
}

/** Where our objects have what changes: `k8s/web/certificate.yaml:12`. */
export function usesOf({ group, kind, version, narrowing }: DefinitionChange, own: readonly OwnObject[], lines: LineFinder): string[] {
  const concerned = own.filter((object) => groupOf(object.apiVersion) === group && object.kind === kind && (version === undefined || object.apiVersion === `${group}/${version}`));
  return concerned.flatMap((object) => {
    const paths = narrowing === undefined ? [['apiVersion']] : narrowing.isMissed === true ? missing(object, narrowing.path) : found(object.data, narrowing.path);
    return paths.map((path) => `${object.file}:${lines.lineOf(object.file, object.document, [...object.within, ...path])}`);
  });
}

/** Where an object has what surrounds a field, and not the field; a patch need not have it. */
function missing(object: OwnObject, path: readonly string[]): Step[][] {
  if (object.isPatch) return [];
  return found(object.data, path.slice(0, -1)).filter((parent) => isMapping(at(object.data, parent)) && at(object.data, [...parent, path.at(-1)!]) === undefined);
}

/** The places in an object that a path of a schema leads to. */
function found(data: unknown, path: readonly string[]): Step[][] {
  return path.reduce<Step[][]>((places, step) => places.flatMap((place): Step[][] => {
    const value = at(data, place);
    if (step === '[]') return listAt(value, []).map((_, index) => [...place, index]);
    if (!isMapping(value)) return [];
    if (step === '*') return Object.keys(value).map((key) => [...place, key]);
    return value[step] === undefined ? [] : [[...place, step]];
  }), [[]]);
}
