import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors';
import { parseBatch, parseEntries, replacedEntries, type Entries } from './git-output';

/** A file that Git could not merge: what the merge base and the two sides have there, by object id. */
export interface UnmergedFile {
  readonly base?: string;
  readonly ours?: string;
  readonly theirs?: string;
}

/** What is being merged, while a merge, squash, rebase, cherry-pick or revert waits for a person. */
export interface Operation {
  readonly name: 'merge' | 'squash' | 'rebase' | 'cherry-pick' | 'revert';
  readonly theirs: readonly string[];
  readonly bases: readonly string[];
}

/** Reads the repository around a root, through the real git. All paths are from the root. */
export class Git {
  /** The repository that `root` lies in, if it lies in one. */
  static around(root: string): Git | undefined {
    for (let folder = root; ; folder = dirname(folder)) {
      const dotGit = join(folder, '.git');
      if (existsSync(dotGit)) {
        const directory = gitDirectory(dotGit);
        if (directory !== undefined) return new Git(root, folder, directory);
      }
      if (folder === dirname(folder)) return undefined;
    }
  }

  private shallow?: boolean;
  private unmergedOutput?: SpawnSyncReturns<Buffer>;
  private readonly blobs = new Map<string, Buffer | undefined>();

  private constructor(private readonly root: string, private readonly workTree: string, private readonly directory: string) {}

  /** The folder that the working copy begins at. */
  get top(): string {
    return this.workTree;
  }

  /** Where files about this working copy may be kept that are no part of it; other worktrees have their own. */
  get privateDirectory(): string {
    return join(this.directory, 'fluxwright');
  }

