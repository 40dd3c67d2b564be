import { element } from './element.js';
import { findingsView } from './findings-view.js';
import { kustomizationLinks } from './links.js';
import { page, versionsOf } from './page-data.js';
import { sideBySide } from './side-by-side.js';

/**
 * One change: its fields, both sides, what it leads to.
 * @param {number} id
 */
export function changeView(id) {
  const entry = page.entries[id];
  if (entry === undefined) return undefined;
  const versions = versionsOf(id);
  const consequences = page.consequences.filter(({ entries }) => entries.includes(id));
  return element('article', {},
    element('h2', {}, element('span', { class: `sign ${entry.type}` }, entry.type), ' ', entry.title),
    element('p', { class: 'place' }, entry.place),
    entry.from !== undefined && element('p', {}, `from ${entry.from}`),
    entry.more !== '' && element('p', { class: 'same' }, entry.more),
    entry.isEncrypted && element('p', { class: 'quiet' }, 'encrypted: values are not shown'),
    ...consequences.map(({ severity, title }) => element('p', { class: `leads-to ${severity}` }, element('span', { class: `severity ${severity}` }, severity), ' ', title)),
    findingsView(entry.findings),
    entry.fields.length > 0 && element('ul', { class: 'field-list' }, ...entry.fields.map(({ type, path, text }) => element('li', { class: `field ${type}` }, element('code', {}, path), ' ', element('code', { class: 'value' }, text)))),
    versions === undefined ? element('p', { class: 'quiet' }, 'The contents of this file are not compared.') : sideBySide(versions),
    entry.kustomizations.length > 0 && element('h3', {}, 'Applied by'),
    entry.kustomizations.length > 0 && kustomizationLinks(entry.kustomizations));
}
