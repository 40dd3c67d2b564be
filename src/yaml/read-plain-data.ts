import { goScalar } from './go-tags';
import { NotPlain } from './read-plain-lines';

/** More levels than any manifest has, and few enough for every stack. */
export const DEEPEST = 100;

/** What a scalar without quotes means. */
export function meaningOf(source: string): unknown {
  const value = goScalar(source);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new NotPlain(); // JSON has no such number
  return value;
}

/** The key that a scalar without quotes is. */
export function keyOf(source: string): string {
  const key = meaningOf(source);
  if (key === null || source === '<<') throw new NotPlain();
  return String(key);
}

/** Adds a field to a map, which may also be called `__proto__` or `toString`. */
export function put(map: Record<string, unknown>, key: string, value: unknown): void {
  if (!(key in map)) {
    map[key] = value;
    return;
  }
  if (Object.hasOwn(map, key)) throw new NotPlain();
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}
