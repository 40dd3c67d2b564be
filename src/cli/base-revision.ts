import { UserError } from '../errors';
import type { Git } from '../tree/git';
import { unknownRevision } from '../tree/git-tree';
import { ciBuild, isCi, type CiBuild } from './ci-build';

/** The commit that a state is compared with. */
export interface BaseRevision {
  readonly commit: string;
  /** What it was found by, for people: `origin/main`, `the commit before this push`. */
  readonly name: string;
}

export interface BaseQuestion {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * What the user named.
   * @default the pull request's target, else what the branch follows, else the default branch
   */
  readonly base?: string;
  /**
   * The revision that is compared.
   * @default the working tree, which stands on HEAD
   */
  readonly at?: string;
}

/**
 * The commit to compare with: where the compared state left the branch that it goes to, never simply the last commit, which in
 * a pull request is the change itself. On that branch itself it is the state before the push in CI, and HEAD for a working tree.
 * @returns undefined where nothing tells: no target, no remote, no earlier commit
 * @throws UserError `not-in-git` for a commit that is not in this clone, with the command that fetches it
 */
export function findBase(git: Git, { environment, base, at }: BaseQuestion): BaseRevision | undefined {
  const head = git.resolve(at ?? 'HEAD');
  if (head === undefined) {
    if (at !== undefined) throw unknownRevision(git, at);
    return undefined; // nothing is committed yet
  }
  if (base !== undefined) return mergeBase(git, head, named(git, base));
  const build = ciBuild(environment);
  const target = targetOf(git, build) ?? followed(git);
  if (target === undefined) return build.before === undefined ? undefined : before(git, head, build);
  const found = mergeBase(git, head, target);
  if (found.commit !== head || (at === undefined && !isCi(environment))) return found;
  return before(git, head, build);
}

interface Target {
  readonly commit: string;
  readonly name: string;
}

function named(git: Git, revision: string): Target {
  const commit = revision.startsWith('-') ? undefined : git.resolve(revision);
  if (commit !== undefined) return { commit, name: revision };
  const branch = /^(?:refs\/remotes\/)?origin\/(.+)$/.exec(revision)?.[1];
  if (branch === undefined) throw unknownRevision(git, revision);
  throw new UserError('not-in-git', `there is no ${revision} in this clone`, fetching(git, branch));
}

/** What CI says that the change is to be merged into: of a push, which names nothing, the branch that all go to. */
function targetOf(git: Git, { target, targetCommit, defaultBranch }: CiBuild): Target | undefined {
  const commit = targetCommit === undefined ? undefined : git.resolve(targetCommit);
  if (commit !== undefined) return { commit, name: target === undefined ? targetCommit! : `origin/${target}` };
  if (target !== undefined) {
    const branch = branchNamed(git, target);
    if (branch !== undefined) return branch;
    throw new UserError('not-in-git', `the pull request goes to ${target}, which this clone does not have`, fetching(git, target));
  }
  if (targetCommit === undefined) return defaultBranch === undefined ? undefined : branchNamed(git, defaultBranch);
  throw new UserError('not-in-git', `the change goes onto ${targetCommit}, which this clone does not have`, `run: git fetch origin ${quoted(targetCommit)}`);
}

/** What the branch follows, unless that is only its own copy on the server; else the branch that all go to. */
function followed(git: Git): Target | undefined {
  const [branch, upstream] = [git.fullName('HEAD'), git.fullName('@{upstream}')];
  const isOwnCopy = upstream?.replace(/^refs\/remotes\/[^/]+\//, '') === branch?.replace(/^refs\/heads\//, '');
  const candidates = [...(upstream === undefined || isOwnCopy ? [] : [upstream]), 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/remotes/origin/master', ...(upstream === undefined ? [] : [upstream])];
  for (const candidate of candidates) {
    const commit = git.resolve(candidate);
    if (commit !== undefined) return { commit, name: candidate.replace(/^refs\/(remotes|heads)\//, '') };
  }
  return undefined;
}

function branchNamed(git: Git, branch: string): Target | undefined {
  for (const [ref, name] of [[`refs/remotes/origin/${branch}`, `origin/${branch}`], [`refs/heads/${branch}`, branch]] as const) {
    const commit = git.resolve(ref);
    if (commit !== undefined) return { commit, name };
  }
  return undefined;
}

function mergeBase(git: Git, head: string, { commit, name }: Target): BaseRevision {
  const [found] = git.mergeBases(head, commit);
  if (found !== undefined) return { commit: found, name };
  const branch = name.replace(/^origin\//, '');
  if (git.isShallow) throw new UserError('not-in-git', `where this change left ${name} is beyond the end of this shallow clone`, fetching(git, branch === name ? undefined : branch));
  throw new UserError('not-in-git', `this change and ${name} have no commit in common`, 'name the commit to compare with: --base REF');
}

/** What the branch was before the push, or before its last commit where CI does not say. */
function before(git: Git, head: string, { before: pushedOnto }: CiBuild): BaseRevision | undefined {
  const known = pushedOnto === undefined ? undefined : git.resolve(pushedOnto);
  if (known !== undefined && known !== head) return { commit: known, name: 'the commit before this push' };
  if (pushedOnto !== undefined && known === undefined && git.isShallow) {
    throw new UserError('not-in-git', `the commit before this push, ${pushedOnto}, is not in this shallow clone`, `run: git fetch --depth=1 origin ${quoted(pushedOnto)}`);
  }
  const [parent] = git.parents(head);
  if (parent !== undefined) return { commit: parent, name: 'the commit before' };
  if (git.isShallow) throw new UserError('not-in-git', 'the commit before this one is beyond the end of this shallow clone', 'run: git fetch --deepen=1');
  return undefined;
}

function fetching(git: Git, branch: string | undefined): string {
  const refspec = branch === undefined ? '' : ` ${quoted(`+refs/heads/${branch}:refs/remotes/origin/${branch}`)}`;
  const command = `run: git fetch${git.isShallow ? ' --unshallow' : ''} origin${refspec}`;
  return git.isShallow ? `${command}, or have CI clone with the whole history (fetch-depth: 0 for actions/checkout)` : command;
}

/** A branch may have a name that a shell would run. */
function quoted(text: string): string {
  return /^[\w./:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
