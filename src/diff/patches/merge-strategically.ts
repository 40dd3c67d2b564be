import { isMapping, type Data } from '../../model/fields';
import { childOf, type FieldNode } from '../../schema/field-node';

/**
 * Merges a patch into a value as kustomize does: mappings field by field, lists by the key that their schema names, and in
 * place of what was there where it names none.
 * @returns undefined where the patch deletes the value
 */
export function mergeStrategically(value: unknown, patch: unknown, node: FieldNode | undefined): unknown {
  if (isMapping(patch)) return mergeMappings(isMapping(value) ? value : {}, patch, node);
  if (Array.isArray(patch) && Array.isArray(value)) return mergeLists(value, patch, node);
  return patch;
}

function mergeMappings(value: Data, { $patch: directive, ...patch }: Data, node: FieldNode | undefined): Data | undefined {
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return patch;
  const merged = new Map(Object.entries(value));
  for (const [field, change] of Object.entries(patch)) {
    if (field.startsWith('$')) continue; // says in which order items are to be
    const result = change === null ? undefined : mergeStrategically(merged.get(field), change, node === undefined ? undefined : childOf(node, field) ?? node.values);
    if (result === undefined) merged.delete(field);
    else merged.set(field, result);
  }
  return Object.fromEntries(merged);
}

function mergeLists(value: readonly unknown[], patch: readonly unknown[], node: FieldNode | undefined): unknown[] {
  const key = node?.schema['x-kubernetes-patch-merge-key'];
  if (key === undefined || patch.some((item) => isMapping(item) && item['$patch'] === 'replace')) return patch.filter((item) => !isMapping(item) || item['$patch'] === undefined);
  const merged = [...value];
  for (const item of patch) {
    const index = merged.findIndex((one) => isMapping(one) && isMapping(item) && one[key] === item[key]);
    const result = mergeStrategically(index < 0 ? undefined : merged[index], item, node?.items);
    if (index < 0 && result !== undefined) merged.push(result);
    else if (index >= 0) merged.splice(index, 1, ...(result === undefined ? [] : [result]));
  }
  return merged;
}