  /** Whether there is a git to read the repository with; found out by the first question that is asked. */
  get isInstalled(): boolean {
    this.unmergedOutput ??= this.spawn(['ls-files', '--unmerged', '-z']);
    return (this.unmergedOutput.error as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT';
  }

  unmerged(): Map<string, UnmergedFile> {
    const found = new Map<string, UnmergedFile>();
    const command = ['ls-files', '--unmerged', '-z'];
    for (const [, id, stage, path] of parseEntries(this.checked(command, this.unmergedOutput ?? this.spawn(command)), /^\d+ ([0-9a-f]+) (\d)\t([^]*)$/)) {
      const side = stage === '1' ? 'base' : stage === '2' ? 'ours' : 'theirs';
      found.set(path!, { ...found.get(path!), [side]: id });
    }
    return found;
  }

  /** What the index has, without the files that are not merged. */
  index(): Entries {
    return new Map(parseEntries(this.run(['ls-files', '--stage', '-z']), /^\d+ ([0-9a-f]+) 0\t([^]*)$/).map(([, id, path]) => [path!, id!]));
  }

  /** What Git has or would take below the root: the index, and new files that nothing ignores. */
  files(below = ''): string[] {
    return [...new Set(this.run(['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', below === '' ? '.' : below]).toString().split('\0'))].filter((path) => path !== '');
  }

  /** What a commit has; undefined if there is no such commit here. */
  commit(revision: string): Entries | undefined {
    const command = ['ls-tree', '-r', '-z', `${revision}^{commit}`];
    const result = this.spawn(command);
    if (result.status !== 0 && this.resolve(revision) === undefined) return undefined;
    return new Map(parseEntries(this.checked(command, result), /^\d+ blob ([0-9a-f]+)\t([^]*)$/).map(([, id, path]) => [path!, id!]));
  }

  /** What HEAD has at the paths that the index deletes or changes: the half of a move that is about to be committed. */
  replacedInIndex(directory: string): Entries {
    const { status, stdout } = this.spawn(['diff-index', '--cached', '--no-renames', '--relative', '--diff-filter=DM', '-z', 'HEAD', '--', directory === '' ? '.' : directory]);
    return status === 0 ? replacedEntries(stdout) : new Map();
  }

  /** What the first parent of HEAD has at the paths below `directory` that HEAD deletes. */
  deletedInHead(directory: string): Entries {
    const { status, stdout } = this.spawn(['diff-tree', '-r', '--no-renames', '--relative', '--diff-filter=D', '-z', 'HEAD^', 'HEAD', '--', directory === '' ? '.' : directory]);
    return status === 0 ? replacedEntries(stdout) : new Map();
  }

  /** The id of a commit, or undefined where it is not known here, as beyond the edge of a shallow clone. */
  resolve(revision: string): string | undefined {
    const { status, stdout } = this.spawn(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
    return status === 0 ? stdout.toString().trim() : undefined;
  }

  /** The full name behind a short one, such as `HEAD` or `@{upstream}`; undefined where it names no ref, as a detached HEAD does not. */
  fullName(name: string): string | undefined {
    const { status, stdout } = this.spawn(['rev-parse', '--symbolic-full-name', '--verify', '--quiet', name]);
    const full = stdout.toString().trim();
    return status === 0 && full.startsWith('refs/') ? full : undefined;
  }

  /** Whether a branch is checked out, or is being rebased; where none is, as in CI, whether its tip is. */
  isOnBranch(branch: string): boolean {
    const rebased = ['rebase-merge', 'rebase-apply'].map((folder) => join(this.directory, folder, 'head-name')).find((file) => existsSync(file));
    const current = rebased === undefined ? this.fullName('HEAD') : readFileSync(rebased, 'utf8').trim();
    if (current !== undefined) return current === `refs/heads/${branch}`;
    const tips = this.run(['for-each-ref', '--points-at=HEAD', '--format=%(refname)', 'refs/heads', 'refs/remotes']).toString().split('\n');
    return tips.some((ref) => ref.replace(/^refs\/(heads|remotes\/[^/]+)\//, '') === branch);
  }

  /** Whether history is cut off, as in a clone of some depth. */
  get isShallow(): boolean {
    return (this.shallow ??= this.run(['rev-parse', '--is-shallow-repository']).toString().trim() === 'true');
  }

  parents(revision: string): string[] {
    const { status, stdout } = this.spawn(['rev-list', '--parents', '--max-count=1', revision]);
    return status === 0 ? stdout.toString().trim().split(' ').slice(1) : [];
  }

  /** The commit that brought a text to a file, if it is found in a short time. */
  arrival(text: string, path: string): string | undefined {
    const { status, stdout } = this.spawn(['log', '--max-count=1', '--format=%H', '--no-color', `-S${text}`, '--', path], undefined, 3_000);
    return status === 0 && stdout.length > 0 ? stdout.toString().trim() : undefined;
  }

  mergeBases(a: string, b: string): string[] {
    const { status, stdout } = this.spawn(['merge-base', '--all', a, b]);
    return status === 0 ? stdout.toString().trim().split('\n') : [];
  }

  operation(): Operation | undefined {
    const merged = this.heads('MERGE_HEAD');
    if (merged.length > 0) return { name: 'merge', theirs: merged, bases: merged.flatMap((head) => this.mergeBases('HEAD', head)) };
    const [reverted] = this.heads('REVERT_HEAD');
    if (reverted !== undefined) return this.single('revert', this.parents(reverted), [reverted]);
    const rebasing = existsSync(join(this.directory, 'rebase-merge')) || existsSync(join(this.directory, 'rebase-apply'));
    const [picked] = this.heads(rebasing ? 'REBASE_HEAD' : 'CHERRY_PICK_HEAD');
    // A rebase that stops at `edit` has put its commit into HEAD: nothing waits to be merged, whatever HEAD is moved to then.
    if (rebasing && this.unmerged().size === 0 && this.isIndexHead()) return undefined;
    return picked === undefined ? this.squash() : this.single(rebasing ? 'rebase' : 'cherry-pick', [picked], this.parents(picked));
  }

  /** Of a squash Git keeps the message for the commit, which names what is squashed, the newest first. */
  private squash(): Operation | undefined {
    const message = this.privateText('SQUASH_MSG');
    const [tip] = message.startsWith('Squashed commit of the following:\n') ? (/^commit ([0-9a-f]{40,})$/m.exec(message)?.slice(1) ?? []) : [];
    if (tip === undefined || this.resolve(tip) === undefined || (this.unmerged().size === 0 && this.isIndexHead())) return undefined;
    const bases = this.mergeBases('HEAD', tip);
    return bases.length === 0 || bases.includes(tip) ? undefined : { name: 'squash', theirs: [tip], bases };
  }

  /** Contents by object id; those that are not here are left out. */
  read(ids: Iterable<string>): ReadonlyMap<string, Buffer> {
    const missing = [...new Set(ids)].filter((id) => !this.blobs.has(id));
    if (missing.length > 0) for (const [id, content] of parseBatch(this.run(['cat-file', '--batch'], `${missing.join('\n')}\n`))) this.blobs.set(id, content);
    return this.blobs as ReadonlyMap<string, Buffer>;
  }

  /** Which of these files' present contents Git has somewhere: in a commit, a stash or the index. */
  known(paths: readonly string[]): ReadonlySet<string> {
    if (paths.length === 0) return new Set();
    // hash-object alone takes its paths from the top of the working tree
    const fromTop = relative(this.workTree, this.root).split(sep).join('/');
    const ids = this.run(['hash-object', '--stdin-paths'], paths.map((path) => `${posix.join(fromTop, path)}\n`).join('')).toString().trim().split('\n');
    const found = this.run(['cat-file', '--batch-check'], ids.map((id) => `${id}\n`).join('')).toString().trim().split('\n');
    return new Set(paths.filter((_, index) => !found[index]!.endsWith(' missing')));
  }

  /** The newest version of any file below `directory`, before HEAD, that had `text` in it and then lost it. */
  lastWith(text: string, directory: string): string | undefined {
    const { status, stdout } = this.spawn(['log', '--max-count=1', '--format=', '--no-color', '--no-ext-diff', '-p', '-U0', `-S${text}`, '--', directory === '' ? '.' : directory], undefined, 3_000);
    if (status !== 0) return undefined;
    return stdout.toString().split('\n').find((line) => line.startsWith('-') && line.includes(text))?.slice(1);
  }

  /** Who changed a file in the commits from one to another, the latest first. */
  authorsBetween(from: string, to: string, path: string): { readonly commit: string; readonly name: string; readonly email: string }[] {
    const { status, stdout } = this.spawn(['log', '--format=%h%x00%an%x00%ae', '--no-color', `${from}..${to}`, '--', path]);
    if (status !== 0) return [];
    return stdout.toString().split('\n').filter((line) => line !== '').map((line) => line.split('\0')).map(([commit = '', name = '', email = '']) => ({ commit, name, email }));
  }

  /** Whether a commit up to `revision` brought or took away a text in one of these files; undefined where that takes too long to find out. */
  everHad(text: string, revision: string, paths: readonly string[]): boolean | undefined {
    const { status, stdout } = this.spawn(['log', '--max-count=1', '--format=%h', '--no-color', `-S${text}`, revision, '--', ...paths], undefined, 10_000);
    return status === 0 ? stdout.length > 0 : undefined;
  }

  /**
   * What `git log` prints of what a revision is made of, seen from the root. The options ask for the format.
   * @param paths only commits that touch these, and only what they do there
   */
  log(revision: string, options: readonly string[], paths: readonly string[] = []): Buffer {
    const rest = paths.length === 0 ? [] : ['--', ...paths.map((path) => `:(literal)${path === '' ? '.' : path}`)];
    return this.run(['log', '--no-color', '--no-ext-diff', '--no-show-signature', ...options, '--end-of-options', revision, ...rest]);
  }

  /** What `git blame --porcelain` says of one line of the working copy; undefined for a file that Git does not have. */
  blame(path: string, line: number): Buffer | undefined {
    const { status, stdout } = this.spawn(['blame', '--porcelain', '-w', `-L${line},${line}`, '--', path]);
    return status === 0 ? stdout : undefined;
  }

  /** The commits whose parents are not here, in a shallow clone. */
  boundary(): ReadonlySet<string> {
    const file = resolve(this.root, this.run(['rev-parse', '--git-path', 'shallow']).toString().trim());
    return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : []);
  }

  /** Branches and those of remotes, by their short names. */
  branches(): string[] {
    return this.run(['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads', 'refs/remotes']).toString().split('\n').filter((name) => name !== '');
  }

  /** Contents by object id, a part at a time, none of which is kept: a history has more of them than fit into memory. */
  *contents(ids: readonly string[]): Generator<[id: string, content: Buffer]> {
    for (let from = 0; from < ids.length; from += CONTENTS_AT_ONCE) {
      const part = ids.slice(from, from + CONTENTS_AT_ONCE);
      for (const [id, content] of parseBatch(this.run(['cat-file', '--batch'], `${part.join('\n')}\n`))) if (content !== undefined) yield [id, content];
    }
  }

  private isIndexHead(): boolean {
    return this.spawn(['diff-index', '--cached', '--quiet', 'HEAD']).status === 0;
  }

  private single(name: Operation['name'], theirs: readonly string[], bases: readonly string[]): Operation | undefined {
    return theirs.length === 1 && bases.length === 1 ? { name, theirs, bases } : undefined;
  }

  private heads(name: string): string[] {
    return this.privateText(name).trim().split('\n').filter((line) => line !== '');
  }

  private privateText(name: string): string {
    try {
      return readFileSync(join(this.directory, name), 'utf8');
    } catch {
      return '';
    }
  }

  private run(parameters: readonly string[], input?: string): Buffer {
    return this.checked(parameters, this.spawn(parameters, input));
  }

  private checked(parameters: readonly string[], { status, stdout, stderr, error }: SpawnSyncReturns<Buffer>): Buffer {
    if (status !== 0) throw new UserError('git-failed', `git ${parameters.join(' ')} failed in ${this.root}: ${stderr.toString().trim() || String(error)}`, 'mend the repository');
    return stdout;
  }

  /** Git is told where the repository is, since a hook's environment may speak of another. */
  private spawn(parameters: readonly string[], input?: string, timeout?: number): SpawnSyncReturns<Buffer> {
    return spawnSync('git', ['--git-dir', this.directory, '--work-tree', this.workTree, '-c', 'core.quotePath=false', ...parameters], {
      cwd: this.root, input: input === undefined ? undefined : Buffer.from(input), timeout, maxBuffer: 4 * 1024 ** 3, windowsHide: true,
    });
  }
}

/** A process each would take longer than reading; all at once may be more than there is memory. */
const CONTENTS_AT_ONCE = 2000;

function gitDirectory(dotGit: string): string | undefined {
  if (statSync(dotGit).isDirectory()) return existsSync(join(dotGit, 'HEAD')) ? dotGit : undefined;
  const target = /^gitdir: (.+)$/m.exec(readFileSync(dotGit, 'utf8'))?.[1];
  return target === undefined ? undefined : resolve(dirname(dotGit), target.trim());
}
