import { diffArrays } from 'diff';
import { isDeepStrictEqual } from 'node:util';
import { isMapping, type Data } from '../../model/fields';
import { childOf, type FieldNode } from '../../schema/field-node';
import type { FieldChange, FieldStep } from '../changes';
import { fieldPath } from './field-path';
import { keyText, keyValues, listRule, type ListKey } from './list-rules';

/** How far two lists without keys are compared item by item; lists that differ in more are told as a whole. */
const MOST_EDITS = 2_000;

/**
 * How two values differ, field by field. What stands on one side alone is one change, however much lies in it. Fields come
 * sorted; an item without a key goes by its index, before for what was there, after for what is added.
 * @param node the schema of the values, if their kind is known: it says how the items of lists are told apart
 */
export function diffValues(before: unknown, after: unknown, node?: FieldNode, steps: readonly FieldStep[] = []): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isMapping(before) && isMapping(after)) return diffMappings(before, after, node, steps);
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, node, steps);
  return [change(steps, before, after)];
}

function diffMappings(before: Data, after: Data, node: FieldNode | undefined, steps: readonly FieldStep[]): FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const [was, is] = [ownValue(before, key), ownValue(after, key)];
    return diffValues(was, is, node === undefined ? undefined : childOf(node, key) ?? node.values, [...steps, key]);
  });
}

/** Keys are anybody's: `constructor` is no field of what has none. */
function ownValue(data: Data, key: string): unknown {
  return Object.hasOwn(data, key) ? data[key] : undefined;
}

function diffLists(before: readonly unknown[], after: readonly unknown[], node: FieldNode | undefined, steps: readonly FieldStep[]): FieldChange[] {
  const { keys, isOrdered } = listRule(String(steps.at(-1) ?? ''), node, before, after);
  if (keys !== undefined) return diffKeyed(before, after, { keys, isOrdered, node, steps });
  if (haveSameItems(before, after)) return isOrdered ? [reordered(steps, before, after)] : [];
  return isOrdered || [...before, ...after].some(isMapping) ? diffSequence(before, after, node, steps) : diffSet(before, after, steps);
}

interface KeyedList {
  readonly keys: readonly ListKey[];
  readonly isOrdered: boolean;
  readonly node: FieldNode | undefined;
  readonly steps: readonly FieldStep[];
}

function diffKeyed(before: readonly unknown[], after: readonly unknown[], { keys, isOrdered, node, steps }: KeyedList): FieldChange[] {
  const old = new Map(before.map((item) => [keyText(keys, item)!, item]));
  const now = new Map(after.map((item) => [keyText(keys, item)!, item]));
  const removed = [...old].filter(([text]) => !now.has(text)).map(([, item]) => item);
  const added = [...now].filter(([text]) => !old.has(text)).map(([, item]) => item);
  const renamed = pairsByName(removed, added);
  const both = [...now.keys()].filter((text) => old.has(text));
  const found = [
    ...both.flatMap((text) => diffValues(old.get(text), now.get(text), node?.items, [...steps, keyValues(keys, now.get(text))!])),
    ...renamed.flatMap(([was, is]) => diffValues(was, is, node?.items, [...steps, { name: (is as { name: string }).name }])),
    ...removed.filter((item) => !renamed.some(([was]) => was === item)).map((item) => change([...steps, keyValues(keys, item)!], item, undefined)),
    ...added.filter((item) => !renamed.some(([, is]) => is === item)).map((item) => change([...steps, keyValues(keys, item)!], undefined, item)),
  ];
  const order = [...old.keys()].filter((text) => now.has(text));
  if (isOrdered && order.some((text, index) => text !== both[index])) found.push(reordered(steps, before, after));
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** A port that changes its number is the same to people if its name stays. */
function pairsByName(removed: readonly unknown[], added: readonly unknown[]): [unknown, unknown][] {
  const key: readonly ListKey[] = [{ field: 'name', whenLeftOut: undefined }];
  const names = (items: readonly unknown[]): (string | undefined)[] => items.map((item) => keyText(key, item));
  const [old, now] = [names(removed), names(added)];
  const once = (all: readonly (string | undefined)[], name: string): boolean => all.indexOf(name) === all.lastIndexOf(name);
  return now.flatMap((name, index): [unknown, unknown][] => (name !== undefined && old.includes(name) && once(old, name) && once(now, name) ? [[removed[old.indexOf(name)], added[index]]] : []));
}

/** Texts of which each counts, wherever it stands. */
function diffSet(before: readonly unknown[], after: readonly unknown[], steps: readonly FieldStep[]): FieldChange[] {
  const left = counted(after);
  const found: FieldChange[] = [];
  before.forEach((item, index) => {
    if (!take(left, item)) found.push(change([...steps, index], item, undefined));
  });
  const had = counted(before);
  after.forEach((item, index) => {
    if (!take(had, item)) found.push(change([...steps, index], undefined, item));
  });
  return found;
}

function diffSequence(before: readonly unknown[], after: readonly unknown[], node: FieldNode | undefined, steps: readonly FieldStep[]): FieldChange[] {
  const parts = diffArrays([...before], [...after], { comparator: isDeepStrictEqual, maxEditLength: MOST_EDITS });
  if (parts === undefined) return [change(steps, before, after)];
  const found: FieldChange[] = [];
  let [old, now] = [0, 0];
  let pending: { item: unknown; index: number }[] = [];
  const flush = (): void => {
    for (const { item, index } of pending) found.push(change([...steps, index], item, undefined));
    pending = [];
  };
  for (const { added, removed, value } of parts) {
    if (removed) {
      pending = value.map((item, index) => ({ item, index: old + index }));
      old += value.length;
    } else if (added) {
      // as many as were taken out of the same place: each is taken for what became of one
      const isSame = pending.length === value.length;
      value.forEach((item, index) => {
        const was = isSame ? pending[index]! : undefined;
        if (was !== undefined) found.push(...diffValues(was.item, item, node?.items, [...steps, was.index]));
        else found.push(change([...steps, now + index], undefined, item));
      });
      if (isSame) pending = [];
      flush();
      now += value.length;
    } else {
      flush();
      old += value.length;
      now += value.length;
    }
  }
  flush();
  return found;
}

function haveSameItems(before: readonly unknown[], after: readonly unknown[]): boolean {
  if (before.length !== after.length) return false;
  const left = counted(before);
  return after.every((item) => take(left, item));
}

function counted(items: readonly unknown[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(textOf(item), (counts.get(textOf(item)) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, item: unknown): boolean {
  const count = counts.get(textOf(item)) ?? 0;
  counts.set(textOf(item), count - 1);
  return count > 0;
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isMapping(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner)) ?? 'undefined';
}

function reordered(steps: readonly FieldStep[], before: unknown, after: unknown): FieldChange {
  return { path: fieldPath(steps), steps, type: 'reordered', before, after };
}

function change(steps: readonly FieldStep[], before: unknown, after: unknown): FieldChange {
  return { path: fieldPath(steps), steps, type: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed', before, after };
}
