import { distance } from 'fastest-levenshtein';

/**
 * Whether a name looks like another that was written wrongly: one word of it differs by a letter or two, and is long enough
 * for that to be no accident. `web-1` and `web-2`, or `app-a` and `app-b`, are two names.
 */
export function looksMistyped(name: string, meant: string): boolean {
  if (name === meant || digits(name) !== digits(meant)) return false;
  if (bare(name) === bare(meant)) return true;
  const [words, others] = [name.split(/[-.]/), meant.split(/[-.]/)];
  if (words.length !== others.length) return false;
  const differing = words.flatMap((word, index) => (word === others[index] ? [] : [[word, others[index]!] as const]));
  const [only] = differing;
  if (only === undefined || differing.length > 1) return false;
  const [word, other] = only;
  const length = Math.min(word.length, other.length);
  const changes = distance(word, other);
  return length >= 4 && (changes === 1 || (changes === 2 && (length >= 6 || isSwapped(word, other))));
}

function digits(name: string): string {
  return name.replace(/\D/g, '');
}

/** Without what people forget between words. */
function bare(name: string): string {
  return name.replace(/[-.]/g, '');
}

/** Whether two letters have changed places. */
function isSwapped(word: string, other: string): boolean {
  return word.length === other.length && [...word].sort().join('') === [...other].sort().join('');
}
