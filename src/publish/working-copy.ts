import { lstatSync, readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { UserError } from '../errors';
import { directoryOf } from '../tree/path';

export type EntryType = 'file' | 'directory' | 'symlink' | 'other';

/** Ends the name of a file that is being written; one that is found was left by a run that was killed. */
export const TEMPORARY = '.fluxwright-tmp';

/** Folders that hold no tree: Git's own, and other people's packages. */
const SKIPPED = new Set(['.git', 'node_modules']);

/** What lies below a root: looked up once, links never followed. Paths are from the root. */
export class WorkingCopy {
  private readonly entries = new Map<string, EntryType | undefined>();
  /** Directories whose every entry is known. */
  private readonly seen = new Set<string>();
  private readonly blocked = new Map<string, string | undefined>();
  /** Everything below the directory, except in other repositories. */
  readonly files: string[] = [];

  /** @throws UserError `file-unreadable` for a root that is no directory */
  constructor(readonly root: string, directory: string) {
    const found = statSync(root, { throwIfNoEntry: false });
    if (found?.isDirectory() !== true) {
      throw new UserError('file-unreadable', `the root of the tree, ${root}, ${found === undefined ? 'does not exist' : 'is no directory'}`, 'make the directory, or name another one: new GitopsApp({ root })');
    }
    if (this.stepsTo(directory).every((step) => this.type(step) === 'directory')) this.walk(directory);
  }

  type(path: string): EntryType | undefined {
    if (this.entries.has(path)) return this.entries.get(path);
    const type = path === '' ? 'directory' : this.look(path);
    this.entries.set(path, type);
    return type;
  }

  /** @throws UserError `file-unreadable` */
  read(path: string): Buffer {
    try {
      return readFileSync(`${this.root}${sep}${path}`);
    } catch (error) {
      throw new UserError('file-unreadable', `${path} cannot be read: ${(error as Error).message}`, 'make it readable, or move it away');
    }
  }

  /** What keeps a file from standing at `path`: a link on the way, or something that is no file. */
  obstacle(path: string): UserError | undefined {
    const step = this.blockedStep(directoryOf(path));
    const type = this.type(step ?? path);
    if (type === 'symlink') {
      return new UserError('path-through-symlink', `${path} would be written through the symbolic link ${step ?? path}, perhaps out of the tree`, `replace the link by a ${step === undefined ? 'file' : 'directory'}, or move it away`);
    }
    if (step !== undefined) return new UserError('foreign-file', `${path} needs the directory ${step}, where a file lies`, `move ${step} away`);
    if (type === undefined || type === 'file') return undefined;
    return new UserError('foreign-file', `${path} is to be a file, but a ${type === 'directory' ? 'directory' : 'device'} lies there`, `move ${path} away`);
  }

  /** The first step to a directory that is something else; undefined if it is all directories as far as it is there. */
  private blockedStep(directory: string): string | undefined {
    if (this.blocked.has(directory)) return this.blocked.get(directory);
    const found = this.stepsTo(directory).find((step) => this.type(step) !== 'directory');
    const blocked = found === undefined || this.type(found) === undefined ? undefined : found;
    this.blocked.set(directory, blocked);
    return blocked;
  }

  private stepsTo(path: string): string[] {
    const steps = path === '' ? [] : path.split('/');
    return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
  }

  private walk(directory: string): void {
    const pending = [directory];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      const children = this.list(folder);
      if (folder !== directory && children.some(({ name }) => name === '.git')) continue;
      for (const child of children) {
        const path = folder === '' ? child.name : `${folder}/${child.name}`;
        const type = child.isFile() ? 'file' : child.isDirectory() ? 'directory' : child.isSymbolicLink() ? 'symlink' : 'other';
        this.entries.set(path, type);
        if (type === 'file') this.files.push(path);
        if (type === 'directory' && !SKIPPED.has(child.name)) pending.push(path);
      }
      this.seen.add(folder);
    }
  }

  private list(folder: string): Dirent[] {
    try {
      return readdirSync(join(this.root, folder), { withFileTypes: true });
    } catch (error) {
      throw new UserError('file-unreadable', `${folder} cannot be read: ${(error as Error).message}`, 'make it readable, or move it away');
    }
  }

  private look(path: string): EntryType | undefined {
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? '' : path.slice(0, slash);
    if (this.seen.has(parent)) return undefined;
    if (parent !== '' && this.type(parent) !== 'directory') return undefined;
    try {
      const found = lstatSync(join(this.root, path));
      return found.isFile() ? 'file' : found.isDirectory() ? 'directory' : found.isSymbolicLink() ? 'symlink' : 'other';
    } catch {
      return undefined;
    }
  }
}
