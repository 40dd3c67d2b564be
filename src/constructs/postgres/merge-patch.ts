import { isDeepStrictEqual } from 'node:util';
import { mergeData } from '../api-data';

/** `patch` applied to `base` as kustomize does for objects whose schema it does not know: maps merged, lists replaced, nulls taken out. */
export function applyMergePatch<T>(base: T, patch: unknown): T {
  return withoutNulls(mergeData(base, patch)) as T;
}

/** The smallest patch that turns `from` into `to`; undefined where they are equal. */
export function mergePatchBetween(from: unknown, to: unknown): unknown {
  if (isDeepStrictEqual(from, to)) return undefined;
  if (!isMap(from) || !isMap(to)) return to;
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(to)) {
    const change = mergePatchBetween(from[key], value);
    if (change !== undefined) patch[key] = change;
  }
  for (const key of Object.keys(from)) if (!(key in to)) patch[key] = null;
  return patch;
}

function withoutNulls(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null && item !== undefined).map(([key, item]) => [key, withoutNulls(item)]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
