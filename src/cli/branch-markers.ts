import { relative, sep } from 'node:path';
import { UserError } from '../errors';
import type { Environment } from '../environments/environments-file';
import { markForBranch } from '../environments/mark-branch';
import { nearestTo } from '../nearest';
import { shellWord } from '../publish/shell-word';
import { readTreeAt } from '../tree/git-tree';
import { parseMarker } from '../yaml/marker';
import type { FileChange } from './file-changes';
import type { OpenedEnvironments } from './open-environments';

/** What has to change in a branch, so that its own manifests follow the branch's own policy. */
export interface BranchChange {
  readonly branch: string;
  /** Of the branch here; undefined where only a remote has it. */
  readonly local: string | undefined;
  /** The commit to go on from. */
  readonly parent: string;
  /** By path from the top of the repository. */
  readonly changes: readonly FileChange[];
}

/**
 * @throws UserError `not-in-git` for a branch that is not in this clone, or is behind; `reference-invalid` where the branch has no such marker;
 * `settings-invalid` where the file does not say which
 */
export function planBranchChange(opened: OpenedEnvironments, environment: Environment, remote: string): BranchChange {
  const { git, branches, file, path, root } = opened;
  const { branch } = environment;
  if (git === undefined || branches === undefined) throw new UserError('not-in-git', `${root} lies in no repository of Git, which has the branch`, 'call it in a clone');
  if (file.branchMarkers.length === 0) throw new UserError('settings-invalid', `${path} does not say which markers a branch changes`, 'add "branchMarkers:" with path, policy and becomes, or leave out --pin branch');
  const [local, there] = [branches.tip(`refs/heads/${branch}`), branches.tip(`refs/remotes/${remote}/${branch}`)];
  const parent = local ?? there;
  if (parent === undefined) throw new UserError('not-in-git', `the branch ${branch} is not in this clone`, `run: git fetch ${shellWord(remote)} ${shellWord(branch)}:${shellWord(branch)}`);
  if (local !== undefined && there !== undefined && !branches.isAncestor(there, local)) throw new UserError('not-in-git', `the branch ${branch} is behind ${remote}/${branch}, or has left it`, 'bring it up to date first');

  const tree = readTreeAt(git, parent);
  const prefix = relative(git.top, root).split(sep).join('/');
  const changes: FileChange[] = [];
  for (const marker of file.branchMarkers) {
    let count = 0;
    const seen = new Set<string>();
    for (const one of tree) {
      if (one.type !== 'manifests' || !(one.path === marker.path || marker.path === '' || one.path.startsWith(`${marker.path}/`)) || !one.text.includes('"$imagepolicy"')) continue;
      for (const { comment } of one.commented) seen.add(parseMarker(comment)?.policy ?? '');
      const marked = markForBranch(one.text, one.commented, marker, environment);
      count += marked.count;
      if (marked.text !== one.text) changes.push({ path: prefix === '' ? one.path : `${prefix}/${one.path}`, before: one.bytes, after: Buffer.from(marked.text) });
    }
    if (count > 0) continue;
    const near = nearestTo(marker.policy, seen);
    throw new UserError('reference-invalid', `the branch ${branch} has no marker for ${marker.policy} below ${marker.path}`, near === undefined || near === '' ? `mark the image there, or mend "branchMarkers" in ${path}` : `write policy: ${near} in ${path}`);
  }
  return { branch, local, parent, changes };
}

/** @throws UserError `not-in-git` for a branch that is checked out: its working copy would be out of step */
export function refuseCheckedOut({ branches }: OpenedEnvironments, { branch }: BranchChange): void {
  const place = branches!.checkedOutAt(branch);
  if (place !== undefined) throw new UserError('not-in-git', `the branch ${branch} is checked out in ${place}, whose files a commit from here would leave behind`, `make a patch and apply it there: fluxwright ephemeral add ${shellWord(branch)} --pin branch --patch | git apply`);
}

/** Makes the commit, and gives what puts it on the branch. */
export function prepareCommit({ branches }: OpenedEnvironments, { branch, local, parent, changes }: BranchChange, namespace: string): () => void {
  const texts = new Map(changes.map(({ path, after }) => [path, after!.toString('utf8')]));
  const commit = branches!.write({ branch, parent, texts, message: `mark images for the environment ${namespace}\n\nThe markers name the branch's own policy, and stay in the branch ${branch}.\n` });
  return () => branches!.move(branch, commit, local);
}
