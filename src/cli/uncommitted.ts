import { UserError } from '../errors';
import type { Git } from '../tree/git';
import type { FileChange } from './file-changes';

/**
 * Refuses changes that would lose what is nowhere in Git: lines of a file that HEAD does not have there. What is edited
 * elsewhere in a file stays, and so is no reason.
 * @throws UserError `hand-edit`, `pin-conflict` for a file that is not merged; all at once
 */
export function refuseLosses(git: Git | undefined, changes: readonly FileChange[]): void {
  if (git === undefined || !git.isInstalled || changes.length === 0) return;
  const unmerged = git.unmerged();
  const head = git.commit('HEAD');
  const blobs = git.read(changes.flatMap(({ path }) => head?.get(path) ?? []));
  const problems = changes.flatMap(({ path, before, after }): UserError[] => {
    if (unmerged.has(path)) return [new UserError('pin-conflict', `${path} is not merged`, `finish the merge first, then: git add ${path}`)];
    const id = head?.get(path);
    const committed = id === undefined ? undefined : blobs.get(id);
    if (before === undefined) return committed === undefined ? [] : [new UserError('hand-edit', `${path} is deleted here, and that is not committed`, 'commit that, or bring it back: git restore it')];
    const safe = new Set([...linesOf(committed), ...linesOf(after)]);
    const lost = linesOf(before).find((line) => line.trim() !== '' && !safe.has(line));
    if (lost === undefined) return [];
    return [new UserError('hand-edit', `${path} has changes that are not committed, and would be lost`, 'commit them, or set them aside: git stash')];
  });
  if (problems.length > 0) throw UserError.all(problems);
}

function linesOf(bytes: Buffer | undefined): string[] {
  return bytes === undefined ? [] : bytes.toString('utf8').split(/\r?\n/);
}
