import type { AppliedObject } from '../../model/applied-object';
import { isMapping, listAt, mapping, mappingAt, textAt, type Data } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import type { BuiltObject } from '../../model/kustomize/built-object';
import type { Patch } from '../../model/kustomize/patches';
import { isImageNamed, scaled } from '../../model/kustomize/transformers';
import type { SchemaSet } from '../../schema/schema-set';
import type { State } from '../state';
import { applyPatch } from './apply-patch';
import { readPatches } from './read-patches';

/** Makes of an object what a Flux Kustomization applies: with patches, images and replicas of all that it is built from. */
export type Finish = (object: AppliedObject, by: FluxKustomization) => unknown;

/** The same for both sides of a change. */
export interface Finishes {
  readonly before: Finish;
  readonly after: Finish;
}

/** What a kustomization.yaml, or the spec of a Flux Kustomization, makes of the objects that it is for. */
interface Layer {
  readonly patches: readonly Patch[];
  readonly replicas: readonly unknown[];
  readonly images: readonly unknown[];
  isFor(object: AppliedObject): boolean;
}

/** Where nothing changes an object on its way, its own data comes back. */
export function finisher({ repository, walker }: State, schemas: SchemaSet): Finish {
  const known = new Map<FluxKustomization, readonly Layer[]>();
  const layersOf = (by: FluxKustomization): readonly Layer[] => {
    let layers = known.get(by);
    if (layers === undefined) known.set(by, (layers = [...layersIn(by), layer(specOf(by), '', () => true)]));
    return layers;
  };
  const layersIn = ({ files }: FluxKustomization): Layer[] => {
    const changing = repository.kustomizationsAmong(files).filter(({ data }) => CHANGING.some((field) => field in data));
    return changing.map((kustomization) => ({ kustomization, walk: walker.walk(kustomization.directory) }))
      .sort((a, b) => a.walk.files.size - b.walk.files.size) // what lies within another takes in less
      .map(({ kustomization: { data, directory, isComponent }, walk }): Layer => {
        const sources = new Set(walk.objects.map(({ source }) => source));
        return layer(data, directory, ({ source }) => isComponent || sources.has(source));
      });
  };
  const layer = (data: Data, directory: string, isFor: Layer['isFor']): Layer => ({ patches: readPatches(data, directory, repository), replicas: listAt(data, 'replicas'), images: listAt(data, 'images'), isFor });
  /** A Flux Kustomization may be patched by the one that applies it. */
  const specOf = (by: FluxKustomization): Data => mappingAt(by.parent === undefined || by.parent === by ? by.data : finish(by.object, by.parent), 'spec');
  const finish: Finish = (object, by) => {
    const node = schemas.find(object.apiVersion, object.kind)?.nodes[0];
    let result: BuiltObject | undefined = builtObject(object);
    for (const { patches, replicas, images } of layersOf(by).filter(({ isFor }) => isFor(object))) {
      for (const patch of patches) result = result === undefined ? undefined : applyPatch(result, patch, node);
      for (const entry of replicas) result = result === undefined ? undefined : scaled(result, entry);
      if (result !== undefined && images.length > 0) result = { ...result, data: withImages(result.data, images, false) };
    }
    return result?.data;
  };
  return finish;
}

const CHANGING = ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'replicas', 'images'];

/** As kustomize takes it for a patch: with the name that it is written with, and the one that it has now. */
function builtObject({ apiVersion, group, kind, name, namespace, data, source }: AppliedObject): BuiltObject {
  const { name: written } = mapping(mapping(source?.data)['metadata']);
  return {
    group, version: apiVersion.slice(group === '' ? 0 : group.length + 1), kind, data, source,
    ids: [{ name: typeof written === 'string' ? written : name, namespace: source?.namespace }, { name, namespace }],
  };
}

function withImages(value: unknown, entries: readonly unknown[], isContainer: boolean): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => withImages(item, entries, isContainer));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isMapping(value)) return value;
  const changed: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const result = isContainer && key === 'image' && typeof child === 'string' ? imageOf(child, entries) : withImages(child, entries, (key === 'containers' || key === 'initContainers') && Array.isArray(child));
    if (result !== child) changed[key] = result;
  }
  return Object.keys(changed).length === 0 ? value : { ...value, ...changed };
}

function imageOf(image: string, entries: readonly unknown[]): string {
  let result = image;
  for (const entry of entries) {
    const name = textAt(entry, 'name');
    if (name === undefined || !isImageNamed(result, name)) continue;
    const [newName = name, tag, digest] = ['newName', 'newTag', 'digest'].map((field) => textAt(entry, field));
    result = `${newName}${digest !== undefined ? `@${digest}` : tag !== undefined ? `:${tag}` : result.slice(name.length)}`;
  }
  return result;
}
