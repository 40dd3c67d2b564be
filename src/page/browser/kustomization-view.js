import { element, plural } from './element.js';
import { findingsView } from './findings-view.js';
import { entryLinks, kustomizationLinks } from './links.js';
import { objectTexts, page } from './page-data.js';
import { yamlView } from './yaml-view.js';

const MOST_OBJECTS = 300;

/**
 * A Kustomization: its turn, what it waits for and what waits for it, what changes, what it applies.
 * @param {number} id
 * @param {number | undefined} openObject the object that is looked for
 */
export function kustomizationView(id, openObject) {
  const one = page.kustomizations[id];
  if (one === undefined) return undefined;
  const cluster = page.clusters[one.cluster];
  const neededBy = page.kustomizations.flatMap(({ needs }, other) => (needs.some(({ on }) => on.includes(id)) ? [other] : []));
  const ofObjects = new Set(one.objects.flatMap(({ findings }) => findings));
  return element('article', {},
    element('h2', {}, element('span', { class: 'kind' }, 'Kustomization'), ' ', one.key),
    element('p', { class: 'place' }, [cluster?.name, one.path === '' ? 'of another repository' : `path ${one.path}`, one.wave !== undefined && `wave ${one.wave}`].filter(Boolean).join(' · ')),
    one.why !== undefined && element('p', { class: 'leads-to danger' }, element('span', { class: 'severity danger' }, 'never ready'), ' ', one.why),
    one.failure !== undefined && element('p', { class: 'leads-to danger' }, element('span', { class: 'severity danger' }, 'cannot be built'), ' ', one.failure),
    one.notes.length > 0 && element('ul', { class: 'notes-list' }, ...one.notes.map((note) => element('li', {}, note))),
    findingsView(one.findings.filter((finding) => !ofObjects.has(finding))),
    one.entries.length > 0 && element('h3', {}, plural(one.entries.length, 'change')),
    one.entries.length > 0 && entryLinks(one.entries),
    ...one.needs.flatMap(({ reason, on }) => [element('h3', {}, reason), kustomizationLinks(on)]),
    neededBy.length > 0 && element('h3', {}, 'needed by'),
    neededBy.length > 0 && kustomizationLinks(neededBy),
    element('h3', {}, plural(one.objects.length, 'object')),
    objectList(id, one.objects, openObject));
}

/**
 * @param {number} id
 * @param {readonly import('../page').PageObject[]} objects
 * @param {number | undefined} openObject
 */
function objectList(id, objects, openObject) {
  const list = element('ul', { class: 'objects' });
  /** @type {string[] | undefined} */
  let texts;
  const textOf = (/** @type {number} */ index) => (texts ??= objectTexts(id))?.[index];
  /** @param {number} start @param {number} end */
  const add = (start, end) => list.append(...objects.slice(start, end).map((object, index) => element('li', {}, objectView(object, start + index === openObject, () => textOf(start + index)))));
  const shown = Math.max(MOST_OBJECTS, (openObject ?? 0) + 1);
  add(0, shown);
  if (objects.length > shown) {
    const more = element('li', {}, element('button', { type: 'button', onclick: () => { more.remove(); add(shown, objects.length); } }, `Show ${objects.length - shown} more`));
    list.append(more);
  }
  return list;
}

/**
 * @param {import('../page').PageObject} object
 * @param {boolean} isOpen
 * @param {() => string | undefined} textOf
 */
function objectView({ kind, name, place, findings }, isOpen, textOf) {
  const content = element('div', { class: 'inside' });
  const fill = () => {
    if (content.childNodes.length > 0) return;
    const text = textOf();
    content.append(...[findingsView(findings)].filter((one) => one !== undefined), text === undefined ? element('p', { class: 'quiet' }, 'The page has no room for what this Kustomization applies: see fluxwright render') : yamlView(text));
  };
  const view = element('details', { class: 'object', open: isOpen, ontoggle: fill },
    element('summary', {}, element('span', { class: 'kind' }, kind), ' ', element('span', { class: 'title' }, name), findings.length > 0 && element('span', { class: 'count findings' }, plural(findings.length, 'finding')), ' ', element('span', { class: 'place' }, place)),
    content);
  if (isOpen) fill();
  return view;
}
