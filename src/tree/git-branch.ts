import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { UserError } from '../errors';

/** A commit on a branch that nobody has checked out; no working copy and no index of the user is touched. */
export interface BranchCommit {
  readonly branch: string;
  /** What the branch is before. */
  readonly parent: string;
  /** The texts of the files that change, by path from the top of the repository. */
  readonly texts: ReadonlyMap<string, string>;
  readonly message: string;
}

/** Branches of a remote, and commits on branches, through the real git. */
export class GitBranches {
  constructor(private readonly top: string) {}

  /**
   * The branches that a remote has now.
   * @param remote its name, or a URL or path
   * @throws UserError `git-failed` where it does not answer, refuses, or takes too long
   */
  remote(remote: string): ReadonlySet<string> {
    if (remote.startsWith('-')) throw new UserError('usage', `--remote ${remote} is no remote`, 'name a remote, or its URL');
    const { status, stdout, stderr, error } = this.spawn(['ls-remote', '--heads', '--', remote], { timeout: 30_000 });
    if (status !== 0) {
      const reason = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT' ? 'it does not answer' : stderr.trim().split('\n')[0] || String(error);
      throw new UserError('git-failed', `the branches of ${remote} cannot be asked for: ${reason}`, 'check the network and the name of the remote: git remote -v; --remote names another');
    }
    return new Set(stdout.split('\n').flatMap((line) => /\trefs\/heads\/(.+)$/.exec(line)?.[1] ?? []));
  }

  /** What a remote is fetched from; undefined for one that there is not. */
  url(remote: string): string | undefined {
    const { status, stdout } = this.spawn(['remote', 'get-url', '--', remote]);
    return status === 0 ? stdout.trim() : undefined;
  }

  /** The tip of a branch, here or as a remote had it when it was last fetched. */
  tip(ref: string): string | undefined {
    const { status, stdout } = this.spawn(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
    return status === 0 ? stdout.trim() : undefined;
  }

  isAncestor(older: string, newer: string): boolean {
    return this.spawn(['merge-base', '--is-ancestor', older, newer]).status === 0;
  }

  /** Where a branch is checked out, in this clone or in another of its working trees. */
  checkedOutAt(branch: string): string | undefined {
    const entries = this.run(['worktree', 'list', '--porcelain', '-z']).split('\0\0');
    const entry = entries.find((one) => one.split('\0').includes(`branch refs/heads/${branch}`));
    return entry === undefined ? undefined : /(?:^|\0)worktree ([^\0]*)/.exec(entry)?.[1];
  }

  /** Makes the commit without moving the branch. */
  write({ parent, texts, message }: BranchCommit): string {
    const folder = mkdtempSync(join(tmpdir(), 'fluxwright-'));
    const environment = { GIT_INDEX_FILE: join(folder, 'index') };
    try {
      this.run(['read-tree', parent], { environment });
      for (const [path, text] of texts) {
        const mode = /^(\d+) /.exec(this.run(['ls-files', '--stage', '--', `:(top,literal)${path}`], { environment }))?.[1] ?? '100644';
        const blob = this.run(['hash-object', '-w', '--stdin', '--no-filters'], { input: text }).trim();
        this.run(['update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`], { environment });
      }
      return this.run(['commit-tree', this.run(['write-tree'], { environment }).trim(), '-p', parent, '-F', '-'], { input: message }).trim();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Moves a branch that still is where it was. */
  move(branch: string, to: string, from: string | undefined): void {
    this.run(['update-ref', '-m', 'fluxwright ephemeral', `refs/heads/${branch}`, to, from ?? '']);
  }

  private run(parameters: readonly string[], options: SpawnOptions = {}): string {
    const { status, stdout, stderr, error } = this.spawn(parameters, options);
    if (status !== 0) throw new UserError('git-failed', `git ${parameters[0]!} failed in ${this.top}: ${stderr.trim() || String(error)}`, 'mend the repository, or have git know who you are: git config user.email');
    return stdout;
  }

  private spawn(parameters: readonly string[], { input, environment, timeout }: SpawnOptions = {}) {
    return spawnSync('git', ['-C', this.top, '-c', 'core.quotePath=false', ...parameters], {
      input, timeout, encoding: 'utf8', maxBuffer: 1024 ** 3, windowsHide: true,
      // a hook's environment may speak of another repository, and nobody is there to type a password
      env: { ...env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined, GIT_TERMINAL_PROMPT: '0', ...environment },
    });
  }
}

interface SpawnOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeout?: number;
}
