import { UserError } from '../errors';
import { findOverlays } from '../stages/find-overlays';
import { planLift } from '../stages/plan-lift';
import { ExitCode, type Terminal } from './command';
import { diffOf, writeChanges } from './file-changes';
import { openBuild, openStages } from './open-stages';
import { refuseLosses } from './uncommitted';

export interface LiftRequest {
  readonly overlays: readonly string[];
  readonly isDryRun: boolean;
}

/**
 * Folds what overlays share into their bases, or shows what that would change.
 * @throws UserError `tool-missing` without a kustomize; `check-failed` where all that is shared has to stay, with the reasons
 */
export async function liftOverlays(terminal: Terminal, { overlays, isDryRun }: LiftRequest): Promise<ExitCode> {
  const { tree, root, git, repository, folderOf } = openStages(terminal);
  const directories = findOverlays(repository, overlays, folderOf);
  const { edits, lifted, left, proven } = await planLift({ tree, overlays: directories, open: (one) => openBuild(terminal, one) });
  if (lifted.length === 0 && left.length > 0) throw UserError.all(left.map((one) => new UserError('check-failed', `not lifted: ${one}`, 'leave it, or make the overlays alike first')));
  refuseLosses(git, edits);
  if (isDryRun && edits.length > 0) terminal.print(diffOf(edits));
  if (!isDryRun) writeChanges(root, edits);
  for (const line of lifted) terminal.say(line);
  for (const line of left) terminal.say(`note: ${line}`);
  if (lifted.length === 0) terminal.say(`${directories.join(', ')} share no patch that all have`);
  else terminal.say(`no render changes: ${proven.join(', ')}`);
  if (edits.length > 0) terminal.say(isDryRun ? 'nothing is written: --dry-run' : git === undefined ? 'there is no Git here to take this back with' : 'commit and push it: Flux reads what is in the repository');
  return ExitCode.ok;
}
