import { UserError } from '../errors';
import { withEnvironment } from '../environments/edit-environments';
import type { Environment } from '../environments/environments-file';
import { planAdd } from '../environments/plan-add';
import { nearestTo } from '../nearest';
import { shellWord } from '../publish/shell-word';
import { baseName } from '../tree/path';
import { planBranchChange, prepareCommit, refuseCheckedOut, type BranchChange } from './branch-markers';
import { ExitCode, type Terminal } from './command';
import { findNamespaceUse } from './environment-instances';
import { changesOf, diffOf, writeChanges } from './file-changes';
import { openEnvironments, remoteBranches, type OpenedEnvironments } from './open-environments';

export interface AddEnvironment {
  readonly branch: string;
  readonly namespace?: string;
  readonly database?: Environment['database'];
  readonly pin?: Environment['pin'];
  readonly ttl?: string;
  readonly file?: string;
  readonly remote: string;
  readonly patch: boolean;
  readonly dryRun: boolean;
}

/** Lists an environment for a branch, and with `pin: branch` marks its images there: both, or nothing. */
export function addEnvironment(terminal: Terminal, asked: AddEnvironment): ExitCode {
  if (asked.patch && asked.pin !== 'branch') throw new UserError('usage', '--patch is for --pin branch, which alone changes the branch', 'say both, or neither');
  const opened = openEnvironments(terminal, asked.file);
  const { branch } = asked;
  const { environment, isNew } = planAdd(opened.file, { ...asked, now: Date.now(), usedBy: (namespace) => findNamespaceUse(opened.repository, { branch, namespace }) });
  if (isNew) refuseUnknownBranch(terminal, opened, asked);
  const before = opened.text === undefined ? undefined : Buffer.from(opened.text);
  const changes = changesOf([{ path: opened.path, before, after: isNew ? Buffer.from(withEnvironment(opened.text, environment)) : before }]);
  const inBranch = environment.pin === 'branch' ? planBranchChange(opened, environment, asked.remote) : undefined;
  const hasCommit = inBranch !== undefined && inBranch.changes.length > 0;

  if (asked.dryRun) {
    for (const part of [changes, inBranch?.changes ?? []]) if (part.length > 0) terminal.print(diffOf(part));
    if (hasCommit) terminal.say(`${inBranch.changes.map(({ path }) => path).join(', ')}: in the branch ${branch}`);
    terminal.say(changes.length === 0 && !hasCommit ? `${branch} has its environment in ${environment.namespace}` : 'nothing is written: --dry-run');
    return ExitCode.ok;
  }
  if (hasCommit && !asked.patch) refuseCheckedOut(opened, inBranch);
  const move = hasCommit && !asked.patch ? prepareCommit(opened, inBranch, environment.namespace) : undefined;
  writeChanges(opened.root, changes);
  try {
    move?.();
  } catch (error) {
    writeChanges(opened.root, changes.map(({ path, before: old, after }) => ({ path, before: after, after: old })));
    throw error;
  }
  if (asked.patch && hasCommit) terminal.print(diffOf(inBranch.changes));
  for (const line of nextSteps(opened, environment, isNew, asked, inBranch)) terminal.say(line);
  return ExitCode.ok;
}

/** A branch that nobody has would give an environment that never comes up. */
function refuseUnknownBranch(terminal: Terminal, opened: OpenedEnvironments, { branch, remote }: AddEnvironment): void {
  if (opened.git === undefined) return terminal.say(`${opened.root} lies in no repository of Git: nobody knows whether there is a branch ${branch}`);
  const here = opened.git.branches();
  if (here.includes(branch) || here.includes(`${remote}/${branch}`)) return;
  let there: ReadonlySet<string>;
  try {
    there = remoteBranches(opened, remote);
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return terminal.say(`the branch ${branch} is not in this clone, and ${error.problem}`);
  }
  if (there.has(branch)) return;
  const near = nearestTo(branch, [...there, ...here]);
  throw new UserError('branch-unusable', `there is no branch ${JSON.stringify(branch)}, here or in ${remote}`, near === undefined ? `make it first: git push ${shellWord(remote)} HEAD:refs/heads/${shellWord(branch)}` : `write ${shellWord(near)}`);
}

function nextSteps({ path, text, repository }: OpenedEnvironments, { branch, namespace, pin }: Environment, isNew: boolean, { remote, patch }: AddEnvironment, inBranch: BranchChange | undefined): string[] {
  const isMarked = pin === 'branch' && inBranch!.changes.length > 0;
  if (!isNew && !isMarked) return [`${branch} has its environment in ${namespace}: nothing to do`];
  const hasPlatform = [...repository.tree.paths()].some((one) => baseName(one) === 'cdk8s.yaml');
  return [
    isNew ? `${branch} gets an environment in the namespace ${namespace}` : `${branch} has its environment in ${namespace}`,
    ...(text === undefined ? [`${path} is new: ${hasPlatform ? 'have the platform read it, with readEnvironments' : 'nothing reads it before a platform does, with readEnvironments: no cdk8s.yaml is here, and no environment comes up by this file alone'}`] : []),
    ...(isMarked && !patch ? [`the branch ${branch} has a commit that marks its images; push it: git push ${shellWord(remote)} ${shellWord(branch)}`] : []),
    ...(isMarked && patch ? [`the patch is for the branch ${branch}: git apply, commit, push`] : []),
    ...(isNew && (hasPlatform || text !== undefined) ? ['next: npx fluxwright synth, then commit and push to the branch that Flux reads', `to watch it come up: flux get kustomizations --watch; kubectl -n ${namespace} get pods`] : []),
  ];
}
