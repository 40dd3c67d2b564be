import { UserError } from '../errors';
import { isTimestamp } from '../postgres/timestamp';

/** The longest that a unit of a retention policy can be, in milliseconds. */
const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, w: 7 * 86_400_000, m: 31 * 86_400_000 };

/**
 * The moment to recover to.
 * @throws UserError `usage` for one without an offset, one that no calendar has, and one that is yet to come
 */
export function parseTarget(text: string, now: number): number {
  if (!isTimestamp(text)) {
    const fix = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ? `say in which time zone, and the seconds: ${example(text)}` : 'write a date and time with its offset, such as 2026-03-01T09:30:00Z or 2026-03-01T09:30:00-05:00';
    throw new UserError('usage', `--to ${JSON.stringify(text)} is no moment as RFC 3339 writes it`, fix);
  }
  const time = Date.parse(text.toUpperCase());
  if (time > now) throw new UserError('usage', `--to ${text} is yet to come: it is ${new Date(now).toISOString().slice(0, 19)}Z`, 'name a moment that has passed, or leave --to out to recover all there is');
  return time;
}

/** Only if it is a day and an hour that exist. */
function example(text: string): string {
  const [date = '', clock = ''] = [text.slice(0, 10), /^\d\d:\d\d(:\d\d)?/.exec(text.slice(11))?.[0]];
  const whole = `${date}T${clock.length === 5 ? `${clock}:00` : clock}Z`;
  return isTimestamp(whole) ? whole : '2026-03-01T09:30:00Z';
}

/** What to tell of a moment that the archive may no longer reach back to. */
export function retentionWarning(time: number, policy: string | undefined, now: number): string | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([dwm])$/.exec(policy ?? '') ?? [];
  if (count === undefined || time >= now - Number(count) * UNITS[unit!]!) return undefined;
  return `--to is longer ago than the retention policy of ${policy!} keeps backups: the archive may not reach back that far`;
}
