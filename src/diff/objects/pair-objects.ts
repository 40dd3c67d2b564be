import { isDeepStrictEqual } from 'node:util';
import { baseName } from '../../tree/path';
import type { Data } from '../../model/fields';

/** What is needed of an object to find it again on the other side. */
export interface Placed {
  /** Two objects with the same one are one object, if they do not lie side by side. */
  readonly key: string;
  /** Its file, or whatever else tells where it is. */
  readonly place: string;
  readonly data: Data;
}

export interface Pairs<T> {
  readonly both: readonly (readonly [before: T, after: T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/**
 * Finds the objects of one side on the other. Stages hold many objects of one name, so an object is looked for in its own
 * place first; what is left has moved, to where it fits best.
 */
export function pairObjects<T extends Placed>(before: readonly T[], after: readonly T[]): Pairs<T> {
  const inPlace = pairBy(before, after, ({ key, place }) => `${key}\0${place}`);
  const both = [...inPlace.both];
  const [removed, added] = [new Set(inPlace.removed), new Set(inPlace.added)];
  const waiting = groupBy(inPlace.removed, ({ key }) => key);
  const candidates = inPlace.added.flatMap((to) => (waiting.get(to.key) ?? []).map((from) => ({ from, to, fit: fitOf(from, to) })));
  for (const { from, to } of candidates.sort((a, b) => b.fit - a.fit)) {
    if (!removed.has(from) || !added.has(to)) continue;
    removed.delete(from);
    added.delete(to);
    both.push([from, to]);
  }
  return { both, removed: [...removed], added: [...added] };
}

function pairBy<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): Pairs<T> {
  const waiting = groupBy(before, keyOf);
  const both: [T, T][] = [];
  const added: T[] = [];
  for (const one of after) {
    const was = waiting.get(keyOf(one))?.shift();
    if (was === undefined) added.push(one);
    else both.push([was, one]);
  }
  return { both, removed: [...waiting.values()].flat(), added };
}

function groupBy<T>(items: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The same content first, then how much of the way there is the same, from both ends. */
function fitOf(from: Placed, to: Placed): number {
  const [a, b] = [from.place.split('/'), to.place.split('/')];
  const shared = sharedSteps(a, b) + sharedSteps([...a].reverse(), [...b].reverse());
  return (isDeepStrictEqual(from.data, to.data) ? 1000 : 0) + (baseName(from.place) === baseName(to.place) ? 100 : 0) + shared;
}

function sharedSteps(a: readonly string[], b: readonly string[]): number {
  const end = a.findIndex((step, index) => step !== b[index]);
  return end < 0 ? a.length : end;
}
