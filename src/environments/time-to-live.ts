const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** `14d`, `36h` or `2w`, in milliseconds; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const [, amount, unit] = /^([1-9]\d{0,4})([hdw])$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * UNITS[unit!]!;
}

/** The two greatest units of a time: `3d 4h`, `12m`. */
export function spanOf(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return hours === 0 ? `${days}d` : `${days}d ${hours}h`;
  return hours > 0 ? (rest === 0 ? `${hours}h` : `${hours}h ${rest}m`) : `${rest}m`;
}

/** What is left of an environment's time, in milliseconds; undefined for one that has no end. */
export function timeLeft({ created, ttl }: { readonly created: string | undefined; readonly ttl: string | undefined }, now: number): number | undefined {
  const length = ttl === undefined ? undefined : durationOf(ttl);
  return length === undefined || created === undefined ? undefined : Date.parse(created) + length - now;
}
