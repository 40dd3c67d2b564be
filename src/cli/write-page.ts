import type { CheckContext } from '../checks/check-context';
import { rules } from '../checks/index';
import type { Rule } from '../checks/rule';
import { runChecks } from '../checks/run-checks';
import type { Diff } from '../diff/changes';
import type { Graph } from '../graph/graph';
import { makeGraph } from '../graph/make-graph';
import type { Cluster } from '../model/flux-kustomization';
import { pageDocument } from '../page/document/document';
import { makePage } from '../page/make-page';
import type { Tree } from '../tree/tree';
import type { Terminal } from './command';
import { openClusters } from './open-clusters';

/** The page of a graph: its clusters as they are, with what `check` finds in them. */
export async function graphPage(context: CheckContext, clusters: readonly Cluster[], graph: Graph): Promise<string> {
  const { page, texts } = await makePage({ context, clusters, graph, checks: runChecks(context, available(context)) });
  return pageDocument(page, texts);
}

/** The page of a diff: what changes, in the clusters as they are after it. */
export async function diffPage(terminal: Terminal, before: Tree, after: Tree, diff: Diff): Promise<string> {
  const now = await openClusters(terminal, after, true);
  const context = { ...now, base: await openClusters(terminal, before, now.rendered) };
  const { page, texts } = await makePage({ context, clusters: context.clusters, graph: makeGraph(context, context.clusters), checks: runChecks(context, available(context)), diff });
  return pageDocument(page, texts);
}

/** The rules that have what they need: the page says of what it shows, not of what it leaves out. */
function available({ rendered, base }: CheckContext): Rule[] {
  return rules.filter(({ needs }) => (needs === 'render' ? rendered : needs !== 'base' || base !== undefined));
}
