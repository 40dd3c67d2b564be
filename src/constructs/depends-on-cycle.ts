/**
 * The way from an object through what it depends on and back to itself: `[a, b, a]`; undefined if there is none.
 * Of a cycle only its first object, by name, says so, so that it is told once.
 */
export function cycleThrough<T extends { readonly name: string }>(start: T, dependenciesOf: (object: T) => readonly T[]): T[] | undefined {
  const seen = new Set<T>();
  const visit = (object: T, way: readonly T[]): T[] | undefined => {
    for (const next of dependenciesOf(object)) {
      if (next === start) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = visit(next, [...way, next]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const cycle = visit(start, [start]);
  return cycle?.every(({ name }) => name >= start.name) ? cycle : undefined;
}
