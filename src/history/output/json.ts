import type { Arrival } from '../arrival';
import type { Commit } from '../commit';
import type { PlacedVersion } from '../version-changes';
import type { HistoryReport } from './history-report';

/** For programs: everything, times in UTC. */
export function formatJson({ title, history: { head, arrivals, end }, authors, state }: HistoryReport): string {
  const commit = (one: Commit): object => ({
    id: one.id, subject: one.subject, author: { ...one.author, ...authors.of(one) }, authored: iso(one.authored), committed: iso(one.committed), parents: one.parents, ...(one.reverts === undefined ? {} : { reverts: one.reverts }),
  });
  const version = ({ type, name, version, object, field, file, policy }: PlacedVersion): object => ({ type, name, version, file, object, field, policy });
  const arrival = ({ commit: arrived, versions, files, brought }: Arrival): object => ({
    time: iso(arrived.committed),
    commit: commit(arrived),
    versions: versions.map(({ before, after, origin, earlier }) => ({
      before: before === undefined ? null : version(before), after: after === undefined ? null : version(after),
      origin: origin === undefined ? null : commit(origin), ...(earlier === undefined ? {} : { earlier: iso(earlier) }),
    })),
    files: files.map(({ path, before, after }) => ({ path, change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed' })),
    brought: brought.map(commit),
  });
  return JSON.stringify({
    of: title, head: head.id, knownSince: end === undefined ? null : iso(end.committed),
    ...(state === undefined ? { arrivals: arrivals.map(arrival) } : {
      at: iso(state.time), commit: commit(state.commit),
      versions: state.versions.map(({ since, ...held }) => ({ ...version(held), since: since === undefined ? null : { time: iso(since.commit.committed), commit: commit(since.commit) } })),
    }),
  }, undefined, 2);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
