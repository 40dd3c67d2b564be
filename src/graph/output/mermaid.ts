import type { Graph, GraphNode } from '../graph';
import { ALARM, COLOURS, drawingOf, type DrawnEdge, type DrawnNode } from './drawing';

/** For Markdown that draws Mermaid, as that of GitHub and GitLab. */
export function formatMermaid(graph: Graph): string {
  const { clusters, edges } = drawingOf(graph);
  const nodes = clusters.flatMap(({ name, nodes: own }, index) => (clusters.length === 1
    ? own.map((node) => `  ${box(node)}`)
    : [`  subgraph c${index + 1}[${quoted([name])}]`, ...own.map((node) => `    ${box(node)}`), '  end']));
  return [
    'flowchart LR',
    ...nodes,
    ...edges.map((edge) => `  ${arrow(edge)}`),
    ...linkStyles(edges),
    ...(['never', 'missing'] as const).flatMap((state) => {
      const alarming = clusters.flatMap(({ nodes: own }) => own.filter(({ node }) => node.state === state).map(({ key }) => key));
      return alarming.length === 0 ? [] : [`  classDef ${state} stroke:${ALARM},stroke-width:2px${state === 'missing' ? ',stroke-dasharray:4' : ''}`, `  class ${alarming.join(',')} ${state}`];
    }),
  ].join('\n');
}

function box({ key, node, lines }: DrawnNode): string {
  const [open, close] = shape(node);
  return `${key}${open}${quoted(lines)}${close}`;
}

function shape({ kind }: GraphNode): readonly [string, string] {
  if (kind === 'Kustomization') return ['[', ']'];
  if (kind === 'HelmRelease') return ['(', ')'];
  if (kind.startsWith('Image')) return ['{{', '}}'];
  return kind === 'File' ? ['>', ']'] : ['[(', ')]'];
}

function arrow({ first, second, edge, label }: DrawnEdge): string {
  const line = edge.kind === 'applies' ? '-->' : '-.->';
  return `${first} ${line}${label === '' ? '' : `|${label}|`} ${second}`;
}

/** One line for each look: arrows go by their number. */
function linkStyles(edges: readonly DrawnEdge[]): string[] {
  const numbers = new Map<string, number[]>();
  edges.forEach((edge, index) => {
    if (edge.edge.kind === 'applies' && !isAlarming(edge)) return;
    const style = isAlarming(edge) ? `stroke:${ALARM},stroke-width:2px` : `stroke:${COLOURS[edge.edge.kind]}`;
    numbers.get(style)?.push(index) ?? numbers.set(style, [index]);
  });
  return [...numbers].map(([style, indexes]) => `  linkStyle ${indexes.join(',')} ${style}`);
}

function isAlarming({ edge, isBroken }: DrawnEdge): boolean {
  return isBroken || edge.inCircle === true;
}

/** Text in quotes, with each letter that Mermaid or HTML could read as more by its number. */
function quoted(lines: readonly string[]): string {
  return `"${lines.map((line) => [...line].map((letter) => (/[A-Za-z0-9 ,.:_/-]/.test(letter) ? letter : `#${letter.codePointAt(0)!};`)).join('')).join('<br/>')}"`;
}
