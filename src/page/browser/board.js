import { page } from './page-data.js';

/** What is marked, to be unmarked without looking at every chip. */
let marked = /** @type {Element[]} */ ([]);

/**
 * Marks what comes before a Kustomization and what needs it, in however many steps; all else steps back.
 * @param {number | undefined} id
 */
export function showOrder(id) {
  for (const chip of marked) chip.classList.remove('chosen', 'before', 'after');
  marked = [];
  document.body.classList.toggle('has-order', id !== undefined);
  if (id === undefined) return;
  /** @type {Map<number, number[]>} */
  const dependants = new Map();
  page.kustomizations.forEach(({ needs }, other) => needs.forEach(({ on }) => on.forEach((needed) => dependants.set(needed, [...(dependants.get(needed) ?? []), other]))));
  mark([id], 'chosen');
  mark(reach(id, (one) => page.kustomizations[one]?.needs.flatMap(({ on }) => on) ?? []), 'before');
  mark(reach(id, (one) => dependants.get(one) ?? []), 'after');
}

/**
 * @param {Iterable<number>} ids
 * @param {string} look
 */
function mark(ids, look) {
  for (const id of ids) {
    const chip = document.getElementById(`k${id}`);
    if (chip === null) continue;
    chip.classList.add(look);
    marked.push(chip);
  }
}

/**
 * @param {number} start
 * @param {(id: number) => readonly number[]} next
 */
function reach(start, next) {
  const found = new Set(next(start));
  for (const one of found) for (const other of next(one)) found.add(other);
  found.delete(start);
  return found;
}
