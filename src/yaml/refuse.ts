import { isAlias, isCollection, isMap, isScalar, isSeq, type CST, type Scalar } from 'yaml';

/** What the yaml package reads and go-yaml does not, or nothing could use. */
export interface Refusal {
  readonly offset: number;
  readonly why: string;
  readonly fix: string;
}

/**
 * The first map or list that is a key (`{{ a }}` has one), second `<<`,
 * number that JSON does not have, or anchor that holds itself.
 */
export function findRefusal(node: unknown, open: readonly string[] = []): Refusal | undefined {
  if (isMap(node) || isSeq(node)) {
    const merges = isMap(node) ? node.items.filter(({ key }) => isScalar(key) && key.source === '<<' && key.type === 'PLAIN') : [];
    if (merges.length > 1) return { offset: (merges[1]!.key as Scalar).range![0], why: 'the key << is there twice', fix: 'merge a list: "<<: [*a, *b]"' };
    const inside = node.anchor === undefined ? open : [...open, node.anchor];
    for (const item of node.items) {
      const key = isMap(node) ? (item as { key: unknown }).key : undefined;
      if (isCollection(key)) return { offset: key.range![0], why: 'a map or a list is a key', fix: 'put what is in braces or brackets in quotes' };
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

/** Far beyond any manifest, and well before whatever walks the data runs out of stack: V8 may then end the process. */
const DEEPEST = 500;

/** What stands too many levels deep. It has to be known before the tokens become nodes, which is done recursively. */
export function findTooDeep(token: CST.Token | null | undefined, depth = 0): Refusal | undefined {
  if (token === null || token === undefined) return undefined;
  if (depth > DEEPEST) return { offset: token.offset, why: `it is nested more than ${DEEPEST} levels deep`, fix: 'flatten it' };
  if (token.type === 'document') return findTooDeep(token.value, depth);
  if (!('items' in token)) return undefined;
  for (const { key, value } of token.items) {
    const found = findTooDeep(key, depth + 1) ?? findTooDeep(value, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
