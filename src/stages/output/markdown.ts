import { valueText } from '../../diff/output/wording';
import { identityTitle } from '../../model/source-object';
import { visible } from '../../visible';
import type { ObjectDifference } from '../stage-difference';
import type { StageReport } from './formats';
import { countText } from './text';

/** For a comment on a pull request: a table for each service. */
export function stageMarkdown({ one, other, difference }: StageReport): string {
  return [
    `### ${cell(one)} → ${cell(other)}: ${countText(difference)}`,
    ...difference.services.map(({ service, objects }) => [
      `#### ${cell(service)}`, '', `| object | field | ${cell(one)} | ${cell(other)} | declared |`, '| --- | --- | --- | --- | --- |', ...objects.flatMap(rows),
    ].join('\n')),
    ...difference.limits.map((limit) => `Not compared: ${cell(limit)}`),
  ].join('\n\n');
}

function rows(object: ObjectDifference): string[] {
  const title = code(identityTitle({ ...object, apiVersion: '', group: '' }));
  const by = (files: readonly string[]): string => files.map(code).join('<br>') || 'yes';
  if (object.in !== 'both') return [`| ${title} | | ${object.in === 'from' ? 'has it' : ''} | ${object.in === 'to' ? 'has it' : ''} | ${object.isDeclared ? by(object.declaredBy) : ''} |`];
  return object.fields.map(({ path, before, after, isDeclared, declaredBy }) => `| ${title} | ${code(path)} | ${value(before)} | ${value(after)} | ${isDeclared ? by(declaredBy) : ''} |`);
}

function value(one: unknown): string {
  return one === undefined ? '' : code(valueText(one));
}

function code(text: string): string {
  const shown = visible(text, 300).replaceAll('|', '\\|');
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}

function cell(text: string): string {
  return visible(text, 1000).replace(/[|<>*_`[\]\\]/g, '\\$&');
}
