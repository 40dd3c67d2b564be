import { diffLines } from 'diff';
import { createColors } from 'picocolors';
import type { Change, ChangeEntry, ChangeGroup, Diff, FieldChange } from '../changes';
import type { Consequence, Severity } from '../consequences/consequence';
import type { DiffReport } from './diff-report';
import { visible } from '../../visible';
import { entryHead } from './entry-head';
import { appliersText, countText, fieldText, listed, plural, scopeText } from './wording';

export type Paint = ReturnType<typeof createColors>;

/** For people: what will happen first, then what changed under what applies it, the sum at the end. */
export function formatText({ diff, colours }: DiffReport): string {
  const paint = createColors(colours);
  return [
    ...diff.broken.map(({ side, file, problem }) => `${paint.red('cannot be read')} ${side === 'before' ? 'before' : 'now'}: ${visible(problem)}\n  ${visible(file)} is compared line by line`),
    ...consequencesText(diff, paint),
    ...diff.groups.map((group) => groupText(group, paint)),
    ...diff.limits.map(({ reason, fix }) => `${paint.yellow('not compared')}: ${visible(reason)}\n  ${paint.dim('fix:')} ${visible(fix, 1000)}`),
    `${paint.bold(diff.changes.length === 0 ? paint.green(countText(diff.changes)) : countText(diff.changes))} ${paint.dim(`from ${visible(diff.sides.before)} to ${visible(diff.sides.after)} (${scopeText(diff.counts)})`)}`,
  ].join('\n\n');
}

function consequencesText({ consequences }: Diff, paint: Paint): string[] {
  return consequences.length === 0 ? [] : [[paint.bold(plural(consequences.length, 'consequence')), ...consequences.map((one) => consequenceText(one, paint))].join('\n')];
}

function consequenceText({ severity, title, class: name, affected, appliers, evidence, advice }: Consequence, paint: Paint): string {
  return [
    `  ${COLOURS[severity](paint)(severity)} ${visible(title, 1000)} ${paint.dim(`[${name}]`)}`,
    ...affected.slice(0, MOST_AFFECTED).map((text) => `      ${visible(text)}`),
    ...(affected.length > MOST_AFFECTED ? [`      and ${affected.length - MOST_AFFECTED} more`] : []),
    ...(appliers.length === 0 ? [] : [`      ${paint.dim('where:')} ${visible(appliersText(appliers))}`]),
    ...(evidence.facts.length === 0 ? [] : [`      ${paint.dim('since:')} ${visible(listed(evidence.facts, 4), 1000)}`]),
    `      ${paint.dim('rule:')} ${visible(evidence.rule.text, 1000)} ${paint.dim(evidence.rule.link)}`,
    ...advice.map((step, index) => `      ${paint.dim(advice.length === 1 ? 'do:' : `${index + 1}.`)} ${visible(step, 1000)}`),
  ].join('\n');
}

const MOST_AFFECTED = 10;

function groupText({ appliers, entries }: ChangeGroup, paint: Paint): string {
  return [paint.bold(paint.underline(visible(appliersText(appliers)))), ...entries.map((entry) => entryText(entry, paint))].join('\n');
}

/** A change, or several that are the same: what it is about, where it stands, and its fields. */
export function entryText(entry: ChangeEntry, paint: Paint): string {
  const { changes: [first] } = entry;
  const [sign, colour] = SIGNS[first.type];
  const { title, place, from, more } = entryHead(entry);
  const isItsPlace = first.subject.type === 'file' && title === first.subject.path;
  return [
    `  ${colour(paint)(`${sign} ${visible(title)}`)}${isItsPlace ? paint.dim(first.subject.comparedAs === 'bytes' ? '  (contents)' : '') : `  ${paint.dim(visible(place))}`}`,
    ...(from === undefined ? [] : [`      from ${visible(from)}`]),
    ...(first.subject.type === 'object' && first.subject.encrypted ? [`      ${paint.dim('encrypted: values are not shown')}`] : []),
    ...(more === '' ? [] : [`      ${paint.cyan(visible(more, 2000))}`]),
    ...first.fields.slice(0, MOST_FIELDS).map((field) => changeText(field, paint)),
    ...(first.fields.length > MOST_FIELDS ? [`      and ${first.fields.length - MOST_FIELDS} more fields`] : []),
  ].join('\n');
}

const MOST_FIELDS = 60;

function changeText(field: FieldChange, paint: Paint): string {
  const { type, before, after, steps } = field;
  const path = typeof steps.at(-1) === 'number' && steps.length > 1 && type !== 'changed' ? field.path.replace(/\[\d+\]$/, '') : field.path;
  if (isLong(before) || isLong(after)) return [`      ${visible(path)}:`, ...linesText(before, after, paint)].join('\n');
  const text = visible(fieldText(field), 1000);
  if (type === 'added') return `      ${paint.green('+')} ${visible(path)}: ${text}`;
  if (type === 'removed') return `      ${paint.red('-')} ${visible(path)}: ${text}`;
  return `      ${visible(path)}: ${text}`;
}

function isLong(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n');
}

const MOST_LINES = 40;

function linesText(before: unknown, after: unknown, paint: Paint): string[] {
  const [was, is] = [before, after].map((value) => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))) as [string, string];
  const parts = diffLines(was, is, { maxEditLength: 2_000 });
  if (parts === undefined) return ['        another text'];
  const lines = parts.flatMap(({ added, removed, value }) => (added || removed ? value.replace(/\n$/, '').split('\n').map((line) => (added ? paint.green(`+ ${visible(line, 200)}`) : paint.red(`- ${visible(line, 200)}`))) : []));
  return [...lines.slice(0, MOST_LINES).map((line) => `        ${line}`), ...(lines.length > MOST_LINES ? [`        and ${lines.length - MOST_LINES} more lines`] : [])];
}

const SIGNS: Readonly<Record<Change['type'], readonly [string, (paint: Paint) => (text: string) => string]>> = {
  added: ['+', ({ green }) => green],
  removed: ['-', ({ red }) => red],
  changed: ['~', ({ yellow }) => yellow],
  moved: ['>', ({ cyan }) => cyan],
};

const COLOURS: Readonly<Record<Severity, (paint: Paint) => (text: string) => string>> = {
  danger: ({ red }) => red,
  warning: ({ yellow }) => yellow,
  notice: ({ cyan }) => cyan,
};
