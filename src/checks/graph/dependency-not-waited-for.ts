import { at, listAt, textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { CheckContext } from '../check-context';
import type { Report, Rule } from '../rule';
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
      const waiting = cluster.kustomizations.filter((one) => waits(context, one));
      const customary = waiting.filter(({ data }) => at(data, 'spec.timeout') !== undefined).length * 2 >= waiting.length;
      for (const [kustomization, dependants] of dependantsOf(cluster)) {
        if (customary) yield* withoutTimeout(context, cluster, kustomization, dependants);
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

/** The timeout is the interval where none is written, which is long for those that wait behind it. Told where most others have one. */
function* withoutTimeout(context: CheckContext, cluster: Cluster, kustomization: FluxKustomization, dependants: readonly FluxKustomization[]): Generator<Report> {
  const { data, object, parent } = kustomization;
  const interval = textAt(data, 'spec.interval') ?? '';
  if (at(data, 'spec.timeout') !== undefined || !waits(context, kustomization) || minutes(interval) < LONG || !isSettled(context, parent, object, 'timeout') || !isSettled(context, parent, object, 'interval')) return;
  yield {
    at: { object, path: ['spec', 'interval'] },
    message: `waits without a timeout, so that ${listed(dependants.map(({ key }) => key))} may hang for its interval of ${interval} before it fails`,
    fix: 'add "timeout: 5m", or as long as it may take',
    severity: 'notice',
    in: place(cluster, kustomization),
  };
}

/** Minutes after which nobody would still wait. */
const LONG = 60;

function minutes(duration: string): number {
  const [, hours = '0', rest = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?(?:\d+s)?$/.exec(duration) ?? [];
  return Number(hours) * 60 + Number(rest);
}

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
