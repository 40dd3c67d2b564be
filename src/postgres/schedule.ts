import type { ErrorCode } from '../errors';

/** What is wrong with a schedule, in words that follow the name of what has it. */
export interface ScheduleProblem {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly fix: string;
}

/**
 * What is wrong with a schedule as CNPG reads it, which is as the Go library robfig/cron v1 does: seconds, minutes, hours,
 * days, months and weekdays, or a descriptor. Left to itself, that library takes five fields for seconds to months, and fires
 * every hour.
 */
export function scheduleProblem(schedule: string): ScheduleProblem | undefined {
  const has = `has the schedule ${JSON.stringify(schedule)}`;
  const invalid = (problem: string, fix: string): ScheduleProblem => ({ code: 'schedule-invalid', problem: `${has}, ${problem}`, fix });
  if (schedule.replace(VARIABLE, '') === '' && schedule !== '') return undefined;
  if (schedule.trim().startsWith('@')) {
    return isDescriptor(schedule) ? undefined : invalid('which is no descriptor that CNPG knows', 'write @hourly, @daily, @weekly, @monthly, @yearly or "@every 12h", or six fields, such as "0 0 2 * * *"');
  }
  const fields = schedule.replace(VARIABLE, '1').split(/\s+/).filter((field) => field !== '');
  if (fields.length !== 6) {
    return {
      code: 'schedule-without-seconds',
      problem: `${has}, which is ${fields.length} field${fields.length === 1 ? '' : 's'}; CNPG reads six, seconds first`,
      fix: fields.length === 5 ? `write "0 ${fields.join(' ')}"` : 'write six fields, such as "0 0 2 * * *" for 02:00 every day',
    };
  }
  const parsed = FIELDS.map((field, index) => parseField(fields[index]!, field));
  const wrong = parsed.findIndex((times) => times === undefined);
  if (wrong >= 0) {
    const { name, min, max } = FIELDS[wrong]!;
    return invalid(`whose field for ${name} is ${JSON.stringify(fields[wrong])}`, `write ${name} from ${min} to ${max}, as one number, "*", a range "${min}-${max}", a step "*/2" or a list of them`);
  }
  const fires = parsed.every((times) => times!.size > 0) && hasDay(parsed[3]!, parsed[4]!, parsed[5]!, fields);
  return fires ? undefined : { code: 'schedule-never-fires', problem: `${has}, which never comes`, fix: 'name a day that its months have' };
}

/** A substitution variable, which may stand for any number, or for the whole schedule. */
const VARIABLE = /\$\{[A-Za-z_][A-Za-z0-9_]*\}/g;

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'seconds', min: 0, max: 59 },
  { name: 'minutes', min: 0, max: 59 },
  { name: 'hours', min: 0, max: 23 },
  { name: 'days', min: 1, max: 31 },
  { name: 'months', min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'weekdays', min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/** The longest month of each number: 29 February comes, if seldom. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDescriptor(text: string): boolean {
  const every = /^@every (\+?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text) && /[1-9]/.test(text);
  return every || ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'].includes(text);
}

function parseField(text: string, field: Field): Set<number> | undefined {
  const times = new Set<number>();
  for (const part of text.split(',').filter((item) => item !== '')) {
    const range = parseRange(part, field);
    if (range === undefined) return undefined;
    for (let time = range.from; time <= range.to; time += range.step) times.add(time);
  }
  return times;
}

function parseRange(text: string, field: Field): { from: number; to: number; step: number } | undefined {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreHyphens] = range.split('-');
  const any = low === '*' || low === '?';
  const from = any ? field.min : parseTime(low, field);
  const to = any || (high === undefined && stepText !== undefined) ? field.max : high === undefined ? from : parseTime(high, field);
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  if (moreSteps.length > 0 || (moreHyphens.length > 0 && !any) || from === undefined || to === undefined || step === undefined) return undefined;
  return from < field.min || to > field.max || from > to || step === 0 ? undefined : { from, to, step };
}

function parseTime(text: string, { min, names }: Field): number | undefined {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  return named >= 0 ? named + min : parseNumber(text);
}

function parseNumber(text: string): number | undefined {
  return /^\+?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Where both days and weekdays are given, one of them is enough; a star in either leaves it to the other. */
function hasDay(days: Set<number>, months: Set<number>, weekdays: Set<number>, fields: readonly string[]): boolean {
  const hasStar = (text: string): boolean => text.split(',').some((part) => /^[*?]([-/]|$)/.test(part));
  if (!hasStar(fields[3]!) && !hasStar(fields[5]!) && weekdays.size > 0) return true;
  return [...months].some((month) => [...days].some((day) => day <= DAYS[month - 1]!));
}
