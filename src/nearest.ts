import { distance } from 'fastest-levenshtein';

/** Nobody mistypes more than this, and comparing it would take long. */
const LONGEST = 200;

/** The candidate that a person most likely meant: the one with the fewest letters to change, if those are few. */
export function nearestTo(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  const most = Math.max(2, Math.floor(word.length / 3));
  let best: { readonly candidate: string; readonly changes: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const changes = distance(word, candidate);
    // a short word of which no letter is left was not meant
    if (changes <= most && changes < Math.max(word.length, candidate.length) && (best === undefined || changes < best.changes)) best = { candidate, changes };
  }
  return best?.candidate;
}
