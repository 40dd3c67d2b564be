import { element } from './element.js';
import { page } from './page-data.js';

/**
 * Links to Kustomizations, with the cluster where there are several.
 * @param {readonly number[]} ids
 */
export function kustomizationLinks(ids) {
  return listed(ids, (id) => {
    const one = page.kustomizations[id];
    if (one === undefined) return undefined;
    const cluster = page.clusters.length > 1 ? ` in ${page.clusters[one.cluster]?.name}` : '';
    return element('a', { href: `#k${id}` }, one.name + cluster);
  });
}

/** @param {readonly number[]} ids */
export function entryLinks(ids) {
  return listed(ids, (id) => {
    const entry = page.entries[id];
    return entry && element('a', { href: `#c${id}` }, element('span', { class: `sign ${entry.type}` }, entry.type), ' ', entry.title);
  });
}

const MOST_LINKS = 40;

/**
 * @param {readonly number[]} ids
 * @param {(id: number) => HTMLElement | undefined} make
 */
function listed(ids, make) {
  const list = element('ul', { class: 'links' });
  /** @param {readonly number[]} some */
  const add = (some) => {
    for (const id of some) {
      const made = make(id);
      if (made !== undefined) list.append(element('li', {}, made));
    }
  };
  add(ids.slice(0, MOST_LINKS));
  if (ids.length > MOST_LINKS) {
    const more = element('li', {}, element('button', { type: 'button', onclick: () => { more.remove(); add(ids.slice(MOST_LINKS)); } }, `${ids.length - MOST_LINKS} more`));
    list.append(more);
  }
  return list;
}
