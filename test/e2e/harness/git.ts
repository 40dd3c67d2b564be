import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const CONFIGURATION = { 'user.name': 'e2e', 'user.email': 'e2e@localhost', 'core.autocrlf': 'false', 'gc.auto': '0', 'advice.detachedHead': 'false' };

/** Nothing of the user's own configuration: it may sign, rewrite URLs or run hooks. */
const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_EDITOR: 'true',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_COUNT: String(Object.keys(CONFIGURATION).length),
  ...Object.fromEntries(Object.entries(CONFIGURATION).flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${index}`, key], [`GIT_CONFIG_VALUE_${index}`, value]])),
};

/** A working copy of a repository. */
export class WorkTree {
  static clone(origin: string, folder: string): WorkTree {
    git(folder, ['clone', '--quiet', origin, '.']);
    return new WorkTree(folder);
  }

  static init(folder: string, branch = 'main'): WorkTree {
    git(folder, ['init', '--quiet', '--template=', `--initial-branch=${branch}`]);
    return new WorkTree(folder);
  }

  private constructor(readonly folder: string) {}

  git(...parameters: string[]): string {
    return git(this.folder, parameters);
  }

  /** Whether a command that may stop for a person, such as a merge, did without. */
  succeeds(...parameters: string[]): boolean {
    return spawnSync('git', parameters, { cwd: this.folder, env: ENVIRONMENT, stdio: 'ignore' }).status === 0;
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', message);
  }

  /** Another working copy of the same repository, at the same commit. */
  another(folder: string): WorkTree {
    this.git('worktree', 'add', '--quiet', '--detach', folder);
    return new WorkTree(folder);
  }
}

/** A repository that others clone and push to, as a Git server holds it. */
export function bareRepository(folder: string, name: string, branch = 'main'): string {
  git(folder, ['init', '--quiet', '--bare', `--initial-branch=${branch}`, name]);
  return join(folder, name);
}

/** `git 2.39.5` */
export function gitVersion(): string {
  return git('.', ['--version']).trim().replace(' version', '');
}

function git(cwd: string, parameters: readonly string[]): string {
  return execFileSync('git', parameters, { cwd, env: ENVIRONMENT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 });
}
