import { at, isMapping, textAt, type Data, type Step } from '../model/fields';
import type { Patch } from '../model/kustomize/patches';

/** Whether a patch that hits an object says something of a field, of what lies around it, or of what lies in it. */
export function touchesPatch(patch: Patch, part: Data | undefined, path: readonly Step[], object: unknown): boolean {
  if (path.length === 0) return true;
  if (patch.operations !== undefined) return patch.operations.some((operation) => touchesOperation(textAt(operation, 'path') ?? '', path));
  return (part === undefined ? patch.parts : [part]).some((one) => touchesMerge(one, path, object));
}

/** Lists may have grown or shrunk since, so that an index says little. */
function touchesOperation(pointer: string, path: readonly Step[]): boolean {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.every((step, index) => index >= path.length || String(path[index]) === step || (typeof path[index] === 'number' && step === '-'));
}

function touchesMerge(patch: unknown, path: readonly Step[], object: unknown): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (Array.isArray(patch)) {
    const item: unknown = at(object, [step]);
    const same = patch.filter((one) => !isMapping(one) || ['name', 'containerPort', 'mountPath', 'key', 'ip', 'port'].some((key) => one[key] !== undefined && one[key] === at(item, [key])));
    return same.some((one) => !isMapping(one) || touchesMerge(one, rest, item));
  }
  if (!isMapping(patch)) return true; // what lies around it was replaced
  if (patch['$patch'] !== undefined) return true;
  return step in patch && (patch[step] === null || touchesMerge(patch[step], rest, at(object, [step])));
}
