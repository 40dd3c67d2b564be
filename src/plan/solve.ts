import { subjectId, type Milestone, type Need } from './milestone';
import type { Waiting } from './needs';

/** A milestone that is reached. */
export interface Reached {
  readonly milestone: Milestone;
  readonly wave: number;
  /** The need that was met last, by which milestone; undefined for what waits for nothing. */
  readonly last: { readonly need: Need; readonly by: Reached } | undefined;
}

/**
 * Plays through how a cluster comes up: everything starts as soon as what it needs is there. What applies waits for the wave
 * before; what is ready, for its own. What is not in the answer is never reached.
 * @param stopped milestones that cannot be reached, whatever comes before them
 */
export function solve(waiting: readonly Waiting[], stopped: ReadonlySet<Milestone>): ReadonlyMap<Milestone, Reached> {
  const reached = new Map<Milestone, Reached>();
  const open = new Map(waiting.map(({ milestone, needs }) => [milestone, needs.length]));
  const waiters = new Map<Milestone, { readonly milestone: Milestone; readonly need: Need }[]>();
  for (const { milestone, needs } of waiting) {
    for (const need of needs) {
      for (const from of new Set(need.anyOf)) {
        const entry = { milestone, need };
        const known = waiters.get(from);
        if (known === undefined) waiters.set(from, [entry]);
        else known.push(entry);
      }
    }
  }
  const met = new Set<Need>();
  let wave: Reached[] = waiting.filter(({ milestone, needs }) => needs.length === 0 && !stopped.has(milestone)).map(({ milestone }) => ({ milestone, wave: 1, last: undefined }));
  while (wave.length > 0) {
    const next: Reached[] = [];
    const pending = [...wave].sort(byMilestone);
    for (let at = 0; at < pending.length; at++) {
      const by = pending[at]!;
      reached.set(by.milestone, by);
      for (const { milestone, need } of waiters.get(by.milestone) ?? []) {
        if (met.has(need)) continue;
        met.add(need);
        open.set(milestone, open.get(milestone)! - 1);
        if (open.get(milestone)! > 0 || stopped.has(milestone)) continue;
        if (startsAWave(milestone)) next.push({ milestone, wave: by.wave + 1, last: { need, by } });
        else pending.push({ milestone, wave: by.wave, last: { need, by } });
      }
    }
    wave = next;
  }
  return reached;
}

/** A HelmRelease is there as soon as its Kustomization has applied it. */
function startsAWave({ event, subject: { kind } }: Milestone): boolean {
  return event === 'applied' && kind === 'Kustomization';
}

function byMilestone({ milestone: a }: Reached, { milestone: b }: Reached): number {
  const [one, other] = [subjectId(a.subject), subjectId(b.subject)];
  return one < other ? -1 : one > other ? 1 : 0;
}
