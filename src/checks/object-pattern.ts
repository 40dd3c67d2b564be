import type { ObjectIdentity } from '../model/source-object';

/**
 * Whether an object is one that a project's settings speak of: `Kind/name`, in whatever namespace, or `Kind/namespace/name`.
 * A `*` stands for anything within its part.
 */
export function matchesObject(pattern: string, { kind, namespace, name }: Pick<ObjectIdentity, 'kind' | 'namespace' | 'name'>): boolean {
  const parts = pattern.split('/');
  const values = parts.length === 2 ? [kind, name] : [kind, namespace ?? '', name];
  return parts.length === values.length && parts.every((part, index) => matchesPart(part, values[index]!));
}

/** Each `*` takes as little as it can, so that a pattern of many costs no more than its length times the text's. */
function matchesPart(pattern: string, text: string): boolean {
  const [first, ...rest] = pattern.split('*') as [string, ...string[]];
  if (rest.length === 0) return pattern === text;
  const last = rest.pop()!;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
