import ignore, { isPathValid } from 'ignore';

/** Whether a path is among those that patterns name, in the words of .gitignore. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const matcher = ignore().add(patterns as string[]);
  return (path) => isPathValid(path) && matcher.ignores(path);
}
