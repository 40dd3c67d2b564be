/** What begins the comments that say something of a scalar: markers and holds. */
export const COMMENTED = /"\$(?:imagepolicy|held)/;

/** The comment in the rest of the line, without its `#`. */
export function commentBehind(text: string, from: number): string | undefined {
  const begin = behindBlanks(text, from);
  if (begin === from || text[begin] !== '#') return undefined;
  let at = begin;
  while (text[at] === '#') at++;
  const end = text.indexOf('\n', at);
  return withoutBlanksBehind(text.slice(behindBlanks(text, at), end < 0 ? undefined : end));
}

/** By hand, as below: a regular expression over megabytes of blanks takes more stack than there may be. */
function behindBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function withoutBlanksBehind(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r'.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
