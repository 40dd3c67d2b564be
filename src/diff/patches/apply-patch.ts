import type { BuiltObject } from '../../model/kustomize/built-object';
import { applyOperation } from '../../model/kustomize/json-operations';
import { hasName, selects } from '../../model/kustomize/patch-target';
import type { Patch } from '../../model/kustomize/patches';
import { isMapping, mapping, type Data } from '../../model/fields';
import { identityOf } from '../../model/source-object';
import type { FieldNode } from '../../schema/field-node';
import { mergeStrategically } from './merge-strategically';

/** What a patch makes of an object; the object itself where the patch is not for it, and undefined where it deletes it. */
export function applyPatch(object: BuiltObject, patch: Patch, node: FieldNode | undefined): BuiltObject | undefined {
  if (patch.target !== undefined && selects(patch.target, object) !== true) return object;
  if (patch.operations !== undefined) return patch.target === undefined ? object : { ...object, data: operated(object.data, patch.operations) };
  let data: unknown = object.data;
  for (const part of patch.parts) {
    if (patch.target === undefined && !isNamed(object, part)) continue;
    data = mergeStrategically(data, withoutIdentity(part), node);
    if (data === undefined) return undefined;
  }
  return { ...object, data };
}

/** As it was, where an operation does not fit: then nothing is built of it. */
function operated(data: unknown, operations: readonly unknown[]): unknown {
  let result = data;
  for (const operation of operations) {
    const { data: next, problem } = applyOperation(result, operation);
    if (problem?.fails === true) return data;
    result = next;
  }
  return result;
}

function isNamed(object: BuiltObject, part: Data): boolean {
  const { group, kind, name, namespace } = identityOf(part);
  return object.group === group && object.kind === kind && hasName(object, name, namespace);
}

function withoutIdentity({ apiVersion: _, kind: __, sops: ___, metadata, ...rest }: Data): Data {
  const { name: ____, namespace: _____, ...labels } = mapping(metadata);
  return isMapping(metadata) && Object.keys(labels).length > 0 ? { ...rest, metadata: labels } : rest;
}
