import { at, isMapping, textAt, type Data, type Step } from '../model/fields';
import type { Patch } from '../model/kustomize/patches';

/**
 * Where a patch that hits an object says something of a field, of what lies around it, or of what lies in it.
 * @param part what names the object, of a patch that is merged
 * @param object as it is applied
 * @returns from the operations of the patch, or from its partial object; undefined where it says nothing of the field
 */
export function placeInPatch(patch: Patch, part: Data | undefined, path: readonly Step[], object: unknown): readonly Step[] | undefined {
  if (patch.operations !== undefined) {
    const index = patch.operations.findIndex((operation) => touchesOperation(textAt(operation, 'path') ?? '', path));
    return index < 0 ? undefined : [index];
  }
  for (const one of part === undefined ? patch.parts : [part]) {
    const found = placeInMerge(one, path, object, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lists may have grown or shrunk since, so that an index says little. */
function touchesOperation(pointer: string, path: readonly Step[]): boolean {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.every((step, index) => index >= path.length || String(path[index]) === step || (typeof path[index] === 'number' && step === '-'));
}

/** By what items of lists are usually found again. */
const KEYS = ['name', 'containerPort', 'mountPath', 'key', 'ip', 'port'];

function placeInMerge(patch: unknown, path: readonly Step[], object: unknown, around: readonly Step[]): readonly Step[] | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return around;
  const child: unknown = at(object, [step]);
  if (Array.isArray(patch)) {
    for (const [index, item] of patch.entries()) {
      const isSame = !isMapping(item) || KEYS.some((key) => item[key] !== undefined && item[key] === at(child, [key]));
      const found = !isSame ? undefined : isMapping(item) ? placeInMerge(item, rest, child, [...around, index]) : [...around, index];
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isMapping(patch)) return around; // what lies around the field was replaced
  if (patch['$patch'] !== undefined) return [...around, '$patch'];
  if (!(step in patch)) return undefined;
  return patch[step] === null ? [...around, step] : placeInMerge(patch[step], rest, child, [...around, step]);
}
