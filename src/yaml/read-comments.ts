/** What begins the comments that say something of a scalar: markers and holds. */
export const COMMENTED = /"\$(?:imagepolicy|held)/;

/** The comment in the rest of the line, without its `#`. */
export function commentBehind(text: string, from: number): string | undefined {
  const end = text.indexOf('\n', from);
  return /^[ \t]+#+[ \t]*([^]*)$/.exec(text.slice(from, end < 0 ? undefined : end))?.[1]!.replace(/(?<![ \t\r])[ \t\r]+$/, '');
}
