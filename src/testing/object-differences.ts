import type { FieldChange } from '../diff/changes';
import { diffValues } from '../diff/fields/diff-values';
import { fieldText } from '../diff/output/wording';

/** How a value differs from what a test expects, a line for each field; nothing where it does not. */
export function objectDifferences(expected: unknown, received: unknown): string[] {
  return diffValues(expected, received).map(differenceLine);
}

/** The same where a test expects a part: what it does not mention may be anything. */
export function partDifferences(expected: unknown, received: unknown): string[] {
  return diffValues(expected, received).filter(({ type }) => type !== 'added').map(differenceLine);
}

function differenceLine(field: FieldChange): string {
  const path = field.path === '' ? '' : `${field.path}: `;
  if (field.type === 'added') return `  + ${path}${fieldText(field)} (not expected)`;
  if (field.type === 'removed') return `  - ${path}${fieldText(field)} (missing)`;
  return `  ~ ${path}${fieldText(field)}`;
}
