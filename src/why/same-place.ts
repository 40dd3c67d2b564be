import { at, textAt, type Step } from '../model/fields';

/**
 * A path into one version of an object, as a path into another: items of lists by their names, where they have some.
 * @returns undefined where the other has nothing there
 */
export function samePlace(path: readonly Step[], data: unknown, other: unknown): readonly Step[] | undefined {
  const found: Step[] = [];
  for (const [depth, step] of path.entries()) {
    const name = typeof step === 'number' ? textAt(data, [...path.slice(0, depth + 1), 'name']) : undefined;
    const list = at(other, found);
    const index = name === undefined || !Array.isArray(list) ? step : list.findIndex((item) => at(item, 'name') === name);
    if (index === -1 || at(list, [index]) === undefined) return undefined;
    found.push(index);
  }
  return found;
}
