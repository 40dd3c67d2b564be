import { UserError } from '../errors';
import { withoutEnvironment, withRemoving } from '../environments/edit-environments';
import type { Environment } from '../environments/environments-file';
import { nextRemovalStep, type RemovalStep } from '../environments/plan-remove';
import { timeLeft } from '../environments/time-to-live';
import { shellWord } from '../publish/shell-word';
import { ExitCode, type Terminal } from './command';
import { findInstance } from './environment-instances';
import { changesOf, diffOf, writeChanges } from './file-changes';
import { environmentOf, openEnvironments, remainsOf, remoteBranches, type OpenedEnvironments } from './open-environments';

interface Removal {
  readonly environment: Environment;
  readonly step: RemovalStep;
}

export interface RemoveEnvironment {
  readonly branch: string;
  readonly file?: string;
  readonly atOnce: boolean;
  readonly dryRun: boolean;
}

/** The next step of taking one environment down. */
export function removeEnvironment(terminal: Terminal, { branch, file, atOnce, dryRun }: RemoveEnvironment): ExitCode {
  const opened = openEnvironments(terminal, file);
  const environment = environmentOf(opened, branch);
  const { working, committed } = remainsOf(opened, [environment])(environment);
  const step = nextRemovalStep(environment, working, committed, atOnce);
  if (step.type === 'waits') throw new UserError('branch-unusable', `the database of ${environment.branch} is still in the ${step.for === 'synth' ? 'tree' : 'last commit'}, which has to go before the rest`, step.for === 'synth' ? 'run fluxwright synth, commit and push, wait until it is gone, then run this again' : 'commit and push the tree, wait until it is gone, then run this again');
  return carryOut(terminal, opened, [{ environment, step }], dryRun);
}

export interface PruneEnvironments {
  readonly file?: string;
  readonly remote: string;
  /** Whether those go, too, whose time is over. */
  readonly expired: boolean;
  /** Whether the last step is taken, too. */
  readonly finish: boolean;
  readonly dryRun: boolean;
}

/** The next step of taking down all whose branch is gone in the remote, or whose time is over. */
export function pruneEnvironments(terminal: Terminal, { file, remote, expired, finish, dryRun }: PruneEnvironments): ExitCode {
  const opened = openEnvironments(terminal, file);
  const there = remoteBranches(opened, remote);
  const now = Date.now();
  const isOver = (one: Environment): boolean => expired && (timeLeft({ ...one, ttl: one.ttl ?? opened.file.ttl }, now) ?? 1) <= 0;
  const wanted = opened.file.environments.filter((one) => !there.has(one.branch) || isOver(one));
  const remains = remainsOf(opened, wanted);
  const removals: Removal[] = [];
  for (const environment of wanted) {
    const { working, committed } = remains(environment);
    const step = nextRemovalStep(environment, working, committed, false);
    if (step.type === 'waits') terminal.say(`${environment.branch}: waits for a ${step.for}, with which its database goes`);
    else if (environment.removing && step.type === 'last' && !finish) terminal.say(`${environment.branch}: the rest can go when its database is gone: ${goneCommand(opened, environment)} && fluxwright ephemeral remove ${shellWord(environment.branch)}`);
    else removals.push({ environment, step });
  }
  if (wanted.length === 0) terminal.say(`no environment is to go: every branch is in ${remote}${expired ? ', and no time is over' : ''}`);
  return carryOut(terminal, opened, removals, dryRun);
}

function carryOut(terminal: Terminal, opened: OpenedEnvironments, removals: readonly Removal[], isDryRun: boolean): ExitCode {
  if (removals.length === 0) return ExitCode.ok;
  const { root, path, text } = opened;
  const after = removals.reduce((now, { environment, step }) => (step.type === 'first' ? withRemoving(now, environment.branch) : withoutEnvironment(now, environment.branch)), text!);
  const changes = changesOf([{ path, before: Buffer.from(text!), after: Buffer.from(after) }]);
  if (isDryRun) terminal.print(diffOf(changes));
  else writeChanges(root, changes);
  for (const removal of removals) terminal.say(told(opened, removal));
  if (changes.length > 0) terminal.say(isDryRun ? 'nothing is written: --dry-run' : 'next: npx fluxwright synth, then commit and push to the branch that Flux reads');
  return ExitCode.ok;
}

function told(opened: OpenedEnvironments, { environment, step }: Removal): string {
  const { branch, namespace, removing, pin } = environment;
  if (step.type === 'first') return `${branch}: application and database go first, the rest when they are gone: ${goneCommand(opened, environment)} && fluxwright ephemeral remove ${shellWord(branch)}`;
  const instance = findInstance(opened.repository, environment);
  const inFlux = instance === undefined ? '' : `; to see it go: kubectl -n ${instance.fluxNamespace} get gitrepository/${namespace}`;
  const marker = pin === 'branch' ? `; if the branch ${branch} stays, take its markers back there: git revert` : '';
  return `${branch}: ${removing ? 'the rest goes' : 'all of it goes'}${inFlux}${marker}`;
}

/** What waits until nothing is left of an environment but what its database stood on. */
function goneCommand({ repository }: OpenedEnvironments, environment: Environment): string {
  const instance = findInstance(repository, environment);
  const namespace = `kubectl wait --for=delete namespace/${environment.namespace} --timeout=30m`;
  if (instance === undefined || instance.dependants.length === 0) return namespace;
  return `kubectl -n ${instance.fluxNamespace} wait --for=delete ${instance.dependants.map((name) => `kustomization/${name}`).join(' ')} --timeout=30m && ${namespace}`;
}
