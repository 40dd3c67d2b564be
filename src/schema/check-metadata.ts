import { report, type Check } from './check';
import { checkValue } from './check-value';
import { checkLabels } from './kubernetes-rules/labels';
import { checkName } from './kubernetes-rules/names';

/** What every object has to have, and metadata of custom resources, which their schemas leave to the server. */
export function checkMetadata(object: Readonly<Record<string, unknown>>, isCustom: boolean, check: Check): void {
  const { metadata } = object;
  check.path.push('metadata');
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    if ((metadata ?? undefined) === undefined) report(check, 'required', 'is missing, and has to be there');
  } else {
    if (isCustom) checkValue(check.metadata, metadata, check);
    const { name, generateName } = metadata as Record<string, unknown>;
    check.path.push('name');
    if (!hasText(name) && !hasText(generateName)) report(check, 'required', 'is missing, and has to be there');
    check.path.pop();
    check.path.pop();
    checkName(object, isCustom, check);
    return checkLabels(metadata as Readonly<Record<string, unknown>>, ['metadata'], check);
  }
  check.path.pop();
}

function hasText(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
