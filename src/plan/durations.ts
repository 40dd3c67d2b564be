import { textAt, type Data } from '../model/fields';

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001, µs: 0.000001, ns: 0.000000001 };

/** A duration as Go writes it, such as `1h30m`, in seconds; undefined for one that has yet to be filled in. */
export function secondsOf(duration: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|ms|us|µs|ns|m|s))+$/.test(duration)) return undefined;
  return [...duration.matchAll(/([\d.]+)(h|ms|us|µs|ns|m|s)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit!]!, 0);
}

/** How long Flux waits for what a Kustomization applies: its timeout, or half a minute less than its interval; never less than half a minute. */
export function timeoutOf(data: Data): number | undefined {
  const [timeout, interval] = [textAt(data, 'spec.timeout'), textAt(data, 'spec.interval')];
  const seconds = timeout !== undefined ? secondsOf(timeout) : interval === undefined ? undefined : (secondsOf(interval) ?? NaN) - 30;
  return seconds === undefined || Number.isNaN(seconds) ? undefined : Math.max(30, seconds);
}

/** When Flux tries again what has failed: after its retryInterval, or its interval. */
export function retryOf(data: Data): number | undefined {
  const written = textAt(data, 'spec.retryInterval') ?? textAt(data, 'spec.interval');
  return written === undefined ? undefined : secondsOf(written);
}

/** Seconds as Flux and people write them: `1h30m`, `90s` as `1m30s`. */
export function durationText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), Math.round(seconds % 60)];
  return [hours > 0 ? `${hours}h` : '', minutes > 0 ? `${minutes}m` : '', rest > 0 || seconds < 60 ? `${rest}s` : ''].join('');
}
