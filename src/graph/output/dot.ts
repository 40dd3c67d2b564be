import { visible } from '../../visible';
import type { Graph, GraphNode } from '../graph';
import { ALARM, COLOURS, drawingOf, type DrawnEdge, type DrawnNode } from './drawing';

/** Above as many nodes and edges, Graphviz would look for a layout with few crossings for longer than anybody waits. */
const LARGE = 400;

/** Above as many edges, it does not lead them around boxes either. */
const CROWDED = 1500;

/** For Graphviz, and for what reads its language. */
export function formatDot(graph: Graph): string {
  const { clusters, edges } = drawingOf(graph);
  return [
    'digraph flux {',
    `  graph [rankdir=LR, ranksep=0.6, nodesep=0.2, bgcolor="white", fontname="Helvetica"${limits(clusters.reduce((sum, { nodes }) => sum + nodes.length, 0), edges.length)}];`,
    '  node [shape=box, style="rounded,filled", fillcolor="white", color="#374151", fontname="Helvetica", fontsize=11, margin="0.16,0.08"];',
    '  edge [color="#6b7280", fontname="Helvetica", fontsize=9, arrowsize=0.7];',
    ...clusters.flatMap(({ name, nodes }, index) => (clusters.length === 1
      ? nodes.map((node) => `  ${box(node)}`)
      : [`  subgraph cluster_${index + 1} {`, `    label=${quoted([name])}; color="#d1d5db"; style="rounded";`, ...nodes.map((node) => `    ${box(node)}`), '  }'])),
    ...edges.map((edge) => `  ${arrow(edge)}`),
    '}',
  ].join('\n');
}

function limits(nodes: number, edges: number): string {
  return `${nodes + edges > LARGE ? ', nslimit=1, nslimit1=1, mclimit=0.1' : ''}${edges > CROWDED ? ', splines=line' : ''}`;
}

function box({ key, node, lines }: DrawnNode): string {
  const fill = FILLS.find(([pattern]) => pattern.test(node.kind))?.[1] ?? '#f3f4f6';
  const state = node.state === 'fine' ? '' : `, color="${ALARM}", penwidth=2${node.state === 'missing' ? ', style="rounded,filled,dashed"' : ''}`;
  return `${key} [label=${quoted(lines)}, tooltip=${quoted([tooltip(node)])}, fillcolor="${fill}"${state}];`;
}

const FILLS: readonly (readonly [RegExp, string])[] = [[/^Kustomization$/, '#dbeafe'], [/^HelmRelease$/, '#dcfce7'], [/^Image/, '#ede9fe'], [/^File$/, '#fef9c3']];

function tooltip({ id, why }: GraphNode): string {
  return visible(why ?? id.split('|').slice(1).join(' '), 300);
}

function arrow({ first, second, edge, label, isBroken }: DrawnEdge): string {
  const isAlarming = isBroken || edge.inCircle === true;
  const style = edge.kind === 'applies' ? 'solid' : edge.kind === 'source' ? 'dotted' : 'dashed';
  return `${first} -> ${second} [style=${style}, color="${isAlarming ? ALARM : COLOURS[edge.kind]}"${isAlarming ? ', penwidth=2' : ''}${label === '' ? '' : `, tooltip="${label}"${isAlarming ? `, label="${label}"` : ''}`}];`;
}

/** Lines in quotes; Graphviz reads backslashes and entities of HTML in them. */
function quoted(lines: readonly string[]): string {
  return `"${lines.map((line) => line.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"')).join('\\n')}"`;
}
