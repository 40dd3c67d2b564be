import type { FieldChange } from '../diff/changes';
import { objectChange, type ObjectVersion } from '../diff/objects/object-change';
import type { AppliedObject } from '../model/applied-object';
import type { BuiltObject } from '../model/kustomize/built-object';
import { KustomizeModel } from '../model/kustomize/kustomize-model';
import { referencesOf, resolveTarget } from '../model/kustomization-file';
import { Repository } from '../model/repository';
import { identityTitle } from '../model/source-object';
import { SchemaSet } from '../schema/schema-set';
import type { Tree } from '../tree/tree';
import { pairStages, type StagedObject } from './pair-stages';
import type { BuildDirectory } from './rendered-changes';
import { serviceOf, Services } from './services';
import { joined, overlaysIn, type StagePair } from './stage-pair';
import { isStatic } from './static-files';
import { withoutStatic } from './without-static';

/** How two stages differ in what is rendered, as data; nothing in it is a secret. */
export interface StageDifference {
  /** What was compared, folder by folder. */
  readonly stages: readonly StagePair[];
  readonly services: readonly ServiceDifference[];
  /** What could not be compared, and why. */
  readonly limits: readonly string[];
}

export interface ServiceDifference {
  readonly service: string;
  readonly objects: readonly ObjectDifference[];
}

export interface ObjectDifference {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** Which stage has it. */
  readonly in: 'both' | 'from' | 'to';
  /** Whether nothing but files that are declared to be of one stage alone make for all of it. */
  readonly isDeclared: boolean;
  readonly fields: readonly StagedField[];
  /** The files, named with `_`, that make for what is declared. */
  readonly declaredBy: readonly string[];
}

export interface StagedField extends FieldChange {
  readonly isDeclared: boolean;
  /** The files, named with `_`, that make for it. */
  readonly declaredBy: readonly string[];
}

export interface StageQuestion {
  readonly tree: Tree;
  readonly pairs: readonly StagePair[];
  /** None for all. */
  readonly services: readonly string[];
  /** Opens what builds the directories of a tree. */
  readonly open: (tree: Tree) => Promise<BuildDirectory>;
}

/**
 * Builds both stages as they are, and without what is declared to be of one alone: a difference that is gone then is meant.
 * @throws UserError `reference-invalid` for a service that neither stage has
 */
export async function diffStages({ tree, pairs, services: names, open }: StageQuestion): Promise<StageDifference> {
  const repository = new Repository(tree);
  const [build, plain] = [await open(tree), await open(withoutStatic(repository))];
  const declared = new Declarations(repository);
  const services = new Services(names);
  const limits: string[] = [];
  const found = new Map<string, ObjectDifference[]>();
  for (const pair of pairs) {
    for (const place of placesOf(repository, pair)) {
      const directories = { one: joined(pair.from, place), other: joined(pair.to, place) };
      const objects = await pairedObjects(repository, directories, pair, build, limits);
      const rest = objects === undefined ? undefined : await pairedObjects(repository, directories, pair, plain, []);
      if (objects !== undefined && rest === undefined) limits.push(`${directories.one} and ${directories.other} cannot be built without what is declared, so that nothing is marked`);
      const unmeant = new Map((rest ?? []).map((one) => [keyOf(one), differenceOf(one, directories)]));
      for (const one of objects ?? []) {
        const object = (one.one ?? one.other)!;
        const service = serviceOf(object.source?.file ?? object.generatedBy ?? '', one.one === undefined ? pair.to : pair.from) ?? object.name;
        if (!services.include([service, object.name])) continue;
        const difference = differenceOf(one, directories);
        if (difference === undefined) continue;
        const marked = rest === undefined ? difference : withDeclared(difference, unmeant.get(keyOf(one)), declared.of(object, [directories.one, directories.other]));
        found.set(service, [...(found.get(service) ?? []), marked]);
      }
    }
  }
  services.checkNames(pairs.map(({ from, to }) => `${from} and ${to}`).join(', '));
  return { stages: pairs, services: [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([service, objects]) => ({ service, objects })), limits };
}

