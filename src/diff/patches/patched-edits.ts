import type { AppliedObject } from '../../model/applied-object';
import { isMapping, mapping, mappingAt, type Data } from '../../model/fields';
import { referencesOf, resolveTarget, type KustomizationFile } from '../../model/kustomization-file';
import type { BuiltObject } from '../../model/kustomize/built-object';
import { patchesIn, type Patch } from '../../model/kustomize/patches';
import type { Repository } from '../../model/repository';
import { isFluxKustomization } from '../../model/sources';
import { SchemaSet } from '../../schema/schema-set';
import type { FieldNode } from '../../schema/field-node';
import type { Change, FieldChange } from '../changes';
import { findKustomization, type Edit, type World } from '../consequences/world';
import { diffValues } from '../fields/diff-values';
import { withImages } from '../fields/images';
import { hideInChange } from '../fields/secrets';
import { applyPatch } from './apply-patch';

/** What a change of patches makes of the objects that they are for, which stay as they are written. */
export function patchedEdits({ changes, before, after }: Pick<World, 'changes' | 'before' | 'after'>): Edit[] {
  const schemas = new SchemaSet();
  const listed = new Set<string>(); // whose own lists of patches differ: that takes in what differs in the files
  const inLists = changes.flatMap((change) => {
    const directory = directoryOfChanged(change);
    const [was, is] = [before, after].map(({ repository }) => (directory === undefined ? undefined : repository.kustomizations.get(directory)));
    if (was === undefined || is === undefined || !touchesPatches(change, 0)) return [];
    listed.add(is.path);
    return editsOf(change, objectsOf(is, change, after), [patchesOf(was, before.repository), patchesOf(is, after.repository)], schemas);
  });
  const inFiles = changes.flatMap((change) => {
    if (change.subject.type !== 'file' || change.subject.role !== 'patch' || change.type !== 'changed') return [];
    const file = change.subject.path;
    return [...after.repository.kustomizations.values()].flatMap((is) => {
      const was = before.repository.kustomizations.get(is.directory);
      if (was === undefined || listed.has(is.path) || !names(is, file)) return [];
      return editsOf(change, objectsOf(is, change, after), [patchesOf(was, before.repository), patchesOf(is, after.repository)], schemas);
    });
  });
  const ofFlux = changes.flatMap((change) => {
    const { subject, before: was, after: is } = change;
    if (subject.type !== 'object' || was === undefined || is === undefined || !isFluxKustomization(subject) || !touchesPatches(change, 1)) return [];
    const kustomizations = after.clusters.flatMap(({ kustomizations: found, name }) => found.filter(({ object }) => object.source?.file === is.file && object.name === subject.name).map((one) => ({ one, name })));
    return kustomizations.flatMap(({ one }) => editsOf(change, one.objects, [before, after].map(({ repository }, side) => fluxPatches(mappingAt(side === 0 ? was.content : is.content, 'spec'), repository)) as [Patch[], Patch[]], schemas));
  });
  return [...inLists, ...inFiles, ...ofFlux];
}

const FIELDS = ['patchesStrategicMerge', 'patches', 'patchesJson6902'] as const;

function directoryOfChanged({ subject }: Change): string | undefined {
  return subject.type === 'file' && subject.role === 'kustomization' ? subject.path.slice(0, Math.max(0, subject.path.lastIndexOf('/'))) : undefined;
}

function touchesPatches({ fields }: Change, depth: number): boolean {
  return fields.some(({ steps }) => FIELDS.some((field) => steps[depth] === field));
}

function names(kustomization: KustomizationFile, file: string): boolean {
  return referencesOf(kustomization).some(({ role, target }) => role === 'patches' && resolveTarget(kustomization.directory, target) === file);
}

/** What a kustomization.yaml takes in; a component, what those that take it in apply. */
function objectsOf({ directory, isComponent }: KustomizationFile, { after }: Change, state: World['after']): readonly AppliedObject[] {
  if (!isComponent) return state.walker.walk(directory).objects;
  return (after?.appliers ?? []).flatMap((applier) => findKustomization(state, applier)?.objects ?? []);
}

/** Those that can be read, in the order in which they are applied; those that are the same on both sides need not be there. */
function patchesOf({ data, directory, path }: KustomizationFile, repository: Repository): Patch[] {
  return FIELDS.flatMap((field) => patchesIn(data, field, (steps) => ({ file: path, path: steps }), directory, repository)).filter((patch) => patch !== undefined);
}

function fluxPatches(spec: Data, repository: Repository): Patch[] {
  return FIELDS.flatMap((field) => patchesIn(spec, field, (steps) => ({ file: '', path: steps }), '', repository)).filter((patch) => patch !== undefined);
}

function editsOf(change: Change, objects: readonly AppliedObject[], [before, after]: readonly [readonly Patch[], readonly Patch[]], schemas: SchemaSet): Edit[] {
  const appliers = change.after?.appliers ?? [];
  const known = new Set<unknown>();
  return objects.flatMap((object): Edit[] => {
    if (known.has(object.data)) return []; // in several clusters
    known.add(object.data);
    const node = schemas.find(object.apiVersion, object.kind)?.nodes[0];
    const [was, is] = [before, after].map((patches) => patched(builtObject(object), patches, node));
    if (!isMapping(was) || !isMapping(is)) return [];
    const sides = { before: { data: was, markers: NO_MARKERS }, after: { data: is, markers: NO_MARKERS } };
    const fields = withImages(diffValues(was, is, node), sides).filter(isSeen).map((field) => hideInChange(field, { isSecret: object.group === '' && object.kind === 'Secret' }));
    return fields.length === 0 ? [] : [{ change, object, before: was, after: is, fields, appliers }];
  });
}

const NO_MARKERS = new Map<never, never>();

/** What comes of `copy` and `move` is not followed. */
function isSeen({ before, after }: FieldChange): boolean {
  return typeof before !== 'symbol' && typeof after !== 'symbol';
}

function patched(object: BuiltObject, patches: readonly Patch[], node: FieldNode | undefined): unknown {
  let result: BuiltObject | undefined = object;
  for (const patch of patches) result = result === undefined ? undefined : applyPatch(result, patch, node);
  return result?.data;
}

function builtObject({ apiVersion, group, kind, name, namespace, data, source }: AppliedObject): BuiltObject {
  const now = { name, namespace };
  const { name: first = name } = mapping(mapping(source?.data)['metadata']);
  return { group, version: apiVersion.slice(group === '' ? 0 : group.length + 1), kind, ids: [{ name: typeof first === 'string' ? first : name, namespace: source?.namespace }, now], data, source };
}
