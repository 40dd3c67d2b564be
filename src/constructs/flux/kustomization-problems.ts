import { Cluster } from '../../app/cluster';
import type { Directory } from '../../app/directory';
import { placeOf } from '../../app/place';
import { pathsTakenIn } from '../../app/reach';
import { UserError } from '../../errors';
import type { FluxKustomization } from './flux-kustomization';

type Reach = (kustomization: FluxKustomization) => ReadonlySet<Directory>;

/** What only all Kustomizations together show: who waits for whom, and what they apply. */
export function kustomizationProblems(kustomizations: readonly FluxKustomization[], reach: Reach): UserError[] {
  const dependencies = resolveDependencies(kustomizations);
  return [
    ...findCycles(kustomizations, dependencies).map(cycleError),
    ...findDeadlocks(kustomizations, dependencies, reach),
    ...kustomizations.flatMap((kustomization) => unsetVariables(kustomization, reach(kustomization))),
  ];
}

type Dependencies = ReadonlyMap<FluxKustomization, readonly FluxKustomization[]>;

/** dependsOn and healthChecks name objects, so that dependencies on what the app makes elsewhere count, too. */
function resolveDependencies(kustomizations: readonly FluxKustomization[]): Dependencies {
  const byCluster = new Map<Cluster | undefined, Map<string, FluxKustomization>>();
  const namesAround = (kustomization: FluxKustomization): Map<string, FluxKustomization> => {
    const cluster = Cluster.around(kustomization);
    const names = byCluster.get(cluster) ?? new Map<string, FluxKustomization>();
    byCluster.set(cluster, names);
    return names;
  };
  for (const kustomization of kustomizations) namesAround(kustomization).set(`${kustomization.namespace}/${kustomization.name}`, kustomization);
  return new Map(kustomizations.map((kustomization) => [kustomization, kustomization.waitsFor
    .map(({ name, namespace = kustomization.namespace }) => namesAround(kustomization).get(`${namespace}/${name}`))
    .filter((found) => found !== undefined)]));
}

/** Each way that leads back to its start, once. A stack of our own: chains may be long. */
function findCycles(kustomizations: readonly FluxKustomization[], dependencies: Dependencies): FluxKustomization[][] {
  const cycles: FluxKustomization[][] = [];
  const done = new Set<FluxKustomization>();
  for (const start of kustomizations) {
    if (done.has(start)) continue;
    const way: FluxKustomization[] = [start];
    const onWay = new Set(way);
    const next: number[] = [0];
    while (way.length > 0) {
      const at = way.at(-1)!;
      const dependency = dependencies.get(at)![next[next.length - 1]!++];
      if (dependency === undefined) {
        done.add(at);
        onWay.delete(at);
        way.pop();
        next.pop();
      } else if (onWay.has(dependency)) {
        cycles.push([...way.slice(way.indexOf(dependency)), dependency]);
      } else if (!done.has(dependency)) {
        way.push(dependency);
        onWay.add(dependency);
        next.push(0);
      }
    }
  }
  return cycles;
}

function cycleError(cycle: readonly FluxKustomization[]): UserError {
  const names = cycle.map(({ name }) => name).join(' → ');
  const paths = cycle.slice(0, -1).map(({ node }) => node.path).join(', ');
  return new UserError('depends-on-cycle', `Kustomizations wait for each other for ever: ${names} (${paths})`, 'drop one of these dependsOn or healthChecks');
}

/** One that waits for what it applies, while that waits for it. */
function findDeadlocks(kustomizations: readonly FluxKustomization[], dependencies: Dependencies, reach: Reach): UserError[] {
  const dependents = new Map<FluxKustomization, FluxKustomization[]>();
  for (const [kustomization, others] of dependencies) {
    for (const other of others) {
      const known = dependents.get(other);
      if (known === undefined) dependents.set(other, [kustomization]);
      else known.push(kustomization);
    }
  }
  return kustomizations.filter((kustomization) => kustomization.waits && dependents.has(kustomization)).flatMap((waiting) => {
    const waitingForIt = new Set(dependents.get(waiting));
    for (const one of waitingForIt) for (const other of dependents.get(one) ?? []) waitingForIt.add(other);
    const applied = appliesAny(reach(waiting));
    return [...waitingForIt].filter((one) => one !== waiting && applied(one)).map((one) => new UserError(
      'depends-on-deadlock',
      `Kustomization "${waiting.node.path}" waits for all that it applies, and "${one.node.path}" is among that and depends on it: neither gets ready`,
      'drop the dependsOn, or the wait',
    ));
  });
}

/** Whether a Kustomization stands in one of the directories, or in a file that one of them lists. */
export function appliesAny(directories: Iterable<Directory>): (kustomization: FluxKustomization) => boolean {
  const reached = new Set(directories);
  const files = new Set([...reached].flatMap(pathsTakenIn));
  return (kustomization) => {
    const place = placeOf(kustomization);
    return place !== undefined && (((place.listed || !place.directory.hasKustomization) && reached.has(place.directory)) || files.has(place.directory.pathOf(place.name)));
  };
}

function unsetVariables(kustomization: FluxKustomization, directories: ReadonlySet<Directory>): UserError[] {
  const unset = new Map<string, Directory>();
  for (const directory of directories) {
    for (const variable of directory.variables) if (!kustomization.substitutes(variable) && !unset.has(variable)) unset.set(variable, directory);
  }
  return [...unset].map(([variable, directory]) => new UserError(
    'variable-unset',
    `Kustomization "${kustomization.node.path}" applies ${directory.path}, which has the variable ${variable}, and gives it no value`,
    `add it: substitute: { ${variable}: … }`,
  ));
}
