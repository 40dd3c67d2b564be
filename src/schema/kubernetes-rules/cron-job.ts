import type { Check } from '../check';
import { quoteValue } from '../schema-problem';
import { fieldsOf, problemAt, textOf, type Fields } from './object-parts';

/** When a CronJob starts its Jobs. */
export function checkCronJob(object: Fields, check: Check): void {
  const { schedule, timeZone } = fieldsOf(object['spec']);
  const text = textOf(schedule, check);
  const problem = text === undefined ? undefined : scheduleProblem(text);
  if (problem !== undefined) problemAt(check, ['spec', 'schedule'], 'schedule', `is ${quoteValue(text)}, ${problem}`);
  const zone = textOf(timeZone, check);
  if (zone !== undefined && (zone.toLowerCase() === 'local' || /^[\s/\\]|\.\.|[\s/\\]$/.test(zone))) problemAt(check, ['spec', 'timeZone'], 'format', `is ${quoteValue(zone)}; a time zone has a name such as "Europe/Helsinki"`);
}

const FIELDS: readonly (readonly [name: string, least: number, most: number, names: readonly string[]])[] = [
  ['minute', 0, 59, []],
  ['hour', 0, 23, []],
  ['day of the month', 1, 31, []],
  ['month', 1, 12, ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']],
  ['day of the week', 0, 6, ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']],
];

/** What is wrong with a schedule of five fields, as it follows "is VALUE, "; nothing if it is one. */
export function scheduleProblem(schedule: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(schedule)) return 'which names a time zone; write it into timeZone';
  if (schedule.startsWith('@')) {
    return /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule) || /^@every ([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$/.test(schedule) ? undefined : 'which is none that Kubernetes knows; write "@daily" or five fields';
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return `which has ${fields.length} fields; Kubernetes reads five: minute, hour, day of the month, month, day of the week`;
  for (const [index, field] of fields.entries()) {
    const [name, least, most, names] = FIELDS[index]!;
    const wrong = field.split(',').find((part) => !isRange(part, least, most, names));
    if (wrong !== undefined) return `where "${wrong}" is no ${name}: ${least} to ${most}`;
  }
  return undefined;
}

/** `*`, `5`, `1-5`, `*\/10`, `mon-fri` */
function isRange(part: string, least: number, most: number, names: readonly string[]): boolean {
  const [range, step, ...rest] = part.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*' || range === '?') return true;
  const ends = range!.split('-').map((end) => (names.includes(end.toLowerCase()) ? names.indexOf(end.toLowerCase()) + least : /^\d+$/.test(end) ? Number(end) : Number.NaN));
  return ends.length <= 2 && ends.every((end) => end >= least && end <= most) && (ends.length === 1 || ends[0]! <= ends[1]!);
}
