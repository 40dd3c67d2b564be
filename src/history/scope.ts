/** The part of a tree that a question is about. */
export interface Scope {
  /** For people: `clusters/prod`; undefined for the whole tree. */
  readonly title: string | undefined;
  includes(path: string): boolean;
}

export const WHOLE: Scope = { title: undefined, includes: () => true };

export function scopeOf(title: string, folders: readonly string[], files: ReadonlySet<string> = new Set()): Scope {
  return { title, includes: (path) => files.has(path) || folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`)) };
}
