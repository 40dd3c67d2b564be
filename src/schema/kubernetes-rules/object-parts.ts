import { report, type Check } from '../check';
import type { FieldPath, SchemaRule } from '../schema-problem';

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one for anything else, whose type is wrong and was reported for it. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NOTHING;
}

export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ITEMS;
}

/** A text that can be judged: none that is encrypted or holds a variable. */
export function textOf(value: unknown, check: Check): string | undefined {
  return typeof value === 'string' && value !== '' && !check.isOpaque(value) ? value : undefined;
}

/** Whether somebody wrote something there. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** @param text follows the path */
export function problemAt(check: Check, path: FieldPath, rule: SchemaRule, text: string): void {
  const depth = check.path.length;
  check.path.push(...path);
  report(check, rule, text);
  check.path.length = depth;
}

const NOTHING: Fields = Object.freeze({});
const NO_ITEMS: readonly unknown[] = Object.freeze([]);