/** The directories of a pair that nothing else in it is made from, by their places. */
function placesOf(repository: Repository, { from, to }: StagePair): string[] {
  const tops = [from, to].flatMap((folder) => {
    const overlays = overlaysIn(repository, folder).filter((directory) => !repository.kustomizations.get(directory)!.isComponent);
    const used = new Set(overlays.flatMap((directory) => referencesOf(repository.kustomizations.get(directory)!).flatMap(({ target }) => resolveTarget(directory, target) ?? [])));
    return overlays.filter((directory) => !used.has(directory)).map((directory) => directory.slice(folder.length).replace(/^\//, ''));
  });
  return [...new Set(tops)].sort();
}

async function pairedObjects(repository: Repository, directories: { readonly one: string; readonly other: string }, { from, to }: StagePair, build: BuildDirectory, limits: string[]): Promise<StagedObject[] | undefined> {
  const builds = await Promise.all([directories.one, directories.other].map(async (directory) => (repository.kustomizations.has(directory) ? build(directory) : undefined)));
  const failures = builds.flatMap((one, index) => (one?.failure === undefined ? [] : [`${index === 0 ? directories.one : directories.other} cannot be built: ${one.failure}`]));
  limits.push(...failures);
  if (failures.length > 0) return undefined;
  return pairStages(builds[0]?.objects ?? [], builds[1]?.objects ?? [], { one: from, other: to });
}

/** How an object differs; nothing where it is the same in both. */
function differenceOf({ one, other }: StagedObject, folders: { readonly one: string; readonly other: string }): ObjectDifference | undefined {
  const { kind, namespace, name } = (one ?? other)!;
  const place = { in: one === undefined ? 'to' : other === undefined ? 'from' : 'both', isDeclared: false, declaredBy: [] } as const;
  if (one === undefined || other === undefined) return { kind, namespace, name, ...place, fields: [] };
  const change = objectChange(versionOf(one, folders.one), versionOf(other, folders.one), new SchemaSet());
  return change === undefined ? undefined : { kind, namespace, name, ...place, fields: change.fields.map((field) => ({ ...field, isDeclared: false, declaredBy: [] })) };
}

/** What is gone, where nothing is declared, is meant. */
function withDeclared(difference: ObjectDifference, rest: ObjectDifference | undefined, declared: readonly DeclaredFile[]): ObjectDifference {
  const files = declared.map(({ file }) => file);
  const fields = difference.fields.map((field): StagedField => {
    const isDeclared = rest === undefined || (rest.in === 'both' && !rest.fields.some(({ path }) => path === field.path));
    const mentioning = declared.filter(({ text }) => text.includes(lastWord(field))).map(({ file }) => file);
    return { ...field, isDeclared, declaredBy: !isDeclared ? [] : mentioning.length > 0 ? mentioning : files };
  });
  if (difference.in !== 'both') return { ...difference, isDeclared: rest?.in !== difference.in, declaredBy: rest?.in !== difference.in ? files : [] };
  return { ...difference, fields, isDeclared: fields.every(({ isDeclared }) => isDeclared), declaredBy: [...new Set(fields.flatMap(({ declaredBy }) => declaredBy))].sort() };
}

/** The key, or what tells an item of a list, by which a patch mentions a field. */
function lastWord({ steps }: FieldChange): string {
  const last = steps.filter((step) => typeof step !== 'number').at(-1) ?? '';
  return typeof last === 'string' ? last : String(Object.values(last)[0] ?? '');
}

interface DeclaredFile {
  readonly file: string;
  readonly text: string;
}

function versionOf(object: AppliedObject, file: string): ObjectVersion {
  return { ...object, file, line: 0, encrypted: object.source?.encrypted ?? false, appliers: [], markers: new Map() };
}

function keyOf({ one, other }: StagedObject): string {
  return [one, other].map((object) => (object === undefined ? '' : identityTitle({ ...object, name: object.generatedBy === undefined ? object.name : object.name.replace(/-[a-z0-9]{10}$/, '') }))).sort().at(-1)!;
}

/** The files named with `_` that change objects or bring them. */
class Declarations {
  private readonly models = new Map<string, KustomizeModel>();

  constructor(private readonly repository: Repository) {}

  /** Those of one of the directories alone: what both are made from makes no difference. */
  of(object: AppliedObject, directories: readonly string[]): DeclaredFile[] {
    const found = directories.map((directory) => this.patchesOf(object, directory));
    const own = found.flatMap((files, index) => [...files].filter((file) => !found.some((other, at) => at !== index && other.has(file))));
    const files = [...new Set([...own, ...(object.source !== undefined && isStatic(object.source.file) ? [object.source.file] : [])])].sort();
    return files.map((file) => ({ file, text: this.repository.tree.get(file)?.bytes.toString('utf8') ?? '' }));
  }

  private patchesOf(object: AppliedObject, directory: string): Set<string> {
    const isHit = ({ source, kind, ids }: BuiltObject): boolean => (
      (source !== undefined && source.file === object.source?.file && source.document === object.source.document) || (kind === object.kind && ids.some(({ name }) => name === object.name))
    );
    return new Set(this.modelOf(directory).notes.flatMap((note) => (note.type === 'patch' && note.patch.file !== undefined && isStatic(note.patch.file) && note.hits.some(isHit) ? [note.patch.file] : [])));
  }

  private modelOf(directory: string): KustomizeModel {
    let model = this.models.get(directory);
    if (model === undefined) {
      this.models.set(directory, (model = new KustomizeModel(this.repository)));
      if (this.repository.kustomizations.has(directory)) model.build(directory);
    }
    return model;
  }
}
