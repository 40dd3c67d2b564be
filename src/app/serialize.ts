import { ApiObject } from 'cdk8s';

/**
 * What `ApiObject.toJson()` says, in one walk instead of three, for the objects that need none of its features: a plain
 * ApiObject of plain data, without JSON patches. Everything else is asked itself.
 */
export function serialize(object: ApiObject): Record<string, unknown> {
  const { props, patches } = object as unknown as { props: Record<string, unknown>; patches: readonly unknown[] };
  if (Object.getPrototypeOf(object) !== ApiObject.prototype || patches.length > 0) return object.toJson() as Record<string, unknown>;
  const { apiVersion, kind, metadata: _, ...fields } = props;
  const plain = plainData(fields);
  if (plain === NOT_PLAIN) return object.toJson() as Record<string, unknown>;
  return { apiVersion, kind, metadata: object.metadata.toJson() as unknown, ...(plain as Record<string, unknown>) };
}

const NOT_PLAIN = Symbol('not plain');

/** A copy without null fields, or NOT_PLAIN where something has yet to be resolved: a Lazy, a token, a Quantity. */
function plainData(value: unknown): unknown {
  if (typeof value === 'function') return NOT_PLAIN;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const plain = plainData(item);
      if (plain === NOT_PLAIN) return NOT_PLAIN;
      items.push(plain ?? null);
    }
    return items;
  }
  if (value.constructor !== Object) return NOT_PLAIN;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    if (item === null || item === undefined) continue;
    const plain = plainData(item);
    if (plain === NOT_PLAIN) return NOT_PLAIN;
    copy[key] = plain;
  }
  return copy;
}
