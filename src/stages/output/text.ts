import { createColors } from 'picocolors';
import { fieldText } from '../../diff/output/wording';
import { identityTitle } from '../../model/source-object';
import { visible } from '../../visible';
import type { ObjectDifference, StageDifference } from '../stage-difference';
import type { StageReport } from './formats';

/** For people: service by service, object by object, what is declared behind what is not. */
export function stageText({ one, other, difference, colours }: StageReport): string {
  const paint = createColors(colours);
  return [
    ...difference.services.map(({ service, objects }) => [paint.bold(paint.underline(visible(service))), ...objects.map((object) => objectText(object, [one, other], colours))].join('\n')),
    ...difference.limits.map((limit) => `${paint.yellow('not compared')}: ${visible(limit, 1000)}`),
    `${paint.bold(countText(difference))}${countText(difference).includes(',') ? ',' : ''} ${paint.dim(`from ${visible(one)} to ${visible(other)}`)}`,
  ].join('\n\n');
}

function objectText(object: ObjectDifference, stages: readonly [string, string], colours: boolean): string {
  const paint = createColors(colours);
  const title = visible(identityTitle({ ...object, apiVersion: '', group: '' }));
  const declared = (files: readonly string[]): string => ` ${paint.dim(files.length === 0 ? '(declared)' : `(declared: ${visible(files.join(', '), 1000)})`)}`;
  if (object.in !== 'both') return `  ${object.in === 'to' ? '+' : '-'} ${title}: only in ${visible(object.in === 'to' ? stages[1] : stages[0])}${object.isDeclared ? declared(object.declaredBy) : ''}`;
  const fields = [...object.fields].sort((a, b) => Number(a.isDeclared) - Number(b.isDeclared));
  return [`  ~ ${title}`, ...fields.map((field) => `      ${field.type === 'added' ? '+ ' : field.type === 'removed' ? '- ' : ''}${visible(field.path)}: ${visible(fieldText(field), 1000)}${field.isDeclared ? declared(field.declaredBy) : ''}`)].join('\n');
}

/** `3 differences, 1 of them declared`. */
export function countText({ services, limits }: StageDifference): string {
  const { all, declared } = counts(services.flatMap(({ objects }) => objects));
  if (all === 0) return limits.length === 0 ? 'no differences' : 'no differences in what was compared';
  return `${all} difference${all === 1 ? '' : 's'}${declared === 0 ? '' : declared === all ? ', declared' : `, ${declared} of them declared`}`;
}

export function counts(objects: readonly ObjectDifference[]): { readonly all: number; readonly declared: number } {
  const marks = objects.flatMap((object) => (object.in === 'both' ? object.fields.map(({ isDeclared }) => isDeclared) : [object.isDeclared]));
  return { all: marks.length, declared: marks.filter((isDeclared) => isDeclared).length };
}
