import { listAt, textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { Rule } from '../rule';
import { isSettled, listed, orderOf, place, waits } from './cluster-facts';
import { isCustomGroup, isFluxGroup } from './custom-resources';

export const dependencyNotWaitedFor: Rule = {
  id: 'dependency-not-waited-for',
  severity: 'warning',
  why: 'Without wait or healthChecks a Kustomization is ready as soon as it is applied: what depends on it starts while the Deployments, HelmReleases or Kustomizations in it are still coming up.',
  example: `metadata:
  name: database # "shop" depends on it
spec:
  path: ./database
  # wait: true`,
  fix: 'add "wait: true", or healthChecks for what has to be there, and a timeout',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#wait',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const [kustomization, dependants] of dependantsOf(cluster)) {
        const slow = firstSlow(kustomization);
        if (slow === undefined || waits(context, kustomization) || !isSettled(context, kustomization.parent, kustomization.object, 'wait')) continue;
        yield {
          at: { object: kustomization.object, path: ['spec', 'wait'] },
          message: `is ready as soon as it is applied, although ${listed(dependants.map(({ key }) => key))} ${dependants.length === 1 ? 'depends' : 'depend'} on it and ${slow} takes longer`,
          in: place(cluster, kustomization),
        };
      }
    }
  },
};

function dependantsOf(cluster: Cluster): ReadonlyMap<FluxKustomization, readonly FluxKustomization[]> {
  const found = new Map<FluxKustomization, FluxKustomization[]>();
  for (const one of cluster.kustomizations) {
    for (const { kustomization, index } of orderOf(cluster).dependenciesOf(one)) {
      // a readyExpr decides by itself what ready is
      if (kustomization === undefined || textAt(listAt(one.data, 'spec.dependsOn')[index], 'readyExpr') !== undefined) continue;
      found.set(kustomization, [...(found.get(kustomization) ?? []), one]);
    }
  }
  return found;
}

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'HelmRelease', 'Kustomization', 'ResourceSet']);

/** Something that is not ready when it is applied. */
function firstSlow({ objects }: FluxKustomization): string | undefined {
  const slow = objects.find(({ kind }) => WORKLOADS.has(kind)) ?? objects.find(({ group }) => isCustomGroup(group) && !isFluxGroup(group));
  return slow === undefined ? undefined : `its ${slow.kind} ${slow.name}`;
}
