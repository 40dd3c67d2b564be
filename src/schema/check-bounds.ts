import { report, type Check } from './check';
import { quoteValue } from './schema-problem';
import type { StructuralSchema } from './structural-schema';

/** Lengths, sizes and ranges. */
export function checkBounds(schema: StructuralSchema, value: unknown, check: Check): void {
  if (typeof value === 'number') return checkNumber(schema, value, check);
  if (typeof value === 'string') {
    const length = lengthOf(value);
    if (schema.maxLength !== undefined && length > schema.maxLength) report(check, 'length', `has ${length} characters; at most ${schema.maxLength} are allowed`);
    if (schema.minLength !== undefined && length < schema.minLength) report(check, 'length', length === 0 ? 'is empty, and must not be' : `has ${length} characters; at least ${schema.minLength} are needed`);
  } else if (Array.isArray(value)) {
    if (schema.maxItems !== undefined && value.length > schema.maxItems) report(check, 'items', `has ${value.length} items; at most ${schema.maxItems} are allowed`);
    if (schema.minItems !== undefined && value.length < schema.minItems) report(check, 'items', `has ${value.length} items; at least ${schema.minItems} are needed`);
    if (schema.uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length) report(check, 'items', 'has an item twice');
  } else if (typeof value === 'object' && value !== null) {
    const count = Object.keys(value).length;
    if (schema.maxProperties !== undefined && count > schema.maxProperties) report(check, 'properties', `has ${count} fields; at most ${schema.maxProperties} are allowed`);
    if (schema.minProperties !== undefined && count < schema.minProperties) report(check, 'properties', `has ${count} fields; at least ${schema.minProperties} are needed`);
  }
}

function checkNumber(schema: StructuralSchema, value: number, check: Check): void {
  const { minimum, maximum, multipleOf } = schema;
  if (minimum !== undefined && (value < minimum || (schema.exclusiveMinimum === true && value === minimum))) report(check, 'range', `is ${quoteValue(value)}; it has to be ${schema.exclusiveMinimum === true ? 'more than' : 'at least'} ${minimum}`);
  if (maximum !== undefined && (value > maximum || (schema.exclusiveMaximum === true && value === maximum))) report(check, 'range', `is ${quoteValue(value)}; it has to be ${schema.exclusiveMaximum === true ? 'less than' : 'at most'} ${maximum}`);
  if (multipleOf !== undefined && Number.isInteger(multipleOf) && value % multipleOf !== 0) report(check, 'range', `is ${quoteValue(value)}; it has to be a multiple of ${multipleOf}`);
}

/** In characters, not in JavaScript's halves of them. */
function lengthOf(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) if ((text.charCodeAt(index) & 0xfc00) !== 0xdc00) length++;
  return length;
}
