import { relative, resolve, sep } from 'node:path';
import { existsSync } from 'node:fs';
import { UserError } from '../errors';
import type { Arrival, History } from '../history/arrival';
import { Authors } from '../history/authorship';
import { findScope, knownScopes, scopeExamples } from '../history/find-scope';
import { stepAt } from '../history/line';
import type { HistoryReport } from '../history/output/history-report';
import { readHistory, readPast, type Past } from '../history/read-history';
import { mayBeRecomposed } from '../history/recomposed';
import { WHOLE, type Scope } from '../history/scope';
import { readState } from '../history/state-at';
import { parseTime, showTime } from './local-time';
import { isNamed, type Version } from '../history/version';
import type { VersionChange } from '../history/version-changes';
import { Repository } from '../model/repository';
import { nearestTo } from '../nearest';
import type { Git } from '../tree/git';
import { readTreeAt, unknownRevision } from '../tree/git-tree';
import { baseName } from '../tree/path';
import type { Terminal } from './command';
import { openRepository } from './open-repository';

export interface HistoryQuestion {
  readonly stage?: string;
  readonly at?: string;
  readonly branch?: string;
  readonly image?: string;
  readonly since?: string;
  readonly until?: string;
}

/**
 * Reads what is told of a branch.
 * @throws UserError `not-in-git` outside of Git, for an unknown branch, and for a time before a shallow clone begins; `reference-invalid`, `usage`
 */
export function readReport(terminal: Terminal, question: HistoryQuestion): HistoryReport {
  const now = Date.now();
  const at = question.at === undefined ? undefined : parseTime(question.at, '--at', 'end', now);
  const since = question.since === undefined ? undefined : parseTime(question.since, '--since', 'start', now);
  const until = question.until === undefined ? undefined : parseTime(question.until, '--until', 'end', now);
  const { git, root } = openRepository(terminal);
  if (git === undefined) throw new UserError('not-in-git', `${terminal.directory} lies in no repository of Git, which is where history is`, 'call it in a clone');

  const { name, head } = branchFor(git, question);
  const past = readPast(git, head);
  const commit = at === undefined ? undefined : stateCommit(past, at, name);
  if (since !== undefined) refuseBeyondEnd(past, since, name);
  const tip = new Repository(readTreeAt(git, head));
  const then = commit === undefined || commit.id === head ? tip : new Repository(readTreeAt(git, commit.id));
  const scope = scopeFor({ terminal, root, git, name }, question, then, commit === undefined ? undefined : tip);

  const all = readHistory(git, past, scope);
  const wanted = question.image;
  const history = between(all, since, at ?? until, wanted);
  const state = commit === undefined ? undefined : readState(git, commit, scope, history.arrivals);
  if (wanted !== undefined) refuseUnknown(wanted, `${scope.title ?? 'the tree'} on ${name}`, [...all.arrivals.flatMap((one) => one.versions.flatMap(({ before, after }) => [before, after])), ...(state?.versions ?? [])]);
  const versions = state?.versions.filter((version) => wanted === undefined || isNamed(version, wanted)) ?? [];
  return {
    title: `${scope.title ?? 'the tree'} on ${name}`, history, authors: new Authors(then === tip ? [tip] : [tip, then]), showTime, colours: terminal.colours,
    state: state === undefined ? undefined : { ...state, versions, time: at! },
    notes: state === undefined && mayBeRecomposed(history.arrivals, scope) ? [`${scope.title!} is followed through all that it is made from now, also from before it took that in; what it had at a time: --at TIME`] : [],
  };
}

