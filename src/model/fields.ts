/**
 * Reading data that anybody may have written: each answers with what is there if it has the right type, and with nothing
 * otherwise, so that a rule never stumbles over a list where a mapping belongs.
 */
export type Data = Readonly<Record<string, unknown>>;

/** A step into data: a key, or an index of a list. */
export type Step = string | number;

/** What lies at `path`, such as `spec.sourceRef.name`. Keys with dots in them need `path` as a list of steps. */
export function at(data: unknown, path: string | readonly Step[]): unknown {
  let value = data;
  for (const step of typeof path === 'string' ? stepsOf(path) : path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<Step, unknown>)[step];
  }
  return value;
}

/** The paths that are asked for stand in the code, so that there are few. */
const knownPaths = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  let steps = knownPaths.get(path);
  if (steps === undefined) {
    steps = path.split('.');
    if (knownPaths.size < 2000) knownPaths.set(path, steps);
  }
  return steps;
}

export function textAt(data: unknown, path: string | readonly Step[]): string | undefined {
  const value = at(data, path);
  return typeof value === 'string' ? value : undefined;
}

export function numberAt(data: unknown, path: string | readonly Step[]): number | undefined {
  const value = at(data, path);
  return typeof value === 'number' ? value : undefined;
}

/** The mapping at `path`; an empty one where there is none. */
export function mappingAt(data: unknown, path: string | readonly Step[]): Data {
  return mapping(at(data, path));
}

/** The list at `path`; an empty one where there is none. */
export function listAt(data: unknown, path: string | readonly Step[]): readonly unknown[] {
  const value = at(data, path);
  return Array.isArray(value) ? value : [];
}

/** The strings of the list at `path`. */
export function textsAt(data: unknown, path: string | readonly Step[]): readonly string[] {
  return listAt(data, path).filter((item): item is string => typeof item === 'string');
}

export function mapping(value: unknown): Data {
  return isMapping(value) ? value : {};
}

export function isMapping(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
