import { element } from './element.js';

const LINES_IN_BLOCK = 200;

/**
 * YAML to read, in blocks that a browser lays out when they come into sight.
 * @param {string} text
 */
export function yamlView(text) {
  const lines = text.replace(/\n$/, '').split('\n');
  const view = element('pre', { class: 'yaml', tabindex: '0' });
  for (let start = 0; start < lines.length; start += LINES_IN_BLOCK) {
    const block = element('code', { class: 'block' });
    for (const line of lines.slice(start, start + LINES_IN_BLOCK)) block.append(...yamlLine(line), '\n');
    view.append(block);
  }
  return view;
}

/**
 * A line with its key told from its value.
 * @param {string} line
 * @returns {(Node | string)[]}
 */
export function yamlLine(line) {
  const found = /^(\s*(?:- +)*)([\w.\/$-][^:#'"{}]*|"[^"]*")(:(?: .*)?)$/.exec(line);
  if (found === null) return line.trimStart().startsWith('# ') ? [element('span', { class: 'comment' }, line)] : [line];
  const [, indent = '', key = '', rest = ''] = found;
  return [indent, element('span', { class: 'key' }, key), rest];
}
