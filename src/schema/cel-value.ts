import { childOf, type FieldNode } from './field-node';

/** A value as rules see it: with defaults filled in, nulls taken out, and integers as integers. */
export function celValue(node: FieldNode | undefined, value: unknown): unknown {
  if (typeof value === 'number') return node?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item) => celValue(node?.items, item));
  if (typeof value === 'string' && node?.schema.format === 'date-time') return new Date(value);
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    const child = node === undefined ? undefined : (childOf(node, name) ?? node.values);
    if (field !== undefined && (field !== null || child?.nullable === true)) result[isListed(node, name) ? identifierOf(name) : name] = celValue(child, field);
  }
  for (const [name, { default: filled }] of Object.entries(node?.schema.properties ?? {})) {
    if (filled !== undefined && filled !== null && result[identifierOf(name)] === undefined) result[identifierOf(name)] = celValue(node === undefined ? undefined : childOf(node, name), filled);
  }
  return result;
}

function isListed(node: FieldNode | undefined, name: string): boolean {
  return node?.schema.properties !== undefined && Object.hasOwn(node.schema.properties, name);
}

const RESERVED = new Set(['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while']);

/** Fields whose names are no identifiers have other ones in rules. */
function identifierOf(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return /__|[./-]/.test(name) ? name.replace(/__/g, '__underscores__').replace(/\./g, '__dot__').replace(/-/g, '__dash__').replace(/\//g, '__slash__') : name;
}
