/** The values that one pin has in a merge. */
export interface MergedValues {
  /** In the working copy, where it is free of conflict markers. */
  readonly working: readonly string[];
  /** On each side; a side that does not have the pin has no value. */
  readonly sides: readonly (readonly string[])[];
  readonly base: readonly string[];
}

export type MergeDecision =
  | { readonly value: string; /** Whether it is other than what a reader of the working copy would have taken. */ readonly isChoice: boolean }
  | { readonly conflict: readonly string[] };

/**
 * The value after a merge: the one that differs from the merge base. Where both sides changed it, what a person left in
 * the working copy, and otherwise nobody's guess. Undefined if no side has the pin.
 */
export function mergeValues({ working, sides, base }: MergedValues): MergeDecision | undefined {
  const here = [...new Set(working)];
  const changed = [...new Set(sides.flat())].filter((value) => !base.includes(value));
  const written = here.filter((value) => !base.includes(value));
  const isUndecided = written.length === 0;
  const choose = (value: string): MergeDecision => ({ value, isChoice: here.length !== 1 || here[0] !== value || changed.some((other) => other !== value) });
  if (written.length === 1 && here.length === 1) return choose(written[0]!);
  // All sides have other values, and the working copy has the old one: that was a person, Git never does so.
  const everySideChanged = sides.every((side) => side.length > 0 && side.every((value) => !base.includes(value)));
  if (isUndecided && here.length === 1 && everySideChanged) return choose(here[0]!);
  if (changed.length > 1 || written.length > 1 || new Set([...changed, ...written]).size > 1) return { conflict: [...new Set([...changed, ...written])] };
  if (changed.length === 0) {
    const [only] = written.length > 0 ? written : here.length > 0 ? here : [...new Set([...sides.flat(), ...base])];
    return only === undefined ? undefined : choose(only);
  }
  const [value] = changed as [string];
  return choose(value);
}
