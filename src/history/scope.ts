/** The part of a tree that a question is about. */
export interface Scope {
  /** For people: `clusters/prod`; undefined for the whole tree. */
  readonly title: string | undefined;
  includes(path: string): boolean;
  /** Whether it has a file only because something of it takes that in, now. */
  isElsewhere(path: string): boolean;
}

export const WHOLE: Scope = { title: undefined, includes: () => true, isElsewhere: () => false };

export function scopeOf(title: string, folders: readonly string[], files: ReadonlySet<string> = new Set()): Scope {
  const isOwn = (path: string): boolean => folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`));
  return { title, includes: (path) => files.has(path) || isOwn(path), isElsewhere: (path) => files.has(path) && !isOwn(path) };
}
