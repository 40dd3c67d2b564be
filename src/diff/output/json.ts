import type { Applier, Change, Diff } from '../changes';
import type { Consequence } from '../consequences/consequence';
import type { DiffReport } from './diff-report';

/**
 * What `--format json` prints. Fields may be added, and none changes its meaning. Changes are named by their `id`, which is
 * their place in `changes`; what objects hold beside what differs is left out.
 */
interface JsonReport extends Pick<Diff, 'level' | 'sides' | 'broken' | 'limits' | 'counts'> {
  readonly version: 1;
  readonly summary: Readonly<Record<Change['type'] | Consequence['severity'], number>>;
  readonly consequences: readonly (Omit<Consequence, 'evidence'> & { readonly evidence: Omit<Consequence['evidence'], 'changes'> & { readonly changes: readonly number[] } })[];
  readonly changes: readonly (Omit<Change, 'before' | 'after'> & Readonly<Record<'before' | 'after', JsonVersion | undefined>>)[];
  readonly groups: readonly { readonly appliers: readonly Applier[]; readonly entries: readonly (readonly number[])[] }[];
}

interface JsonVersion {
  readonly file: string | undefined;
  readonly line: number;
  readonly appliers: readonly Applier[];
}

/** For programs: all there is. */
export function formatJson({ diff }: DiffReport): string {
  const { level, sides, changes, groups, consequences, broken, limits, counts } = diff;
  const ofType = (type: Change['type']): number => changes.filter((change) => change.type === type).length;
  const ofSeverity = (severity: Consequence['severity']): number => consequences.filter((one) => one.severity === severity).length;
  const report: JsonReport = {
    version: 1,
    level,
    sides,
    summary: {
      added: ofType('added'), removed: ofType('removed'), changed: ofType('changed'), moved: ofType('moved'),
      danger: ofSeverity('danger'), warning: ofSeverity('warning'), notice: ofSeverity('notice'),
    },
    consequences: consequences.map((one) => ({ ...one, evidence: { ...one.evidence, changes: one.evidence.changes.map(({ id }) => id) } })),
    changes: changes.map((change) => ({ ...change, before: versionOf(change.before), after: versionOf(change.after) })),
    groups: groups.map(({ appliers, entries }) => ({ appliers, entries: entries.map((entry) => entry.changes.map(({ id }) => id)) })),
    broken,
    limits,
    counts,
  };
  return JSON.stringify(report, null, 2);
}

function versionOf(version: Change['before']): JsonVersion | undefined {
  if (version === undefined) return undefined;
  const { file, line, appliers } = version;
  return { file, line, appliers };
}
