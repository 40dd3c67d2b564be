import { childOf, type FieldNode } from './field-node';
import { report, type Check } from './check';
import { quoteValue } from './schema-problem';

/** A set has no item twice, and a list that is a map no two items with the same keys. */
export function checkListType(node: FieldNode, list: readonly unknown[], check: Check): void {
  const type = node.schema['x-kubernetes-list-type'];
  if (list.length === 0 || (type !== 'set' && type !== 'map')) return;
  const keys = node.schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Map<string, number>();
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    if (item === null && type === 'map') {
      check.path.push(index);
      report(check, 'list-type', `has no value (null), and each item is known by its ${keys.join(' and ')}`);
      check.path.pop();
    }
    const identity = type === 'set' ? JSON.stringify(item) : identityOf(node, keys, item);
    const first = identity === undefined ? undefined : seen.get(identity);
    if (first === undefined) {
      if (identity !== undefined) seen.set(identity, index);
      continue;
    }
    check.path.push(index);
    report(check, 'list-type', type === 'set' ? `is ${quoteValue(item)}, which is item ${first}, too` : `has ${keysText(node, keys, item)}, as item ${first} has; two items must not share it`);
    check.path.pop();
  }
}

function identityOf(node: FieldNode, keys: readonly string[], item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  if (keys.length === 1) {
    const key = keyValue(node, keys[0]!, item as Record<string, unknown>);
    return typeof key === 'string' ? key : JSON.stringify([key]);
  }
  return JSON.stringify(keys.map((key) => keyValue(node, key, item as Record<string, unknown>)));
}

/** A key that is left out has its default. */
function keyValue(node: FieldNode, key: string, item: Readonly<Record<string, unknown>>): unknown {
  return item[key] ?? (node.items === undefined ? undefined : childOf(node.items, key)?.schema.default) ?? null;
}

function keysText(node: FieldNode, keys: readonly string[], item: unknown): string {
  return keys.map((key) => `${key} ${quoteValue(keyValue(node, key, item as Record<string, unknown>))}`).join(' and ');
}
