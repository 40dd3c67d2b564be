import { distance } from 'fastest-levenshtein';

/** The candidate that a person most likely meant: the one with the fewest letters to change, if those are few. */
export function nearestTo(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly changes: number } | undefined;
  for (const candidate of candidates) {
    const changes = distance(word, candidate);
    if (best === undefined || changes < best.changes) best = { candidate, changes };
  }
  // a short word of which no letter is left was not meant
  return best !== undefined && best.changes <= Math.max(2, Math.floor(word.length / 3)) && best.changes < Math.max(word.length, best.candidate.length) ? best.candidate : undefined;
}
