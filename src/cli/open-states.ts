import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diff } from '../diff/changes';
import { UserError } from '../errors';
import { readTree } from '../tree/disk';
import type { Git } from '../tree/git';
import { readIndex, readTreeAt, unknownRevision } from '../tree/git-tree';
import type { Tree } from '../tree/tree';
import { findBase } from './base-revision';
import type { Terminal } from './command';
import { openRepository } from './open-repository';
import { synthesizedTree } from './synthesized-tree';

/** Which states a command was asked about. */
export interface StatesQuestion {
  readonly base?: string;
  readonly head?: string;
  readonly staged?: boolean;
  readonly synth?: boolean;
}

/** Two states of one repository. */
export interface States {
  readonly before: Tree;
  readonly after: Tree;
  readonly sides: Diff['sides'];
  /** The repository of Git that they are of, if they are of one. */
  readonly git: Git | undefined;
  /** The commit before, where it is one. */
  readonly base: string | undefined;
  /** The commit after, or the one that the working tree stands on. */
  readonly head: string | undefined;
  /** Whether the later state is that commit, and not a working tree on top of it. */
  readonly isCommit: boolean;
}

interface NamedTree {
  readonly tree: Tree;
  readonly name: string;
  readonly commit?: string;
}

/**
 * Opens the two states that are compared: revisions of Git, folders, the index, or what synth would write.
 * @throws UserError `not-in-git` for a revision that is not here, with the command that fetches it; `file-unreadable`, `usage`
 */
export async function openStates(terminal: Terminal, question: StatesQuestion): Promise<States> {
  const { base, head, staged = false, synth = false } = question;
  if ([head !== undefined, staged, synth].filter(Boolean).length > 1) throw new UserError('usage', 'one state can be compared with the base, and more were named', 'take one of HEAD, --staged and --synth');
  const folders = [base, head].filter((name) => name !== undefined && isFolder(terminal, name));
  const opened = folders.length > 0 && (head === undefined || folders.length === 2) && base !== undefined && isFolder(terminal, base) ? undefined : openRepository(terminal);
  if (opened === undefined) {
    const after = head === undefined ? { tree: openRepository(terminal).tree, name: 'the working tree' } : folder(terminal, head);
    const before = folder(terminal, base!);
    return { before: before.tree, after: after.tree, sides: { before: before.name, after: after.name }, git: undefined, base: undefined, head: undefined, isCommit: false };
  }
  const { tree, git, root } = opened;
  const at = (revision: string): NamedTree => {
    if (isFolder(terminal, revision) && git?.resolve(revision) === undefined) return folder(terminal, revision);
    if (git === undefined) throw new UserError('not-in-git', `there is no ${revision}: the folder lies in no repository of Git`, 'name a folder, or call it in a clone');
    if (revision.startsWith('-')) throw unknownRevision(git, revision);
    const commit = git.resolve(revision);
    if (commit === undefined) throw unknownRevision(git, revision);
    return { tree: readTreeAt(git, commit), name: nameOf(revision, commit), commit };
  };
  const after = head !== undefined ? at(head) : staged ? { tree: indexOf(git), name: 'what is staged' } : synth ? { tree: await synthesizedTree(terminal, root, tree), name: 'what synth would write' } : { tree, name: 'the working tree' };
  const before = base !== undefined ? at(base) : synth ? { tree, name: 'the working tree' } : mergeBase(terminal, git, head);
  return { before: before.tree, after: after.tree, sides: { before: before.name, after: after.name }, git, base: before.commit, head: after.commit ?? git?.resolve('HEAD'), isCommit: after.commit !== undefined };
}

function isFolder({ directory }: Terminal, name: string): boolean {
  return statSync(resolve(directory, name), { throwIfNoEntry: false })?.isDirectory() === true;
}

function folder({ directory }: Terminal, name: string): NamedTree {
  return { tree: readTree(resolve(directory, name)), name };
}

function nameOf(revision: string, commit: string): string {
  return commit.startsWith(revision) ? commit.slice(0, 7) : `${revision} (${commit.slice(0, 7)})`;
}

function indexOf(git: Git | undefined): Tree {
  if (git === undefined) throw new UserError('not-in-git', 'nothing is staged: the folder lies in no repository of Git', 'leave out --staged, or call it in a clone');
  return readIndex(git);
}

function mergeBase({ environment }: Terminal, git: Git | undefined, head: string | undefined): NamedTree {
  if (git === undefined) throw new UserError('not-in-git', 'there is nothing to compare with: the folder lies in no repository of Git', 'name two folders: fluxwright diff BEFORE AFTER');
  const found = findBase(git, { environment, at: head }) ?? headOf(git);
  return { tree: readTreeAt(git, found.commit), name: nameOf(found.name, found.commit), commit: found.commit };
}

/** Where nothing tells what the change goes to, what is committed is what there is to compare with. */
function headOf(git: Git): { readonly commit: string; readonly name: string } {
  const commit = git.resolve('HEAD');
  if (commit === undefined) throw new UserError('not-in-git', 'there is nothing to compare with: nothing is committed yet', 'commit first, or name a state: fluxwright diff BASE');
  return { commit, name: 'HEAD' };
}