/** The branch that somebody means, as the remote has it, since that is what Flux reads. */
function branchFor(git: Git, { branch, stage }: HistoryQuestion): { readonly name: string; readonly head: string } {
  if (branch !== undefined) {
    const head = branch.startsWith('-') ? undefined : git.resolve(branch);
    if (head === undefined) throw unknownRevision(git, branch);
    return { name: branch, head };
  }
  const known = stage === undefined ? [] : git.branches();
  const name = known.find((one) => one === `origin/${stage!}`) ?? known.find((one) => one === stage) ?? known.find((one) => one.endsWith(`/${stage!}`) && one.split('/').length === stage!.split('/').length + 1);
  const head = git.resolve(name === undefined ? 'HEAD' : name.includes('/') && known.includes(name) ? name : `refs/heads/${name}`);
  if (head === undefined) throw new UserError('not-in-git', 'nothing is committed yet', 'commit first');
  return { name: name ?? git.fullName('HEAD')?.replace(/^refs\/heads\//, '') ?? 'HEAD', head };
}

interface Place {
  readonly terminal: Terminal;
  readonly root: string;
  readonly git: Git;
  /** The branch. */
  readonly name: string;
}

/** What a stage's name means in the tree; all of it for a branch that nothing else is called like. */
function scopeFor({ terminal, root, git, name }: Place, { stage, branch }: HistoryQuestion, repository: Repository, later: Repository | undefined): Scope {
  if (stage === undefined) return WHOLE;
  const here = resolve(terminal.directory, stage);
  const path = relative(root, here).split(sep).join('/');
  const fromHere = path.startsWith('..') || (path !== '' && !existsSync(here)) ? undefined : path;
  if (fromHere === '') return WHOLE;
  const words = fromHere === undefined ? [stage] : [fromHere, stage];
  for (const one of [repository, ...(later === undefined ? [] : [later])]) for (const word of words) {
    const scope = findScope(one, word);
    if (scope !== undefined) return scope;
  }
  if (branch === undefined && (name === stage || name.endsWith(`/${stage}`))) return WHOLE;
  const examples = scopeExamples(repository).slice(0, 3);
  const near = nearestTo(stage, [...git.branches(), ...knownScopes(repository)]);
  throw new UserError('reference-invalid', `"${stage}" is no branch, and no cluster, folder, file, Flux Kustomization or object on ${name}`, near === undefined ? `name one of them${examples.length === 0 ? '' : `, such as ${examples.join(', ')}`}` : `write ${near}`);
}

function stateCommit({ line }: Past, time: number, name: string): NonNullable<ReturnType<typeof stepAt>> {
  const commit = stepAt(line, time);
  if (commit !== undefined) return commit;
  refuseBeyondEnd({ line }, time, name);
  throw new UserError('not-in-git', `${name} begins at ${showTime(line.steps.at(-1)!.committed)}, after ${showTime(time)}`, 'name a later time');
}

function refuseBeyondEnd({ line: { end } }: Pick<Past, 'line'>, time: number, name: string): void {
  if (end === undefined || time >= end.committed) return;
  throw new UserError('not-in-git', `this clone is shallow: of ${name}, it has nothing from before ${showTime(end.committed)}, and ${showTime(time)} is asked about`, 'run: git fetch --unshallow');
}

/** What arrived in a time, and concerns an image. */
function between(history: History, since: number | undefined, until: number | undefined, image: string | undefined): History {
  const arrivals = history.arrivals
    .filter(({ commit: { committed } }) => (since === undefined || committed >= since) && (until === undefined || committed <= until))
    .flatMap((arrival): Arrival[] => {
      if (image === undefined) return [arrival];
      const versions = arrival.versions.filter((change) => concerns(change, image));
      const files = new Set(versions.flatMap(({ before, after }) => [before?.file, after?.file]));
      return versions.length === 0 ? [] : [{ ...arrival, versions, files: arrival.files.filter(({ path }) => files.has(path)) }];
    });
  return { ...history, arrivals };
}

/** That nothing of it changed would be an answer, and a wrong one where a name is mistyped. */
function refuseUnknown(wanted: string, where: string, versions: readonly (Pick<Version, 'name'> | undefined)[]): void {
  const names = [...new Set(versions.flatMap((version) => version?.name ?? []))].sort();
  if (names.some((name) => isNamed({ name }, wanted))) return;
  const near = nearestTo(wanted, [...names, ...names.map(baseName)]) ?? names.find((name) => name.includes(wanted));
  throw new UserError('reference-invalid', `${where} never had an image, chart or source called ${JSON.stringify(wanted)}`, near !== undefined ? `write ${near}` : names.length === 0 ? 'leave --image out: it had none at all' : `there is ${names.slice(0, 5).join(', ')}`);
}

function concerns({ before, after }: VersionChange, image: string): boolean {
  return [before, after].some((version) => version !== undefined && isNamed(version, image));
}
