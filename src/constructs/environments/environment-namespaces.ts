import { Cluster } from '../../app/cluster';
import { FieldChecks } from '../../app/field-checks';
import { GitopsApp } from '../../app/gitops-app';
import { directoriesBelow } from '../../app/layout';
import { isDnsLabel } from '../../app/names';
import { UserError } from '../../errors';
import { isReservedNamespace, namespaceForBranch, staysString } from '../../environments/branch-namespace';
import type { EphemeralEnvironment } from './ephemeral-environment';

const ENVIRONMENTS = Symbol.for('fluxwright.EphemeralEnvironments');

/**
 * The namespace of an environment: the one it names, or the one that its branch makes. No two environments have the same.
 * @param room how many characters the names of its objects put behind it
 * @throws UserError `branch-unusable`
 */
export function claimNamespace(environment: EphemeralEnvironment, branch: string, named: string | undefined, room: number): string {
  const namespace = named ?? inConstruct(environment, () => namespaceForBranch(branch, room));
  if (named !== undefined) checkNamed(environment, named, room);
  const others = environmentsOf(environment);
  const other = others.get(namespace);
  if (other !== undefined) {
    throw new UserError('branch-unusable', `EphemeralEnvironment "${environment.node.path}" and "${other.node.path}" would both live in the namespace "${namespace}"`, 'remove one of them, or name the namespace of one');
  }
  others.set(namespace, environment);
  return namespace;
}

/** What of the app already lives in the environment's namespace: tearing it down would take that along. */
export function takenNamespace(environment: EphemeralEnvironment): UserError[] {
  const { namespace } = environment;
  const directory = directoriesBelow(GitopsApp.of(environment)).find((candidate) => candidate.targetNamespace === namespace);
  const isFlux = Cluster.around(environment)?.fluxNamespace === namespace;
  if (directory === undefined && !isFlux) return [];
  const owner = directory === undefined ? 'Flux' : `"${directory.node.path}"`;
  return [new UserError('branch-unusable', `EphemeralEnvironment "${environment.node.path}" would live in the namespace "${namespace}", as ${owner} does`, "name another one: namespace: '…'")];
}

function checkNamed(environment: EphemeralEnvironment, namespace: string, room: number): void {
  new FieldChecks(environment, 'EphemeralEnvironment')
    .require(isDnsLabel(namespace) && namespace.length <= 63 - room, 'branch-unusable', `has the namespace "${namespace}"`, `use at most ${63 - room} lower-case letters, digits and "-", starting and ending with a letter or digit`)
    .require(staysString(namespace), 'branch-unusable', `has the namespace "${namespace}", which YAML reads as something else than a string after substitution`, `write "b-${namespace}"`)
    .require(!isReservedNamespace(namespace), 'branch-unusable', `has the namespace "${namespace}", which is not its own`, 'name another one')
    .done();
}

function inConstruct<T>(environment: EphemeralEnvironment, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!UserError.is(error)) throw error;
    throw new UserError(error.code, `EphemeralEnvironment "${environment.node.path}": ${error.problem}`, error.fix);
  }
}

function environmentsOf(environment: EphemeralEnvironment): Map<string, EphemeralEnvironment> {
  const holder = GitopsApp.of(environment) as { [ENVIRONMENTS]?: Map<string, EphemeralEnvironment> };
  return (holder[ENVIRONMENTS] ??= new Map());
}
