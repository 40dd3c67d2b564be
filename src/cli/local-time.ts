import { UserError } from '../errors';

/** What a person may mean by a day: its first or its last moment. */
type Edge = 'start' | 'end';

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000, year: 365 * 86_400_000 };

/**
 * A time that somebody typed, in milliseconds since 1970: `2026-03-01`, `2026-03-01 14:30`, `2026-03-01T14:30:00Z`,
 * `3 days ago`, `yesterday`. Without an offset it is meant in the time zone of the machine.
 * @throws UserError `usage` for anything else: Git would take it for now
 */
export function parseTime(text: string, option: string, edge: Edge, now: number): number {
  const typed = text.trim();
  const [, amount, unit] = /^(\d{1,6}) (minute|hour|day|week|month|year)s? ago$/.exec(typed) ?? [];
  if (amount !== undefined) return now - Number(amount) * UNITS[unit!]!;
  if (typed === 'now') return now;
  if (typed === 'yesterday') return now - UNITS['day']!;
  const [, day, clock, seconds = ':00', zone = ''] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,3})?)? ?(Z|UTC|[+-]\d\d:?\d\d)?)?$/.exec(typed) ?? [];
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const parsed = day === undefined ? NaN : Date.parse(clock === undefined ? `${day}T${edge === 'start' ? '00:00:00.000' : '23:59:59.999'}` : `${day}T${clock}${seconds}${offset}`);
  // a day that no month has is no day of the next
  if (Number.isNaN(parsed) || !/^(0[1-9]|1\d|2\d|3[01])$/.test(day!.slice(8)) || Number(day!.slice(8)) > daysIn(day!)) {
    throw new UserError('usage', `${option} has ${JSON.stringify(text)}, which is no time`, 'write it like "2026-03-01", "2026-03-01 14:30", "2026-03-01T14:30:00Z" or "3 days ago"');
  }
  return parsed;
}

function daysIn(day: string): number {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `2026-03-01 14:30:00 +0100`, in the time zone of the machine. */
export function showTime(time: number): string {
  const date = new Date(time);
  const offset = -date.getTimezoneOffset();
  const local = new Date(time + offset * 60_000).toISOString();
  const two = (number: number): string => String(Math.trunc(number)).padStart(2, '0');
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}${two(Math.abs(offset) % 60)}`;
}
