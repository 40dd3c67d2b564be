import type { Graph, GraphNode } from '../graph/graph';
import { formatSvg } from '../graph/output/svg';
import type { Placed } from './place-findings';

/** Larger drawings show nothing that a person could follow; the waves do. */
const MOST_BOXES = 300;

/** The graph of one cluster as SVG; undefined where it is too large to be looked at. */
export async function drawingOf(graph: Graph, cluster: string): Promise<string | undefined> {
  const own = clusterOf(graph, cluster);
  return own.nodes.length === 0 || own.nodes.length > MOST_BOXES ? undefined : formatSvg(own);
}

/** What each box of a drawing leads to, in the order of the graph's nodes: a Kustomization, the object of one, or ''. */
export function boxesOf(graph: Graph, cluster: string, placed: readonly Placed[]): string[] {
  const { nodes } = clusterOf(graph, cluster);
  return nodes.length > MOST_BOXES ? [] : nodes.map((node) => targetOf(node, placed));
}

function clusterOf({ nodes, edges }: Graph, cluster: string): Graph {
  const own = nodes.filter((node) => node.cluster === cluster);
  const ids = new Set(own.map(({ id }) => id));
  return { nodes: own, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

function targetOf({ kind, namespace, name }: GraphNode, placed: readonly Placed[]): string {
  if (kind === 'Kustomization') {
    const found = placed.find(({ kustomization: { key } }) => key === `${namespace ?? ''}/${name}`);
    return found === undefined ? '' : `k${found.id}`;
  }
  for (const { id, kustomization } of placed) {
    const index = kustomization.objects.findIndex((object) => object.kind === kind && object.name === name && (object.namespace ?? namespace) === namespace);
    if (index >= 0) return `k${id}.${index}`;
  }
  return '';
}
