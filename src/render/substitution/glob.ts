/**
 * Patterns of `${VAR#pattern}` and its kin, as Go's path.Match has them, but for `*`, which matches a slash, too.
 * @returns undefined for a pattern that is malformed where it is looked at
 */
export function matchesGlob(pattern: string, name: string): boolean | undefined {
  let rest = [...name];
  let pending = [...pattern];
  next: while (pending.length > 0) {
    const star = pending[0] === '*';
    while (pending[0] === '*') pending = pending.slice(1);
    const end = chunkEnd(pending);
    const chunk = pending.slice(0, end);
    pending = pending.slice(end);
    if (star && chunk.length === 0) return true;
    const isLast = pending.length === 0;
    const left = matchChunk(chunk, rest);
    if (left === 'malformed') return undefined;
    if (left !== undefined && (left.length === 0 || !isLast)) {
      rest = left;
      continue;
    }
    for (let skipped = 1; star && skipped <= rest.length; skipped++) {
      const found = matchChunk(chunk, rest.slice(skipped));
      if (found === 'malformed') return undefined;
      if (found === undefined || (isLast && found.length > 0)) continue;
      rest = found;
      continue next;
    }
    return false;
  }
  return rest.length === 0;
}

/** Where the next `*` outside of a class stands. */
function chunkEnd(pattern: readonly string[]): number {
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === '[') inClass = true;
    else if (pattern[at] === ']') inClass = false;
    else if (pattern[at] === '*' && !inClass) return at;
  }
  return pattern.length;
}

/** What is left of a name behind a chunk without `*`; undefined if it does not begin with it. */
function matchChunk(chunk: readonly string[], name: readonly string[]): string[] | 'malformed' | undefined {
  let at = 0;
  let position = 0;
  while (at < chunk.length) {
    const character = name[position];
    if (character === undefined) return undefined;
    if (chunk[at] === '[') {
      const found = matchClass(chunk, at + 1, character);
      if (found === 'malformed' || !found.matches) return found === 'malformed' ? found : undefined;
      at = found.end;
    } else {
      const isEscaped = chunk[at] === '\\';
      if (isEscaped && ++at === chunk.length) return 'malformed';
      if ((isEscaped || chunk[at] !== '?') && chunk[at] !== character) return undefined;
      at++;
    }
    position++;
  }
  return name.slice(position);
}

function matchClass(chunk: readonly string[], from: number, character: string): { matches: boolean; end: number } | 'malformed' {
  let at = from;
  const negated = chunk[at] === '^';
  if (negated) at++;
  let matches = false;
  for (let ranges = 0; ; ranges++) {
    if (chunk[at] === ']' && ranges > 0) return { matches: matches !== negated, end: at + 1 };
    const low = escaped(chunk, at);
    if (low === undefined) return 'malformed';
    at = low.end;
    let high = low;
    if (chunk[at] === '-') {
      const upper = escaped(chunk, at + 1);
      if (upper === undefined) return 'malformed';
      high = upper;
      at = upper.end;
    }
    const code = character.codePointAt(0)!;
    if (low.code <= code && code <= high.code) matches = true;
  }
}

/** One character of a class; something has to follow it. */
function escaped(chunk: readonly string[], at: number): { code: number; end: number } | undefined {
  const first = chunk[at];
  if (first === undefined || first === '-' || first === ']') return undefined;
  const from = first === '\\' ? at + 1 : at;
  const character = chunk[from];
  if (character === undefined || from + 1 >= chunk.length) return undefined;
  return { code: character.codePointAt(0)!, end: from + 1 };
}
