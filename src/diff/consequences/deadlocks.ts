import { at, listAt, textAt } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import type { Consequence, Rule } from './consequence';
import { clusterPairs } from './cluster-pairs';
import { evidenceOf, isSuspended, type World } from './world';

const CYCLE: Rule = { text: 'a Flux Kustomization waits until all of dependsOn are Ready: in a circle none ever is, and nothing says so', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies' };
const MISSING: Rule = { text: 'a Flux Kustomization that depends on what is not there waits for it for ever', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies' };

/** Circles of dependsOn, and dependencies on what is not there, or never goes on, that were not there before. */
export function deadlocks(world: World): Consequence[] {
  return world.after.clusters.flatMap((cluster) => {
    const former = clusterPairs(world).find(({ after }) => after === cluster)?.before;
    const known = former === undefined ? [] : problemsIn(former);
    const isKnown = (one: Problem): boolean => known.some(({ title, missing }) => title === one.title || (missing !== undefined && missing === one.missing));
    // what was there may be Ready, and stays so while it is suspended
    const mayBeReady = ({ suspended }: Problem): boolean => former?.kustomizations.some(({ key }) => key === suspended) === true;
    return problemsIn(cluster).filter((one) => !isKnown(one) && !mayBeReady(one) && !mayBeBroken(one, world)).map(({ title, members, rule, advice }): Consequence => {
      const files = members.map((key) => [...cluster.kustomizations, ...(former?.kustomizations ?? [])].find((one) => one.key === key)?.object.source?.file);
      return {
        class: 'dependency-deadlock', severity: 'danger', title, affected: [], evidence: evidenceOf(world, files, rule),
        appliers: members.filter((key) => cluster.kustomizations.some((one) => one.key === key)).map((key) => world.names.applier(cluster.name, key)), advice: [advice],
      };
    });
  });
}

interface Problem {
  readonly title: string;
  readonly members: readonly string[];
  readonly rule: Rule;
  readonly advice: string;
  /** What is waited for, and is not there. */
  readonly missing?: string;
  /** What is waited for, and does nothing. */
  readonly suspended?: string;
}

/** What is waited for may stand in a file that cannot be read. */
function mayBeBroken({ missing }: Problem, { after: { repository } }: World): boolean {
  const name = missing?.slice(missing.indexOf('/') + 1);
  return name !== undefined && repository.broken.some(({ path }) => {
    const file = repository.tree.get(path);
    return file?.type === 'manifests' && file.text.includes(`name: ${name}`);
  });
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
      if (found === undefined) missing.push({ title: `${key} waits for ever for ${target}, which is not there`, members: [key, target], rule: MISSING, missing: target, advice: 'take it out of dependsOn, or name what is there' });
      else if (isSuspended(found) && !isSuspended({ data })) missing.push({ title: `${key} waits for ${target}, which is suspended`, members: [key, target], rule: MISSING, suspended: target, advice: `resume ${target}, or suspend ${key}, too` });
      else targets.add(target);
    }
    edges.set(key, targets);
  }
  // what waits for all that it applies waits for the Flux Kustomizations among it, too
  for (const { key, parent } of cluster.kustomizations) if (parent !== undefined && at(parent.data, 'spec.wait') === true) edges.get(parent.key)?.add(key);
  return [...missing, ...circles(edges).map((members): Problem => ({ title: `deadlock: ${[...members, members[0]!].join(' → ')}`, members, rule: CYCLE, advice: 'drop one of these dependsOn, or wait: true of what applies the other' }))];
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
