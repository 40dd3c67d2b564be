import type { CheckContext } from '../checks/check-context';
import type { CheckResult } from '../checks/finding';
import type { Diff } from '../diff/changes';
import { countText, scopeText } from '../diff/output/wording';
import type { Graph } from '../graph/graph';
import type { Cluster } from '../model/flux-kustomization';
import { plural } from '../plan/output/words';
import { visible } from '../visible';
import { drawingOf } from './drawings';
import type { Page, PageNote, PageTexts } from './page';
import { pageClusters } from './page-clusters';
import { concernedBy, pageEntries } from './page-entries';
import { placeFindings, type Placed } from './place-findings';

export interface PageQuestion {
  /** The state that is shown. */
  readonly context: CheckContext;
  /** The clusters that are shown. */
  readonly clusters: readonly Cluster[];
  /** What of them is shown. */
  readonly graph: Graph;
  readonly checks: CheckResult;
  /** What changed; undefined for a page that shows one state. */
  readonly diff?: Diff;
}

/** Puts together what a page shows. */
export async function makePage({ context, clusters, graph, checks, diff }: PageQuestion): Promise<{ readonly page: Page; readonly texts: PageTexts }> {
  const shown = new Set(graph.nodes.filter(({ kind, state }) => kind === 'Kustomization' && state !== 'missing').map(({ cluster, namespace, name }) => `${cluster}: ${namespace ?? ''}/${name}`));
  const placed = clusters.flatMap((cluster) => cluster.kustomizations.flatMap((kustomization) => (shown.has(`${cluster.name}: ${kustomization.key}`) ? [{ cluster, kustomization }] : []))).map((one, id): Placed => ({ id, ...one }));
  const ids = new Map(placed.map(({ id, cluster, kustomization }) => [`${cluster.name}: ${kustomization.key}`, id]));
  const findings = placeFindings(checks.findings, placed);
  const changes = pageEntries(diff ?? { groups: [], consequences: [] }, (change) => concernedBy(change).flatMap((name) => ids.get(name) ?? []), findings);
  const entries = new Map<number, number[]>();
  changes.entries.forEach(({ kustomizations }, index) => kustomizations.forEach((id) => entries.set(id, [...(entries.get(id) ?? []), index])));
  const own = pageClusters({ context, clusters, graph, placed, findings, entries });
  const drawings: (string | undefined)[] = [];
  for (const { name } of clusters) drawings.push(await drawingOf(graph, name));
  return {
    page: {
      subject: diff === undefined ? 'graph' : 'diff',
      title: diff === undefined ? 'fluxwright graph' : 'fluxwright diff',
      sides: diff === undefined ? undefined : { before: visible(diff.sides.before), after: visible(diff.sides.after) },
      summary: diff === undefined ? `${plural(placed.length, 'Flux Kustomization')} in ${plural(clusters.length, 'cluster')}` : countText(diff.changes),
      scope: diff === undefined ? '' : scopeText(diff.counts),
      notes: notesOf(checks, diff),
      consequences: changes.consequences,
      groups: changes.groups,
      entries: changes.entries,
      clusters: own.clusters,
      kustomizations: own.kustomizations,
      findings: checks.findings.map(({ rule, severity, file, line, object = '', message, fix }, index) => ({
        rule, severity, place: visible(`${file}:${line}`), object: visible(object), message: visible(message, 1000), fix: visible(fix, 1000), kustomizations: findings.kustomizations[index]!,
      })),
    },
    texts: { objects: own.texts, entries: changes.texts, drawings },
  };
}

function notesOf({ skipped }: CheckResult, diff: Diff | undefined): PageNote[] {
  return [
    ...(diff?.broken ?? []).map(({ side, problem }) => ({ problem: `cannot be read ${side === 'before' ? 'before' : 'now'}: ${problem}`, fix: 'mend the file' })),
    ...(diff?.limits ?? []).map(({ reason, fix }) => ({ problem: `not compared: ${reason}`, fix })),
    ...skipped.map(({ reason, fix }) => ({ problem: `not checked: ${reason}`, fix })),
  ].map(({ problem, fix }) => ({ problem: visible(problem, 1000), fix: visible(fix, 1000) }));
}
