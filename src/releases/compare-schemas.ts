import type { StructuralSchema } from '../schema/structural-schema';

/** A field of a kind that takes less than before. */
export interface Narrowing {
  /** From the object; `[]` for the items of a list, `*` for the values of a map. */
  readonly path: readonly string[];
  /** Follows the path: `is gone`, `no longer takes "Always"`. */
  readonly text: string;
  /** Whether it concerns objects that lack the field, not those that have it. */
  readonly isMissed?: boolean;
}

/** Where a schema takes less than it did, field by field. */
export function compareSchemas(before: StructuralSchema, after: StructuralSchema): Narrowing[] {
  const comparison = new Comparison();
  comparison.fields(before, after, []);
  return comparison.found;
}

/** A schema of another project may be of any size. */
const MOST = 2_000;
const DEEPEST = 100;

class Comparison {
  readonly found: Narrowing[] = [];

  fields(before: StructuralSchema, after: StructuralSchema, path: readonly string[]): void {
    if (path.length > DEEPEST || this.found.length >= MOST) return;
    const known = before.properties ?? {};
    for (const name of Object.keys(known)) {
      const was = ownOf(known, name);
      if (was === undefined) continue;
      if (path.length === 0 && ['apiVersion', 'kind', 'metadata', 'status'].includes(name)) continue;
      const is = ownOf(after.properties, name) ?? (isSchema(after.additionalProperties) ? after.additionalProperties : undefined);
      if (is !== undefined) this.field(was, is, [...path, name]);
      else if (!keepsUnknown(after)) this.add([...path, name], 'is gone');
    }
    const had = new Set(listOf(before.required));
    for (const name of listOf(after.required)) {
      if (!had.has(name) && ownOf(after.properties, name)?.default === undefined) this.add([...path, name], ownOf(known, name) === undefined ? 'is new and required' : 'is required now', true);
    }
    if (keepsUnknown(before) && !keepsUnknown(after)) this.add(path, 'no longer keeps fields that it does not list');
    if (isSchema(before.items) && isSchema(after.items)) this.field(before.items, after.items, [...path, '[]']);
    if (isSchema(before.additionalProperties)) {
      if (isSchema(after.additionalProperties)) this.field(before.additionalProperties, after.additionalProperties, [...path, '*']);
      else if (!keepsUnknown(after)) this.add([...path, '*'], 'is gone');
    }
  }

  private field(before: StructuralSchema, after: StructuralSchema, path: readonly string[]): void {
    const problem = otherType(before, after);
    if (problem !== undefined) return this.add(path, problem);
    for (const text of [...narrowerValues(before, after), ...narrowerBounds(before, after), ...otherRules(before, after)]) this.add(path, text);
    this.fields(before, after, path);
  }

  private add(path: readonly string[], text: string, isMissed = false): void {
    if (this.found.length < MOST) this.found.push({ path, text, ...(isMissed ? { isMissed } : {}) });
  }
}

function otherType(before: StructuralSchema, after: StructuralSchema): string | undefined {
  const [was, is] = [typeOf(before), typeOf(after)];
  if (is === undefined || was === is || (was === 'integer' && (is === 'number' || is === 'integer or string')) || (was === 'string' && is === 'integer or string')) return undefined;
  return `is ${is} now, not ${was ?? 'anything'}`;
}

function typeOf(schema: StructuralSchema): string | undefined {
  return schema['x-kubernetes-int-or-string'] === true ? 'integer or string' : schema.type;
}

function* narrowerValues(before: StructuralSchema, after: StructuralSchema): Generator<string> {
  if (before.nullable === true && after.nullable !== true) yield 'may no longer be null';
  if (after.enum !== undefined) {
    const taken = new Set(listOf(after.enum).map((value) => JSON.stringify(value)));
    const gone = listOf(before.enum).map((value) => JSON.stringify(value)).filter((value) => !taken.has(value));
    if (before.enum === undefined) yield `takes only ${listed([...taken])}`;
    else if (gone.length > 0) yield `no longer takes ${listed(gone)}`;
  }
  if (after.pattern !== undefined && after.pattern !== before.pattern) yield `has to match ${after.pattern}${before.pattern === undefined ? '' : `, not ${before.pattern}`}`;
  if (after.format !== undefined && after.format !== before.format && FORMATS.has(after.format)) yield `has to be of the format ${after.format}${before.format === undefined ? '' : `, not ${before.format}`}`;
  if (after.multipleOf !== undefined && after.multipleOf !== before.multipleOf) yield `has to be a multiple of ${after.multipleOf}`;
  if (after.uniqueItems === true && before.uniqueItems !== true) yield 'may hold nothing twice';
}

/** Those that the API server checks. */
const FORMATS: ReadonlySet<string> = new Set(['int32', 'int64', 'byte', 'date', 'date-time', 'duration', 'ipv4', 'ipv6', 'cidr', 'uri', 'uuid', 'email', 'hostname', 'mac', 'password']);

const LEAST = [['minimum', 'is at least'], ['minLength', 'has at least this many characters:'], ['minItems', 'has at least this many items:'], ['minProperties', 'has at least this many fields:']] as const;
const MOST_OF = [['maximum', 'is at most'], ['maxLength', 'has at most this many characters:'], ['maxItems', 'has at most this many items:'], ['maxProperties', 'has at most this many fields:']] as const;

function* narrowerBounds(before: StructuralSchema, after: StructuralSchema): Generator<string> {
  const was = (value: number | undefined): string => (value === undefined ? '' : `, not ${value}`);
  for (const [field, text] of LEAST) {
    const [old, now] = [before[field], after[field]];
    if (now !== undefined && (old === undefined ? now > 0 || field === 'minimum' : now > old)) yield `${text} ${now}${was(old)}`;
  }
  for (const [field, text] of MOST_OF) {
    const [old, now] = [before[field], after[field]];
    if (now !== undefined && (old === undefined || now < old)) yield `${text} ${now}${was(old)}`;
  }
  for (const [field, bound, text] of [['exclusiveMinimum', 'minimum', 'more'], ['exclusiveMaximum', 'maximum', 'less']] as const) {
    if (after[field] === true && before[field] !== true && after[bound] === before[bound]) yield `is ${text} than ${after[bound] ?? 'before'}`;
  }
}

function* otherRules(before: StructuralSchema, after: StructuralSchema): Generator<string> {
  const known = new Set(listOf(before['x-kubernetes-validations']).filter(isSchema).map(({ rule }) => rule));
  for (const { rule, message } of listOf(after['x-kubernetes-validations']).filter(isSchema)) if (!known.has(rule)) yield `has a new rule${/\boldSelf\b/.test(rule) ? ' for changes' : ''}: ${message ?? rule}`;
  for (const junctor of ['allOf', 'anyOf', 'oneOf', 'not'] as const) {
    if (after[junctor] !== undefined && JSON.stringify(after[junctor]) !== JSON.stringify(before[junctor])) yield `has other conditions in ${junctor}`;
  }
}

function keepsUnknown(schema: StructuralSchema): boolean {
  return schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true;
}

function ownOf(properties: StructuralSchema['properties'], name: string): StructuralSchema | undefined {
  const found = isSchema(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return isSchema(found) ? found : undefined;
}

/** Upstream may have written anything where a schema belongs. */
function isSchema<T>(value: T): value is Extract<T, object> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [];
}

function listed(values: readonly string[]): string {
  return values.length > 8 ? `${values.slice(0, 8).join(', ')} and ${values.length - 8} more` : values.join(', ');
}
