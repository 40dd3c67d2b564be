import { page } from './page-data.js';

/** @typedef {{ address: string, kind: string, title: string, note: string, words: string }} Item */

/** @type {Item[] | undefined} */
let items;

/** @param {Omit<Item, 'words'>} item @param {string} more */
function entered(item, more = '') {
  return { ...item, words: `${item.kind} ${item.title} ${item.note} ${more}`.toLowerCase() };
}

/** Everything that can be found, made once. */
export function searchItems() {
  items ??= [
    ...page.kustomizations.map(({ key, path, cluster }, id) => entered({ address: `#k${id}`, kind: 'Kustomization', title: key, note: [page.clusters[cluster]?.name, path].filter(Boolean).join(' · ') })),
    ...page.entries.map(({ type, title, place, fields }, id) => entered({ address: `#c${id}`, kind: type, title, note: place }, fields.map(({ path, text }) => `${path} ${text}`).join(' '))),
    ...page.kustomizations.flatMap(({ objects, key, cluster }, id) => objects.map(({ kind, name, place, images }, index) => entered({ address: `#k${id}.${index}`, kind, title: name, note: [place, key, page.clusters.length > 1 && page.clusters[cluster]?.name].filter(Boolean).join(' · ') }, images.join(' ')))),
    ...page.findings.flatMap(({ severity, rule, object, message, place, kustomizations: [first] }) => (first === undefined ? [] : [entered({ address: `#k${first}`, kind: severity, title: object === '' ? message : `${object}: ${message}`, note: place }, rule)])),
  ];
  return items;
}

/**
 * What has all the words: first what begins with them, then what is called by them, then the rest, each in the page's order.
 * @param {string} text
 * @param {number} most
 * @returns {{ found: Item[], count: number }}
 */
export function find(text, most) {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return { found: [], count: 0 };
  /** @type {[Item[], Item[], Item[]]} */
  const ranks = [[], [], []];
  let count = 0;
  for (const item of searchItems()) {
    if (!words.every((word) => item.words.includes(word))) continue;
    count++;
    const title = item.title.toLowerCase();
    const rank = title.startsWith(words[0] ?? '') || title.includes(`/${words[0]}`) ? ranks[0] : words.some((word) => title.includes(word)) ? ranks[1] : ranks[2];
    if (rank.length < most) rank.push(item);
  }
  return { found: ranks.flat().slice(0, most), count };
}
