import { element, plural } from './element.js';
import { yamlLine } from './yaml-view.js';

const CONTEXT = 3;
/** More rows are there when somebody asks for them. */
const MOST_ROWS = 1500;

/** @typedef {{ before?: string, after?: string, oldLine?: number, newLine?: number, same: boolean }} Row */

/**
 * Two texts beside each other; long stretches that are the same on both sides are folded.
 * @param {import('../page').PageVersions} versions
 */
export function sideBySide(versions) {
  const body = element('tbody');
  const table = element('table', { class: 'sides-table' },
    element('caption', { class: 'hidden-text' }, 'Before and after, line by line'),
    element('colgroup', {}, element('col', { class: 'numbers' }), element('col'), element('col', { class: 'numbers' }), element('col')),
    element('thead', {}, element('tr', {}, element('th', { scope: 'col', colspan: 2 }, 'Before'), element('th', { scope: 'col', colspan: 2 }, 'After'))),
    body);
  const pieces = folded(rowsOf(versions));
  /** @param {number} start */
  const show = (start) => {
    let count = 0;
    for (let index = start; index < pieces.length; index++) {
      const piece = pieces[index] ?? [];
      if (count > MOST_ROWS) return void body.append(foldRow(`Show the other ${plural(pieces.slice(index).flat().length, 'line')}`, (row) => { row.remove(); show(index); }));
      if (isFold(piece)) body.append(foldRow(`${plural(piece.length, 'line')} the same`, (row) => row.replaceWith(...piece.map(rowElement))));
      else body.append(...piece.map(rowElement));
      count += isFold(piece) ? 1 : piece.length;
    }
  };
  show(0);
  return table;
}

/**
 * Lines that go out and lines that come in stand beside each other.
 * @param {import('../page').PageVersions} versions
 * @returns {Row[]}
 */
function rowsOf({ before, after, edits }) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let [oldLine, newLine] = [0, 0];
  /** @type {Row[]} */
  const rows = [];
  for (let at = 0; at < edits.length; at += 2) {
    const [edit, count = 0] = [edits[at], edits[at + 1]];
    if (edit === 0) {
      for (let line = 0; line < count; line++) rows.push({ before: old[oldLine++], after: now[newLine++], oldLine, newLine, same: true });
      continue;
    }
    const [out, comes] = edit === 1 ? [count, edits[at + 2] === 2 ? edits[at + 3] ?? 0 : 0] : [0, count];
    if (edit === 1 && comes > 0) at += 2;
    for (let line = 0; line < Math.max(out, comes); line++) {
      rows.push({
        ...(line < out ? { before: old[oldLine++], oldLine } : {}),
        ...(line < comes ? { after: now[newLine++], newLine } : {}),
        same: false,
      });
    }
  }
  return rows;
}

/**
 * Stretches of rows; one of several same rows away from every difference is folded.
 * @param {Row[]} rows
 */
function folded(rows) {
  /** @type {Row[][]} */
  const pieces = [];
  const isAllSame = rows.every(({ same }) => same);
  for (let start = 0; start < rows.length;) {
    let end = start;
    while (end < rows.length && rows[end]?.same === rows[start]?.same) end++;
    const [head, tail] = [start === 0 ? 0 : CONTEXT, end === rows.length ? 0 : CONTEXT];
    if (rows[start]?.same && !isAllSame && end - start > head + tail + 2) pieces.push(rows.slice(start, start + head), fold(rows.slice(start + head, end - tail)), rows.slice(end - tail, end));
    else pieces.push(rows.slice(start, end));
    start = end;
  }
  return pieces.filter(({ length }) => length > 0);
}

const folds = new WeakSet();

/** @param {Row[]} rows */
function fold(rows) {
  folds.add(rows);
  return rows;
}

/** @param {Row[]} rows */
function isFold(rows) {
  return folds.has(rows);
}

/**
 * @param {string} text
 * @param {(row: HTMLElement) => void} open
 */
function foldRow(text, open) {
  const row = element('tr', { class: 'fold' }, element('td', { colspan: 4 }, element('button', { type: 'button', onclick: () => open(row) }, text)));
  return row;
}

/** @param {Row} row */
function rowElement({ before, after, oldLine, newLine, same }) {
  const [left, right] = same || before === undefined || after === undefined ? [cell(before, same ? 'same' : 'removed'), cell(after, same ? 'same' : 'added')] : marked(before, after);
  return element('tr', { class: same ? 'same' : 'differs' }, number(oldLine), left, number(newLine), right);
}

/** @param {number | undefined} line */
function number(line) {
  return element('td', { class: 'number', 'aria-hidden': 'true' }, line === undefined ? '' : String(line));
}

/**
 * @param {string | undefined} text
 * @param {string} look
 */
function cell(text, look) {
  return text === undefined ? element('td', { class: 'line empty' }) : element('td', { class: `line ${look}` }, ...yamlLine(text));
}

/**
 * Two lines with what differs between them marked.
 * @param {string} before
 * @param {string} after
 */
function marked(before, after) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  /** @param {string} text @param {string} look */
  const side = (text, look) => element('td', { class: `line ${look}` }, text.slice(0, start), start + end < text.length && element('mark', {}, text.slice(start, text.length - end)), text.slice(text.length - end));
  return [side(before, 'removed'), side(after, 'added')];
}
