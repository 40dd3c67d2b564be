import { visible } from '../../visible';
import type { Change, ChangeEntry, ChangeGroup, Diff, FieldChange } from '../changes';
import type { Consequence, Severity } from '../consequences/consequence';
import type { DiffReport } from './diff-report';
import { entryHead } from './entry-head';
import { appliersText, countText, fieldText, listed, plural, scopeText } from './wording';

/** What GitHub takes for a comment. */
const MOST_CHARACTERS = 65_536;
const MOST_CONSEQUENCES = 50;

/** For a comment on a pull request: a table first, then what will happen, then the changes, folded up. */
export function formatMarkdown({ diff }: DiffReport): string {
  const head = [`### fluxwright diff: ${countText(diff.changes)}`, ...table(diff), ...diff.broken.map(({ side, problem }) => `> Cannot be read ${side === 'before' ? 'before' : 'now'}: ${escaped(problem)}`), ...diff.limits.map(({ reason, fix }) => `> Not compared: ${escaped(reason)}. Fix: ${escaped(fix)}`)];
  const foot = `<sub>from ${escaped(diff.sides.before)} to ${escaped(diff.sides.after)} (${escaped(scopeText(diff.counts))})</sub>`;
  let room = MOST_CHARACTERS - [...head, foot].join('\n\n').length - 200;
  const blocks: string[] = [];
  const take = (block: string): boolean => {
    if (block.length + 2 > room) return false;
    room -= block.length + 2;
    blocks.push(block);
    return true;
  };
  const consequences = diff.consequences.slice(0, MOST_CONSEQUENCES).filter((one) => take(consequenceBlock(one))).length;
  let left = diff.changes.length;
  for (const group of diff.groups) {
    if (!take(groupBlock(group))) break;
    left -= group.entries.flatMap(({ changes }) => changes).length;
  }
  const missing = [...(consequences === diff.consequences.length ? [] : [plural(diff.consequences.length - consequences, 'more consequence')]), ...(left === 0 ? [] : [plural(left, 'more change')])];
  const rest = missing.length === 0 ? [] : [`**Cut**: ${missing.join(' and ')}, which no comment has room for: run \`fluxwright diff\``];
  return [...head, ...blocks, ...rest, foot].join('\n\n');
}

function table({ groups, consequences }: Diff): string[] {
  const severities = (['danger', 'warning', 'notice'] as const).flatMap((severity) => {
    const found = consequences.filter((one) => one.severity === severity).length;
    return found === 0 ? [] : [`${ICONS[severity]} ${found} ${severity}`];
  });
  const sum = severities.length === 0 ? [] : [severities.join(', ')];
  if (groups.length === 0) return sum;
  const rows = groups.slice(0, 40).map(({ appliers, entries }) => {
    const changes = entries.flatMap((entry) => entry.changes);
    const count = (type: Change['type']): string => String(changes.filter((change) => change.type === type).length || '');
    return `| ${escaped(appliersText(appliers))} | ${count('added')} | ${count('removed')} | ${count('changed')} | ${count('moved')} |`;
  });
  const more = groups.length > 40 ? [`| and ${groups.length - 40} more | | | | |`] : [];
  return [...sum, ['| applied by | added | removed | changed | moved |', '| --- | ---: | ---: | ---: | ---: |', ...rows, ...more].join('\n')];
}

function consequenceBlock({ severity, title, affected, appliers, evidence, advice, class: name }: Consequence): string {
  const lines = [
    ...affected.slice(0, 20).map((text) => `- ${escaped(text)}`),
    ...(affected.length > 20 ? [`- and ${affected.length - 20} more`] : []),
    ...(appliers.length === 0 ? [] : [`- where: ${escaped(appliersText(appliers))}`]),
    ...(evidence.facts.length === 0 ? [] : [`- since: ${escaped(listed(evidence.facts, 6))}`]),
    `- rule: ${escaped(evidence.rule.text)} ([documentation](${evidence.rule.link}))`,
    ...advice.map((step, index) => `${index + 1}. ${escaped(step)}`),
  ];
  return `<details${severity === 'danger' ? ' open' : ''}><summary>${ICONS[severity]} <b>${html(visible(title, 1000))}</b> <code>${name}</code></summary>\n\n${lines.join('\n')}\n\n</details>`;
}

function groupBlock({ appliers, entries }: ChangeGroup): string {
  const count = plural(entries.flatMap(({ changes }) => changes).length, 'change');
  return `<details><summary>${html(visible(appliersText(appliers)))}: ${count}</summary>\n\n${entries.map(entryBlock).join('\n')}\n\n</details>`;
}

function entryBlock(entry: ChangeEntry): string {
  const { changes: [first] } = entry;
  const { title, place, from, more } = entryHead(entry);
  const isItsPlace = (first.subject.type === 'file' && title === first.subject.path) || place === 'generated';
  return [
    `- ${first.type} **${escaped(title)}**${isItsPlace ? '' : ` ${code(place)}`}${first.subject.type === 'object' && first.subject.encrypted ? ' (encrypted: values are not shown)' : ''}`,
    ...(from === undefined ? [] : [`  - from ${escaped(from)}`]),
    ...(more === '' ? [] : [`  - ${escaped(more)}`]),
    ...first.fields.slice(0, 40).map((field) => `  - ${fieldLine(field)}`),
    ...(first.fields.length > 40 ? [`  - and ${first.fields.length - 40} more fields`] : []),
  ].join('\n');
}

function fieldLine(field: FieldChange): string {
  const sign = field.type === 'added' ? '+ ' : field.type === 'removed' ? '− ' : '';
  return `${sign}${code(field.path)}: ${code(fieldText(field))}`;
}

const ICONS: Readonly<Record<Severity, string>> = { danger: '🛑', warning: '⚠️', notice: 'ℹ️' };

/** Text from files as it is: no markup, no link, and nobody is called by an @ or a #. */
function escaped(text: string): string {
  return html(visible(text, 1000)).replace(/[\\`*_{}[\]|~]/g, '\\$&').replace(/([@#])(?=\w)/g, '$1\u2060').replace(/\b(https?):\/\//g, '$1\u2060://');
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function code(text: string): string {
  return `\`${visible(text).replaceAll('`', "'")}\``;
}
