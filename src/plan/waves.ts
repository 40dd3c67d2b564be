import { at, listAt } from '../model/fields';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';
import { criticalPath, type Link } from './critical-path';
import { isFoundOutByFailing, subjectId, type Milestone, type Need, type NeedReason } from './milestone';
import { needsOf, type Waiting } from './needs';
import { neverReady, type Never } from './never';
import type { Obstacle } from './obstacle';
import { solve } from './solve';

/** The order in which a cluster comes up. Every Kustomization of it is in exactly one wave, or in `never`. */
export interface Waves {
  /** The first is what bootstrap or a person applies. Those of one wave run in parallel, and stand here by key. */
  readonly waves: readonly (readonly Step[])[];
  /** What can never become ready: what is at fault itself before what only waits for it. */
  readonly never: readonly Never[];
  /** The longest way through the waves, from the first to the last: the cluster is up no sooner than it is gone. */
  readonly criticalPath: readonly Link[];
}

/** A Kustomization that becomes ready. */
export interface Step {
  readonly kustomization: FluxKustomization;
  /** From 1: when it applies. */
  readonly wave: number;
  /** The wave that it is ready in: a later one, if it waits for Kustomizations that it applies itself. */
  readonly readyIn: number;
  /** Whether it is ready only when what it applies is. */
  readonly waits: boolean;
  /** What it waits for before it applies, its parent apart. */
  readonly after: readonly Wait[];
  /** What it needs and does not wait for: Flux tries, fails, and tries again until it is there. */
  readonly early: readonly Wait[];
}

export interface Wait {
  readonly reason: NeedReason;
  /** Keys of Kustomizations, any of which will do. */
  readonly on: readonly string[];
  /** The kind, the namespace or the source that is waited for, where it is not the Kustomization itself. */
  readonly what?: string;
}

/**
 * The waves of a cluster: by who applies whom, dependsOn, `wait` and healthChecks, and by who brings the sources, CRDs and
 * namespaces of others. Of HelmReleases it knows the order, not what their charts do. Asks nothing but the cluster, and
 * answers the same for the same cluster.
 * @param obstacles what else keeps something from coming up; what is suspended is known without
 */
export function wavesOf(cluster: Cluster, obstacles: readonly Obstacle[] = []): Waves {
  const waiting = needsOf(cluster);
  const stopped = stoppedBy([...suspended(waiting), ...obstacles], waiting);
  const reached = solve(waiting, new Set(stopped.keys()));
  const readyIn = new Map([...reached.values()].flatMap(({ milestone: { subject, event }, wave }) => (event === 'ready' ? [[subject, wave] as const] : [])));
  const waves: Step[][] = [];
  for (const { milestone, needs } of waiting) {
    const { subject, event } = milestone;
    const [wave, ready] = [reached.get(milestone)?.wave, readyIn.get(subject)];
    if (subject.kind !== 'Kustomization' || event !== 'applied' || wave === undefined || ready === undefined) continue;
    (waves[wave - 1] ??= []).push(stepOf(subject.kustomization, wave, ready, needs));
  }
  return {
    waves: Array.from(waves, (steps = []) => steps.sort((a, b) => (a.kustomization.key < b.kustomization.key ? -1 : 1))),
    never: neverReady(waiting, reached, stopped),
    criticalPath: criticalPath(reached),
  };
}

function stepOf(kustomization: FluxKustomization, wave: number, readyIn: number, needs: readonly Need[]): Step {
  const waits = at(kustomization.data, 'spec.wait') === true || listAt(kustomization.data, 'spec.healthChecks').length > 0;
  const own = needs.filter(({ reason }) => reason !== 'applied-by');
  return { kustomization, wave, readyIn, waits, after: own.filter((need) => !isFoundOutByFailing(need)).map(waitOf), early: own.filter(isFoundOutByFailing).map(waitOf) };
}

function waitOf({ reason, anyOf, what }: Need): Wait {
  return { reason, on: [...new Set(anyOf.map(({ subject }) => subject.kustomization.key))].sort(), ...(what === undefined ? {} : { what }) };
}

function suspended(waiting: readonly Waiting[]): Obstacle[] {
  return waiting.flatMap(({ milestone: { subject: { kind, key, object }, event } }): Obstacle[] => {
    if (event !== 'ready' || at(object.data, 'spec.suspend') !== true) return [];
    return [{ kind, key, stops: kind === 'Kustomization' ? 'applied' : 'ready', rule: 'suspended', message: 'is suspended', fix: 'take "suspend: true" away, if it is to come up' }];
  });
}

function stoppedBy(obstacles: readonly Obstacle[], waiting: readonly Waiting[]): ReadonlyMap<Milestone, readonly Obstacle[]> {
  const milestones = new Map(waiting.map(({ milestone }) => [`${milestone.event} ${subjectId(milestone.subject)}`, milestone]));
  const found = new Map<Milestone, Obstacle[]>();
  for (const obstacle of obstacles) {
    const milestone = milestones.get(`${obstacle.stops} ${subjectId(obstacle)}`);
    if (milestone !== undefined) found.set(milestone, [...(found.get(milestone) ?? []), obstacle]);
  }
  return found;
}
