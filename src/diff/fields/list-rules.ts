import type { FieldNode } from '../../schema/field-node';
import { childOf } from '../../schema/field-node';
import { isMapping, type Data } from '../../model/fields';

/** How the items of a list are told apart, and whether their order says anything. */
export interface ListRule {
  /** Fields that name an item, with the values that stand for one left out. */
  readonly keys: readonly ListKey[] | undefined;
  readonly isOrdered: boolean;
}

export interface ListKey {
  readonly field: string;
  readonly whenLeftOut: unknown;
}

/**
 * How to compare two lists: as the kind's schema has it; else by the field's name; else by what all items have that tells
 * them apart, in an order that may matter.
 * @param node the list's schema, if the kind is known
 */
export function listRule(name: string, node: FieldNode | undefined, before: readonly unknown[], after: readonly unknown[]): ListRule {
  if (name in SETS || before.length + after.length === 0) return { keys: undefined, isOrdered: false };
  const isOrdered = node?.schema['x-kubernetes-list-type'] !== 'set' && (name in ORDERED || !(isMap(node) || name in UNORDERED));
  const known = node === undefined ? undefined : schemaKeys(node);
  if (known !== undefined && tellsApart(known, before) && tellsApart(known, after)) return { keys: known, isOrdered };
  const keys = KEYS.map((fields) => fields.map(optional)).find((fields) => tellsApart(fields, before) && tellsApart(fields, after));
  return { keys, isOrdered };
}

/** The values of an item's keys; undefined for what lacks one. */
export function keyValues(keys: readonly ListKey[], item: unknown): Record<string, string | number> | undefined {
  if (!isMapping(item)) return undefined;
  const values: Record<string, string | number> = {};
  let isNamed = false;
  for (const { field, whenLeftOut } of keys) {
    const value = Object.hasOwn(item, field) ? item[field] : whenLeftOut;
    if (value === undefined && whenLeftOut === undefined) return undefined;
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    if (Object.hasOwn(item, field)) isNamed = true;
    if (value !== '' || Object.hasOwn(item, field)) values[field] = value;
  }
  return isNamed ? values : undefined;
}

/** Two items with the same text have the same keys. */
export function keyText(keys: readonly ListKey[], item: unknown): string | undefined {
  const values = keyValues(keys, item);
  return values === undefined ? undefined : keys.map(({ field }) => String(values[field] ?? '')).join('\0');
}

function tellsApart(keys: readonly ListKey[], list: readonly unknown[]): boolean {
  const seen = new Set<string>();
  return list.every((item) => {
    const text = keyText(keys, item);
    if (text === undefined || seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function isMap(node: FieldNode | undefined): boolean {
  return node !== undefined && (node.schema['x-kubernetes-list-type'] === 'map' || node.schema['x-kubernetes-patch-merge-key'] !== undefined);
}

function schemaKeys(node: FieldNode): readonly ListKey[] | undefined {
  const mergeKey = node.schema['x-kubernetes-patch-merge-key'];
  const fields = node.schema['x-kubernetes-list-map-keys'] ?? (mergeKey === undefined ? undefined : [mergeKey]);
  return fields?.map((field) => ({ field, whenLeftOut: (node.items === undefined ? undefined : childOf(node.items, field)?.schema.default) ?? (field === 'protocol' ? 'TCP' : undefined) }));
}

/** `namespace` and the like may be left out, as long as something names the item. */
function optional(field: string): ListKey {
  return { field, whenLeftOut: field === 'namespace' || field === 'kind' || field === 'protocol' ? '' : undefined };
}

/** What tells items apart in Kubernetes' lists, in Flux's and kustomize's, and in what people write like them. */
const KEYS: readonly (readonly string[])[] = [
  ['name'], ['name', 'namespace'], ['kind', 'name', 'namespace'], ['mountPath'], ['containerPort', 'protocol'], ['port', 'protocol'], ['topologyKey'],
  ['devicePath'], ['key'], ['path'], ['host'], ['ip'], ['id'],
];

/** Lists of texts whose order nobody reads. */
const SETS: Data = Object.fromEntries(['verbs', 'apiGroups', 'resourceNames', 'nonResourceURLs', 'accessModes', 'finalizers', 'policyTypes', 'resources', 'bases'].map((name) => [name, true]));

/** Lists whose order nobody reads, wherever pods and Flux objects are described, in the values of a chart, too. */
const UNORDERED: Data = Object.fromEntries([
  'containers', 'ephemeralContainers', 'env', 'extraEnv', 'extraEnvVars', 'volumes', 'extraVolumes', 'volumeMounts', 'extraVolumeMounts', 'volumeDevices', 'ports',
  'imagePullSecrets', 'secrets', 'hostAliases', 'subjects', 'dependsOn', 'healthChecks', 'images', 'replicas', 'configMapGenerator', 'secretGenerator', 'volumeClaimTemplates', 'rules',
].map((name) => [name, true]));

/** Told apart by their names, and yet run one after the other. */
const ORDERED: Data = { initContainers: true };
