import { isClusterScoped } from '../../tree/cluster-scoped';
import { at, isMapping, listAt, mapping, mappingAt, numberAt, textAt, type Data } from '../fields';
import type { BuiltObject } from './built-object';
import { UNSEEN, mergePatch } from './json-operations';

/** Kinds whose names kustomize leaves as they are. */
const UNPREFIXED: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition', 'APIService']);

/** `namespace:` moves what belongs to one, and renames a Namespace itself. */
export function moved(object: BuiltObject, namespace: string): BuiltObject {
  const current = object.ids.at(-1)!;
  if (object.kind === 'Namespace') return renamed(object, namespace, undefined);
  return isClusterScoped(object.kind) ? object : renamed(object, current.name, namespace);
}

/** `namePrefix:` and `nameSuffix:`. */
export function affixed(object: BuiltObject, prefix: string, suffix: string): BuiltObject {
  const { name, namespace } = object.ids.at(-1)!;
  return UNPREFIXED.has(object.kind) ? object : renamed(object, `${prefix}${name}${suffix}`, namespace);
}

function renamed(object: BuiltObject, name: string, namespace: string | undefined): BuiltObject {
  return { ...object, ids: [...object.ids, { name, namespace }], data: mergePatch(object.data, { metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }) };
}

/** Labels and annotations that a kustomization.yaml adds, to templates and selectors, too, where it says so. */
export function labelled(object: BuiltObject, settings: Data): BuiltObject {
  let { data } = object;
  const [common, annotations] = [mappingAt(settings, 'commonLabels'), mappingAt(settings, 'commonAnnotations')];
  const add = (field: 'labels' | 'annotations', pairs: Data): void => {
    if (Object.keys(pairs).length > 0) data = mergePatch(data, { metadata: { [field]: pairs } });
  };
  add('labels', common);
  for (const entry of listAt(settings, 'labels')) add('labels', mappingAt(entry, 'pairs'));
  add('annotations', annotations);
  const isDeep = Object.keys({ ...common, ...annotations }).length > 0 || listAt(settings, 'labels').some((entry) => at(entry, 'includeSelectors') === true || at(entry, 'includeTemplates') === true || listAt(entry, 'fields').length > 0);
  if (isDeep && isMapping(data) && isMapping(data['spec'])) data = { ...data, spec: { ...data['spec'], ...Object.fromEntries(['selector', 'template', 'jobTemplate', 'volumeClaimTemplates'].filter((field) => mapping(mapping(data)['spec'])[field] !== undefined).map((field) => [field, UNSEEN])) } };
  return { ...object, data };
}

/** Kinds that `replicas:` is about. */
const SCALED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);

export function hasReplicas(object: BuiltObject): boolean {
  return SCALED.has(object.kind);
}

export function scaled(object: BuiltObject, entry: unknown): BuiltObject {
  const isMeant = hasReplicas(object) && object.ids.some(({ name }) => name === textAt(entry, 'name'));
  return isMeant ? { ...object, data: mergePatch(object.data, { spec: { replicas: numberAt(entry, 'count') ?? UNSEEN } }) } : object;
}

/** The images of containers, wherever those are; undefined where some may be out of sight. */
export function imagesIn(data: unknown): Set<string> | undefined {
  const found = new Set<string>();
  const visit = (value: unknown, isContainer: boolean): boolean => {
    if (value === UNSEEN) return false;
    if (typeof value !== 'object' || value === null) return true;
    if (Array.isArray(value)) return value.every((item) => visit(item, isContainer));
    const image = isContainer ? textAt(value, 'image') : undefined;
    if (image !== undefined) found.add(image);
    return Object.entries(value).every(([key, child]) => visit(child, (key === 'containers' || key === 'initContainers') && Array.isArray(child)));
  };
  return visit(data, false) ? found : undefined;
}

/** Whether kustomize takes an image for the one that an entry of `images` names. */
export function isImageNamed(image: string, name: string): boolean {
  if (!image.startsWith(name)) return false;
  return /^(:[\w.{}-]*)?(@sha256:[\w.{}-]*)?$/.test(image.slice(name.length));
}
