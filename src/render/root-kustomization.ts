import { at, isMapping, listAt, mapping, textAt, textsAt, type Data } from '../model/fields';
import { ENTRY_FIELDS, KUSTOMIZATION_FIELDS } from '../model/kustomization-fields';

/** What Flux builds at the path of a Flux Kustomization. */
export interface RootKustomization {
  readonly data: Data;
  /** Why Flux refuses to build it. */
  readonly failure?: string;
}

/**
 * The kustomization.yaml that Flux builds: the one at the path, or one that lists what is there, with what the Flux
 * Kustomization's spec says put on top of it.
 * @param own what the kustomization.yaml at the path holds; undefined where there is none
 * @param generated the resources of the one that Flux makes then, as seen from the path
 * @param exists whether there is something at a path that is written as seen from the path
 */
export function rootKustomization(own: Data | undefined, generated: readonly string[], flux: Data, exists: (path: string) => boolean): RootKustomization {
  const spec = mapping(flux['spec']);
  const root: Record<string, unknown> = own === undefined ? made(generated) : known(own);
  if (own !== undefined && listAt(root, 'resources').length === 0) root['buildMetadata'] = ['originAnnotations']; // so that kustomize does not call it empty

  for (const [field, target] of [['targetNamespace', 'namespace'], ['namePrefix', 'namePrefix'], ['nameSuffix', 'nameSuffix']] as const) {
    const value = textAt(spec, field);
    if (value !== undefined) root[target] = value;
  }
  const components = textsAt(spec, 'components');
  const remote = components.find((component) => !isLocal(component));
  if (remote !== undefined) return { data: root, failure: `component path "${remote}" must be local and relative` };
  append(root, 'components', at(spec, 'ignoreMissingComponents') === true ? components.filter(exists) : components);
  append(root, 'patches', listAt(spec, 'patches').map((patch) => ({ patch: at(patch, 'patch'), target: at(patch, 'target') })));
  append(root, 'patchesStrategicMerge', listAt(spec, 'patchesStrategicMerge').map((patch) => JSON.stringify(patch)));
  append(root, 'patchesJson6902', listAt(spec, 'patchesJson6902').map((patch) => ({ patch: JSON.stringify(at(patch, 'patch')), target: at(patch, 'target') })));
  const images = listAt(spec, 'images');
  if (images.length > 0) root['images'] = images.reduce(withImage, listAt(root, 'images'));
  if (listAt(spec, 'buildMetadata').length > 0) root['buildMetadata'] = listAt(spec, 'buildMetadata');
  return { data: root };
}

function made(resources: readonly string[]): Record<string, unknown> {
  const type = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
  return resources.length === 0 ? { ...type, namespace: '_placeholder' } : { ...type, resources };
}

/** Flux reads the file into kustomize's own types and so overlooks what those do not know. */
function known(own: Data): Record<string, unknown> {
  return Object.fromEntries(Object.entries(own).filter(([field]) => KUSTOMIZATION_FIELDS.has(field)).map(([field, value]) => [field, knownEntries(value, ENTRY_FIELDS[field])]));
}

function knownEntries(list: unknown, fields: readonly string[] | undefined): unknown {
  if (fields === undefined || !Array.isArray(list)) return list;
  return list.map((entry: unknown) => (isMapping(entry) ? Object.fromEntries(Object.entries(entry).filter(([field]) => fields.includes(field))) : entry));
}

function append(root: Record<string, unknown>, field: string, values: readonly unknown[]): void {
  if (values.length > 0) root[field] = [...listAt(root, field), ...values];
}

/** An image of the spec, merged into the one of its name: a tag and a digest replace each other. */
function withImage(images: readonly unknown[], image: unknown): readonly unknown[] {
  const index = images.findIndex((one) => at(one, 'name') === at(image, 'name'));
  const fields = Object.fromEntries(['name', 'newName', 'newTag', 'digest'].flatMap((field) => {
    const value = textAt(image, field) ?? '';
    return value === '' ? [] : [[field, value]];
  }));
  if (index < 0) return [...images, fields];
  const { newTag, digest, ...rest } = mapping(images[index]);
  const version = 'newTag' in fields || 'digest' in fields ? {} : { newTag, digest };
  return images.map((one, at) => (at === index ? { ...rest, ...version, ...fields } : one));
}

function isLocal(component: string): boolean {
  return !/^(?:git::|gh:|ssh:\/\/|https:\/\/|http:\/\/|git@|github\.com:|github\.com\/)./i.test(component) && !/^(?:file:\/\/)?\//i.test(component);
}
