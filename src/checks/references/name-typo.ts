import { distance } from 'fastest-levenshtein';

/**
 * Whether a name looks like another that was written wrongly: `sure` for letters that changed places, were lost or doubled
 * within a long word, `likely` for what might be a name of its own. `web-1` and `web-2`, `app-a` and `app-b`, `internal` and
 * `external` are two names.
 */
export function slip(name: string, meant: string): 'sure' | 'likely' | undefined {
  if (name === meant || digits(name) !== digits(meant)) return undefined;
  if (name.replace(/[-.]/g, '') === meant.replace(/[-.]/g, '')) return 'likely';
  const [words, others] = [name.split(/[-.]/), meant.split(/[-.]/)];
  if (words.length !== others.length) return undefined;
  const differing = words.flatMap((word, index) => (word === others[index] ? [] : [[word, others[index]!] as const]));
  const [only] = differing;
  return only === undefined || differing.length > 1 ? undefined : slipInWord(...only);
}

function slipInWord(word: string, meant: string): 'sure' | 'likely' | undefined {
  const length = Math.min(word.length, meant.length);
  const changes = distance(word, meant);
  if (length < 4 || (changes !== 1 && !(changes === 2 && isSwapped(word, meant)))) return undefined;
  if (changes === 2) return length >= 5 ? 'sure' : 'likely';
  const isInner = word[0] === meant[0] && word.at(-1) === meant.at(-1);
  return isInner && length >= (word.length === meant.length ? 7 : 5) ? 'sure' : 'likely';
}

function digits(name: string): string {
  return name.replace(/\D/g, '');
}

/** Whether two letters have changed places. */
function isSwapped(word: string, other: string): boolean {
  return word.length === other.length && [...word].sort().join('') === [...other].sort().join('');
}
