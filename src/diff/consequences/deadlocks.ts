import { at, listAt, textAt } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import type { Consequence, Rule } from './consequence';
import { clusterPairs, evidenceOf, isSuspended, type World } from './world';

const CYCLE: Rule = { text: 'a Flux Kustomization waits until all of dependsOn are Ready: in a circle none ever is, and nothing says so', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies' };
const MISSING: Rule = { text: 'a Flux Kustomization that depends on what is not there waits for it for ever', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies' };

/** Circles of dependsOn, and dependencies on what is not there, or never goes on, that were not there before. */
export function deadlocks(world: World): Consequence[] {
  return world.after.clusters.flatMap((cluster) => {
    const former = clusterPairs(world).find(({ after }) => after === cluster)?.before;
    const known = new Set(former === undefined ? [] : problemsIn(former).map(({ title }) => title));
    return problemsIn(cluster).filter(({ title }) => !known.has(title)).map(({ title, members, rule }): Consequence => {
      const files = members.map((key) => [...cluster.kustomizations, ...(former?.kustomizations ?? [])].find((one) => one.key === key)?.object.source?.file);
      return {
        class: 'dependency-deadlock', severity: 'danger', title, affected: [], evidence: evidenceOf(world, files, rule),
        appliers: members.map((key) => world.names.applier(cluster.name, key)), advice: ['drop one of these dependsOn, or wait: true of what applies the other'],
      };
    });
  });
}

interface Problem {
  readonly title: string;
  readonly members: readonly string[];
  readonly rule: Rule;
}

function problemsIn(cluster: Cluster): Problem[] {
  const edges = new Map<string, Set<string>>();
  const missing: Problem[] = [];
  const known = new Map(cluster.kustomizations.map((one) => [one.key, one]));
  for (const { key, namespace, data } of cluster.kustomizations) {
    const targets = new Set<string>();
    for (const dependency of listAt(data, 'spec.dependsOn')) {
      const target = `${textAt(dependency, 'namespace') ?? namespace}/${textAt(dependency, 'name') ?? ''}`;
      const found = known.get(target);
      if (found === undefined) missing.push({ title: `${key} waits for ever for ${target}, which is not there`, members: [key, target], rule: MISSING });
      else if (isSuspended(found) && !isSuspended({ data })) missing.push({ title: `${key} waits for ${target}, which is suspended`, members: [key, target], rule: MISSING });
      else targets.add(target);
    }
    edges.set(key, targets);
  }
  // what waits for all that it applies waits for the Flux Kustomizations among it, too
  for (const { key, parent } of cluster.kustomizations) if (parent !== undefined && at(parent.data, 'spec.wait') === true) edges.get(parent.key)?.add(key);
  return [...missing, ...circles(edges).map((members): Problem => ({ title: `deadlock: ${[...members, members[0]!].join(' → ')}`, members, rule: CYCLE }))];
}

/** One circle of each knot, beginning with its first name. */
function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  for (const start of [...edges.keys()].sort()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    const stack: { key: string; targets: string[] }[] = [];
    const enter = (key: string): void => {
      path.push(key);
      onPath.add(key);
      stack.push({ key, targets: [...(edges.get(key) ?? [])].sort() });
    };
    if (!done.has(start)) enter(start);
    while (stack.length > 0) {
      const { key, targets } = stack.at(-1)!;
      const next = targets.shift();
      if (next === undefined) {
        done.add(key);
        onPath.delete(key);
        path.pop();
        stack.pop();
      } else if (onPath.has(next)) found.push(rotated(path.slice(path.indexOf(next))));
      else if (!done.has(next)) enter(next);
    }
  }
  return found;
}

function rotated(members: readonly string[]): string[] {
  const first = members.indexOf([...members].sort()[0]!);
  return [...members.slice(first), ...members.slice(0, first)];
}
