import { at, listAt, textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { Rule } from '../rule';
import { isBelow, isSettled, listed, orderOf, place, waits } from './cluster-facts';

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
          // whoever has written it down has thought of it
          severity: at(kustomization.data, 'spec.wait') === false ? 'notice' : 'warning',
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
      // a readyExpr decides by itself what ready is; waiting for what depends on it would be a deadlock
      if (kustomization === undefined || isBelow(one, kustomization) || textAt(listAt(one.data, 'spec.dependsOn')[index], 'readyExpr') !== undefined) continue;
      const dependants = found.get(kustomization);
      if (dependants === undefined) found.set(kustomization, [one]);
      else dependants.push(one);
    }
  }
  return found;
}

/** Kinds of objects that are not ready when they are applied, and that others wait for. */
const SLOW = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'HelmRelease', 'Kustomization', 'ResourceSet', 'Cluster', 'Certificate', 'ExternalSecret', 'Provider']);

/** The first that takes time. Flux itself runs already, and so does the Kustomization that applies itself. */
function firstSlow({ objects, name: own }: FluxKustomization): string | undefined {
  const slow = objects.find(({ kind, name, data }) => SLOW.has(kind) && !(kind === 'Kustomization' && name === own) && textAt(data, ['metadata', 'labels', 'app.kubernetes.io/part-of']) !== 'flux');
  return slow === undefined ? undefined : `its ${slow.kind} ${slow.name}`;
}
