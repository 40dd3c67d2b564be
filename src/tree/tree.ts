import { UserError } from '../errors';
import type { File } from './file';
import { treePath } from './path';

/** Files by path, sorted, all below one root: the narrow waist between constructs and everything that reads manifests. */
export class Tree {
  private readonly files: ReadonlyMap<string, File>;

  /**
   * @param names `as-found` for what lies on a disk or in Git, where names are what they are
   * @throws UserError `path-taken` for two files at one path (also where they differ in case only, or one is a
   * directory of the other), `path-leaves-root`, `path-invalid`; all of them at once
   */
  constructor(files: Iterable<File>, names: 'checked' | 'as-found' = 'checked') {
    this.files = new Map((names === 'checked' ? checkedNames(files) : [...files].map((file): [string, File] => [file.path, file])).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  get size(): number {
    return this.files.size;
  }

  get(path: string): File | undefined {
    return this.files.get(path);
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  paths(): IterableIterator<string> {
    return this.files.keys();
  }

  [Symbol.iterator](): IterableIterator<File> {
    return this.files.values();
  }
}

function checkedNames(files: Iterable<File>): [string, File][] {
  const byPath = new Map<string, File>();
  const folded = new Map<string, File>();
  const errors: UserError[] = [];
  for (const file of files) {
    try {
      treePath(file.path, file.props.claimedBy);
    } catch (error) {
      if (!UserError.is(error)) throw error;
      errors.push(error);
      continue;
    }
    const taken = folded.get(file.path.toLowerCase());
    if (taken !== undefined) errors.push(pathTaken(taken, file));
    folded.set(file.path.toLowerCase(), file);
    byPath.set(file.path, file);
  }
  for (const file of byPath.values()) {
    const parent = parents(file.path).map((path) => byPath.get(path)).find((found) => found !== undefined);
    if (parent !== undefined) errors.push(pathTaken(parent, file));
  }
  if (errors.length > 0) throw UserError.all(errors);
  return [...byPath];
}

function pathTaken(first: File, second: File): UserError {
  const [a, b] = [first, second].map((file) => file.props.claimedBy ?? file.path);
  const same = first.path === second.path;
  return new UserError(
    'path-taken',
    same ? `${JSON.stringify(first.path)} is claimed by ${a} and ${b}` : `${JSON.stringify(first.path)} (${a}) and ${JSON.stringify(second.path)} (${b}) cannot both exist`,
    'give one of them another directory or file name',
  );
}

function parents(path: string): string[] {
  const found: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) found.push(path.slice(0, slash));
  return found;
}
