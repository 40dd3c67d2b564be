import { childOf, type FieldNode } from './field-node';

/**
 * A value as rules see it: with defaults filled in, nulls taken out, and integers as integers.
 * @param only the fields that the rules look at, by the names that they have there
 */
export function celValue(node: FieldNode | undefined, value: unknown, only?: ReadonlySet<string>): unknown {
  if (typeof value === 'number') return node?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item) => celValue(node?.items, item));
  if (typeof value === 'string' && node?.schema.format === 'date-time') return new Date(value);
  if (typeof value !== 'object' || value === null) return value;
  const listed = node === undefined ? NOTHING : listedOf(node);
  const result: Record<string, unknown> = {};
  for (const name in value) {
    const field = (value as Record<string, unknown>)[name];
    const identifier = listed.identifiers.get(name) ?? name;
    if (field === undefined || (only !== undefined && !only.has(identifier))) continue;
    const child = node === undefined ? undefined : (childOf(node, name) ?? node.values);
    if (field !== null || child?.nullable === true) result[identifier] = celValue(child, field);
  }
  for (const [name, filled] of listed.defaults) {
    const identifier = listed.identifiers.get(name)!;
    if (result[identifier] === undefined && (only === undefined || only.has(identifier))) result[identifier] = celValue(childOf(node!, name), filled);
  }
  return result;
}

interface ListedFields {
  /** The names of the fields in rules. */
  readonly identifiers: ReadonlyMap<string, string>;
  readonly defaults: readonly (readonly [name: string, value: unknown])[];
}

const NOTHING: ListedFields = { identifiers: new Map(), defaults: [] };
const known = new WeakMap<FieldNode, ListedFields>();

function listedOf(node: FieldNode): ListedFields {
  let listed = known.get(node);
  if (listed === undefined) {
    const properties = Object.entries(node.schema.properties ?? {});
    listed = {
      identifiers: new Map(properties.map(([name]) => [name, identifierOf(name)])),
      defaults: properties.flatMap(([name, schema]) => (schema.default === undefined || schema.default === null ? [] : [[name, schema.default] as const])),
    };
    known.set(node, listed);
  }
  return listed;
}

const RESERVED = new Set(['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while']);

/** Fields whose names are no identifiers have other ones in rules. */
function identifierOf(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return /__|[./-]/.test(name) ? name.replace(/__/g, '__underscores__').replace(/\./g, '__dot__').replace(/-/g, '__dash__').replace(/\//g, '__slash__') : name;
}
