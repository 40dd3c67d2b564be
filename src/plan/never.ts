import { circlesAmong, type Circle } from './circles';
import type { Milestone, Need, NeedReason, Subject } from './milestone';
import type { Waiting } from './needs';
import type { Obstacle } from './obstacle';
import type { Reached } from './solve';

/** What never becomes ready. */
export interface Never {
  readonly subject: Subject;
  /** The wave in which it applies, if it gets that far. */
  readonly appliesIn: number | undefined;
  /** What is wrong with it itself; none for what only waits for others. */
  readonly faults: readonly Fault[];
  /** What it waits for that never comes. */
  readonly blockedBy: readonly Blocker[];
  /** Those with faults of their own that keep it from becoming ready in the end, as far as three of them. */
  readonly roots: readonly Subject[];
}

export type Fault =
  | { readonly type: 'missing'; readonly what: string }
  | { readonly type: 'circle'; readonly circle: Circle }
  | { readonly type: 'obstacle'; readonly obstacle: Obstacle };

export interface Blocker {
  readonly reason: NeedReason;
  readonly by: Subject;
}

const MOST_ROOTS = 3;

/** Everything that is not reached, with why: those with faults of their own first, then by kind and key. */
export function neverReady(waiting: readonly Waiting[], reached: ReadonlyMap<Milestone, Reached>, stopped: ReadonlyMap<Milestone, readonly Obstacle[]>): Never[] {
  const unmet = new Map(waiting.filter(({ milestone }) => !reached.has(milestone)).map(({ milestone, needs }) => [milestone, needs.filter(({ anyOf }) => !anyOf.some((one) => reached.has(one)))]));
  const circles = circlesAmong(unmet);
  const faults = new Map([...unmet].map(([milestone, needs]) => [milestone, faultsOf(needs, stopped.get(milestone) ?? [], circles.get(milestone))]));
  const roots = rootsOf(unmet, faults);
  const milestones = bySubject(unmet.keys());
  const appliesIn = new Map([...reached.values()].flatMap(({ milestone: { subject, event }, wave }) => (event === 'applied' ? [[subject, wave] as const] : [])));
  return [...milestones].flatMap(([subject, own]): Never[] => {
    const blockedBy = own.flatMap((milestone) => unmet.get(milestone)!.flatMap(({ reason, anyOf }) => anyOf.flatMap(({ subject: by }) => (by === subject ? [] : [{ reason, by }]))));
    const ownFaults = unique(own.flatMap((milestone) => faults.get(milestone)!));
    // a HelmRelease that nobody applies is told of with the Kustomization that should
    if (subject.kind === 'HelmRelease' && ownFaults.length === 0 && blockedBy.every(({ reason }) => reason === 'applied-by')) return [];
    return [{ subject, appliesIn: appliesIn.get(subject), faults: ownFaults, blockedBy, roots: [...new Set(own.flatMap((milestone) => roots.get(milestone) ?? []))].slice(0, MOST_ROOTS) }];
  }).sort(byWeight);
}

function faultsOf(needs: readonly Need[], obstacles: readonly Obstacle[], circle: Circle | undefined): Fault[] {
  return [
    ...obstacles.map((obstacle): Fault => ({ type: 'obstacle', obstacle })),
    ...needs.flatMap(({ anyOf, what = '' }): Fault[] => (anyOf.length === 0 ? [{ type: 'missing', what }] : [])),
    ...(circle === undefined ? [] : [{ type: 'circle' as const, circle }]),
  ];
}

/** Hands what is at fault on to all that wait for it. */
function rootsOf(unmet: ReadonlyMap<Milestone, readonly Need[]>, faults: ReadonlyMap<Milestone, readonly Fault[]>): ReadonlyMap<Milestone, readonly Subject[]> {
  const waiters = new Map<Milestone, Milestone[]>();
  for (const [milestone, needs] of unmet) {
    for (const { anyOf } of needs) for (const from of anyOf) waiters.get(from)?.push(milestone) ?? waiters.set(from, [milestone]);
  }
  const roots = new Map<Milestone, Subject[]>();
  const pending: { readonly milestone: Milestone; readonly root: Subject }[] = [];
  for (const [milestone, own] of faults) if (own.length > 0) pending.push({ milestone, root: milestone.subject });
  for (const { milestone, root } of pending) {
    const known = roots.get(milestone) ?? [];
    if (known.includes(root) || known.length === MOST_ROOTS) continue;
    roots.set(milestone, [...known, root]);
    for (const waiter of waiters.get(milestone) ?? []) pending.push({ milestone: waiter, root });
  }
  return roots;
}

function bySubject(milestones: Iterable<Milestone>): ReadonlyMap<Subject, readonly Milestone[]> {
  const found = new Map<Subject, Milestone[]>();
  for (const milestone of milestones) {
    const own = found.get(milestone.subject);
    if (own === undefined) found.set(milestone.subject, [milestone]);
    else own.push(milestone);
  }
  return found;
}

/** Both milestones of a subject may be part of one circle. */
function unique(faults: readonly Fault[]): Fault[] {
  const circles = new Set<Circle>();
  return faults.filter((fault) => {
    if (fault.type !== 'circle') return true;
    if (circles.has(fault.circle)) return false;
    circles.add(fault.circle);
    return true;
  });
}

function byWeight(a: Never, b: Never): number {
  const weight = ({ faults, subject: { kind, key } }: Never): string => `${faults.length > 0 ? 0 : 1}${kind === 'Kustomization' ? 0 : 1}${key}`;
  const [one, other] = [weight(a), weight(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
