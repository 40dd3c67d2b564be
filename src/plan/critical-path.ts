import { at, listAt } from '../model/fields';
import type { FluxKustomization } from '../model/flux-kustomization';
import { timeoutOf } from './durations';
import type { Milestone, NeedReason } from './milestone';
import type { Reached } from './solve';

/** A step of the critical path, and why it could not come sooner: what tied it to the step before. */
export interface Link {
  readonly kustomization: FluxKustomization;
  /** Undefined for the first. */
  readonly because: NeedReason | undefined;
}

/** The way back from what starts last, along what each waited for last. */
export function criticalPath(reached: ReadonlyMap<Milestone, Reached>): Link[] {
  const starts = [...reached.values()].filter(({ milestone: { subject, event } }) => event === 'applied' && subject.kind === 'Kustomization');
  const latest = starts.reduce<Reached | undefined>((best, one) => (best === undefined || one.wave > best.wave || (one.wave === best.wave && keyOf(one) < keyOf(best)) ? one : best), undefined);
  const links: Link[] = [];
  for (let step = latest; step !== undefined; step = step.last?.by) {
    const { kustomization } = step.milestone.subject;
    // to have applied and to be ready are one step of the way; of two reasons the one that leads away counts
    const because = step.last?.need.reason;
    if (links[0]?.kustomization === kustomization) links[0] = { kustomization, because };
    else links.unshift({ kustomization, because });
  }
  return links;
}

function keyOf({ milestone }: Reached): string {
  return milestone.subject.key;
}

/** How long Flux waits for what a way applies before it gives up, in seconds; undefined where that is not known of a step. */
export function longestOf(links: readonly Link[]): number | undefined {
  const waited = new Set(links.map(({ kustomization }) => kustomization).filter(({ data }) => at(data, 'spec.wait') === true || listAt(data, 'spec.healthChecks').length > 0));
  const timeouts = [...waited].map(({ data }) => timeoutOf(data));
  return timeouts.includes(undefined) ? undefined : timeouts.reduce<number>((sum, timeout) => sum + timeout!, 0);
}
