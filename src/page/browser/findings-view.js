import { element } from './element.js';
import { page } from './page-data.js';

/**
 * Findings of `check` where they belong; undefined if there are none.
 * @param {readonly number[]} ids
 */
export function findingsView(ids) {
  if (ids.length === 0) return undefined;
  return element('ul', { class: 'found' }, ...ids.map((id) => {
    const finding = page.findings[id];
    return finding && element('li', {},
      element('span', { class: `severity ${finding.severity}` }, finding.severity), ' ', finding.object === '' ? finding.message : `${finding.object}: ${finding.message}`, ' ',
      element('span', { class: 'place' }, finding.place), ' ', element('span', { class: 'fix' }, `fix: ${finding.fix}`), ' ', element('code', { class: 'quiet' }, finding.rule));
  }));
}
