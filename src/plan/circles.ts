import { subjectId, type Milestone, type Need, type NeedReason, type Subject } from './milestone';

/** Things that wait for each other in a circle: each for the next, and the last for the first. */
export interface Circle {
  readonly links: readonly { readonly subject: Subject; readonly reason: NeedReason; readonly what?: string }[];
}

/** The circle that each milestone is part of, for those that are part of one; the shortest, where circles are entangled. */
export function circlesAmong(unmet: ReadonlyMap<Milestone, readonly Need[]>): ReadonlyMap<Milestone, Circle> {
  const found = new Map<Milestone, Circle>();
  for (const group of entangled(unmet)) {
    const members = new Set(group);
    const start = [...group].sort(byId)[0]!;
    const circle = shortestFrom(start, members, unmet);
    if (circle !== undefined) for (const milestone of group) found.set(milestone, circle);
  }
  return found;
}

/** Groups in which each leads to each other, found by going through the graph forwards and then backwards (Kosaraju). */
function entangled(unmet: ReadonlyMap<Milestone, readonly Need[]>): Milestone[][] {
  const backwards = new Map<Milestone, Milestone[]>();
  for (const milestone of unmet.keys()) {
    for (const next of nextOf(milestone, unmet)) {
      const known = backwards.get(next);
      if (known === undefined) backwards.set(next, [milestone]);
      else known.push(milestone);
    }
  }
  const finished: Milestone[] = [];
  const seen = new Set<Milestone>();
  for (const start of unmet.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const way = [{ milestone: start, next: nextOf(start, unmet).values() }];
    while (way.length > 0) {
      const { milestone, next } = way.at(-1)!;
      const { value, done } = next.next();
      if (done === true) {
        finished.push(milestone);
        way.pop();
      } else if (!seen.has(value)) {
        seen.add(value);
        way.push({ milestone: value, next: nextOf(value, unmet).values() });
      }
    }
  }
  const grouped = new Set<Milestone>();
  return finished.reverse().flatMap((start) => {
    if (grouped.has(start)) return [];
    grouped.add(start);
    const group = [start];
    for (const member of group) {
      for (const before of backwards.get(member) ?? []) {
        if (grouped.has(before)) continue;
        grouped.add(before);
        group.push(before);
      }
    }
    return group.length > 1 || nextOf(start, unmet).includes(start) ? [group] : [];
  });
}

function shortestFrom(start: Milestone, members: ReadonlySet<Milestone>, unmet: ReadonlyMap<Milestone, readonly Need[]>): Circle | undefined {
  const cameFrom = new Map<Milestone, { readonly before: Milestone; readonly need: Need }>();
  const pending = [start];
  for (const milestone of pending) {
    for (const need of unmet.get(milestone) ?? []) {
      for (const next of need.anyOf) {
        if (!members.has(next) || cameFrom.has(next)) continue;
        cameFrom.set(next, { before: milestone, need });
        if (next === start) return circleTo(start, cameFrom);
        pending.push(next);
      }
    }
  }
  return undefined;
}

function circleTo(start: Milestone, cameFrom: ReadonlyMap<Milestone, { readonly before: Milestone; readonly need: Need }>): Circle {
  const links: Circle['links'][number][] = [];
  let milestone = start;
  do {
    const { before, need: { reason, what } } = cameFrom.get(milestone)!;
    // that it has to apply before it is ready goes without saying
    if (before.subject !== milestone.subject || before.event === milestone.event) links.unshift({ subject: before.subject, reason, ...(what === undefined ? {} : { what }) });
    milestone = before;
  } while (milestone !== start);
  return { links };
}

function nextOf(milestone: Milestone, unmet: ReadonlyMap<Milestone, readonly Need[]>): Milestone[] {
  return (unmet.get(milestone) ?? []).flatMap(({ anyOf }) => anyOf.filter((one) => unmet.has(one)));
}

function byId(a: Milestone, b: Milestone): number {
  const [one, other] = [`${subjectId(a.subject)} ${a.event}`, `${subjectId(b.subject)} ${b.event}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
