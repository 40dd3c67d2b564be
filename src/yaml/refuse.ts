import { isAlias, isCollection, isMap, isScalar, isSeq } from 'yaml';

/** What the yaml package reads and go-yaml does not, or nothing could use. */
export interface Refusal {
  readonly offset: number;
  readonly why: string;
  readonly fix: string;
}

/**
 * The first map or list that is a key (`{{ a }}` has one), key that is there twice,
 * number that JSON does not have, or anchor that holds itself.
 */
export function findRefusal(node: unknown, open: readonly string[] = []): Refusal | undefined {
  if (isMap(node) || isSeq(node)) {
    const keys = new Set<unknown>();
    const inside = node.anchor === undefined ? open : [...open, node.anchor];
    for (const item of node.items) {
      const key = isMap(node) ? (item as { key: unknown }).key : undefined;
      if (isCollection(key)) return { offset: key.range![0], why: 'a map or a list is a key', fix: 'put what is in braces or brackets in quotes' };
      if (isScalar(key)) {
        const isMerge = key.source === '<<' && key.type === 'PLAIN';
        const name = isMerge ? MERGE : key.value;
        if (keys.has(name)) return { offset: key.range![0], ...(isMerge ? { why: 'the key << is there twice', fix: 'merge a list: "<<: [*a, *b]"' } : { why: 'map keys must be unique', fix: 'mend this line' }) };
        keys.add(name);
      }
      const refusal = findRefusal(isMap(node) ? (item as { value: unknown }).value : item, inside);
      if (refusal !== undefined) return refusal;
    }
  } else if (isAlias(node)) {
    if (open.includes(node.source)) return { offset: node.range![0], why: `the anchor ${node.source} holds itself`, fix: 'write out what it stands for' };
  } else if (isScalar(node) && typeof node.value === 'number' && !Number.isFinite(node.value)) {
    return { offset: node.range![0], why: `${node.source} is a number that JSON does not have`, fix: 'put it in quotes' };
  }
  return undefined;
}

/** The key that merges; `"<<"` is another. */
const MERGE = Symbol('<<');
