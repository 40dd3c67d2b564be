import type { AppliedObject } from '../../model/applied-object';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { CheckContext } from '../check-context';
import type { Report, Rule } from '../rule';
import { isBelow, isSettled, orderOf, place } from './cluster-facts';
import { dependencyKeys, helmReleasesOf } from './helm-releases';

export const dependsOnCycle: Rule = {
  id: 'depends-on-cycle',
  severity: 'error',
  why: 'Kustomizations or HelmReleases that depend on each other in a circle never become ready, and Flux does not say why.',
  example: `# in "apps"
dependsOn:
  - name: infrastructure
# in "infrastructure"
dependsOn:
  - name: apps`,
  fix: 'drop one of these dependencies',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',

  *find(context) {
    for (const cluster of context.clusters) {
      const kustomizations = cluster.kustomizations.filter(({ object, parent }) => object.kind === 'Kustomization' && isSettled(context, parent, object, 'dependsOn'));
      yield* cycles(cluster, kustomizations.map((one) => ({ key: one.key, namespace: one.namespace, object: one.object, applier: one })));
      const releases = helmReleasesOf(cluster).filter(({ object, kustomization }) => isSettled(context, kustomization, object, 'dependsOn'));
      yield* cycles(cluster, releases.map(({ key, namespace, object, kustomization }) => ({ key, namespace, object, applier: kustomization })));
      yield* dependenciesOnOwn(context, cluster);
    }
  },
};

interface Node {
  readonly key: string;
  readonly namespace: string;
  readonly object: AppliedObject;
  readonly applier: FluxKustomization;
}

/** One report for each circle: the shortest way from its first member back to it. */
function* cycles(cluster: Cluster, nodes: readonly Node[]): Generator<Report> {
  const byKey = inCircles(nodes);
  const told = new Set<string>();
  for (const node of byKey.values()) {
    if (told.has(node.key)) continue;
    const way = wayBack(node, byKey);
    if (way === undefined || way.some(({ key }) => told.has(key))) continue;
    for (const { key } of way) told.add(key);
    const next = way[1] ?? node;
    const index = dependencyKeys(node.object.data, node.namespace).find(({ key }) => key === next.key)?.index ?? 0;
    const oneNamespace = way.every(({ namespace }) => namespace === node.namespace);
    yield {
      at: { object: node.object, path: ['spec', 'dependsOn', index] },
      message: way.length === 1 ? 'depends on itself' : `depends on itself: ${[...way, node].map(({ key, object }) => (oneNamespace ? object.name : key)).join(' → ')}`,
      in: place(cluster, node.applier),
    };
  }
}

/** The nodes that are left when those that depend on nothing, or on nothing that is left, have gone: circles, and what depends on them. */
function inCircles(nodes: readonly Node[]): ReadonlyMap<string, Node> {
  const left = new Map(nodes.map((node) => [node.key, node]));
  const open = new Map<string, Set<string>>();
  const dependants = new Map<string, string[]>();
  for (const { key, object, namespace } of nodes) {
    const dependencies = new Set(dependencyKeys(object.data, namespace).map((dependency) => dependency.key).filter((dependency) => left.has(dependency)));
    open.set(key, dependencies);
    for (const dependency of dependencies) dependants.set(dependency, [...(dependants.get(dependency) ?? []), key]);
  }
  const free = [...open].flatMap(([key, dependencies]) => (dependencies.size === 0 ? [key] : []));
  for (let key = free.pop(); key !== undefined; key = free.pop()) {
    left.delete(key);
    for (const dependant of dependants.get(key) ?? []) {
      const dependencies = open.get(dependant)!;
      dependencies.delete(key);
      if (dependencies.size === 0) free.push(dependant);
    }
  }
  return left;
}

/** The members of the shortest circle that a node is part of, itself first. */
function wayBack(start: Node, byKey: ReadonlyMap<string, Node>): Node[] | undefined {
  const cameFrom = new Map<string, Node | undefined>([[start.key, undefined]]);
  const pending = [start];
  for (let at = 0; at < pending.length; at++) {
    const node = pending[at]!;
    for (const { key } of dependencyKeys(node.object.data, node.namespace)) {
      if (key === start.key) {
        const way: Node[] = [];
        for (let step: Node | undefined = node; step !== undefined; step = cameFrom.get(step.key)) way.unshift(step);
        return way;
      }
      const next = byKey.get(key);
      if (next === undefined || cameFrom.has(key)) continue;
      cameFrom.set(key, node);
      pending.push(next);
    }
  }
  return undefined;
}

/** What a Kustomization applies only comes once it is applied itself, so that it cannot wait for it before. */
function* dependenciesOnOwn(context: CheckContext, cluster: Cluster): Generator<Report> {
  const order = orderOf(cluster);
  const parents = new Set(cluster.kustomizations.flatMap(({ parent }) => parent ?? []));
  for (const kustomization of parents) {
    if (!isSettled(context, kustomization.parent, kustomization.object, 'dependsOn')) continue;
    for (const { index, kustomization: dependency } of order.dependenciesOf(kustomization)) {
      const own = dependency === undefined ? undefined : [dependency, ...order.waitsFor(dependency)].find((one) => isBelow(one, kustomization));
      if (own === undefined || dependency === undefined || order.waitsFor(kustomization).has(kustomization)) continue;
      yield {
        at: { object: kustomization.object, path: ['spec', 'dependsOn', index] },
        message: own === dependency ? `depends on ${own.key}, which it applies itself` : `depends on ${dependency.key}, which depends on ${own.key}, which this one applies itself`,
        fix: `drop the dependency, or have another Kustomization apply ${own.key}`,
        in: place(cluster, kustomization),
      };
    }
  }
}
