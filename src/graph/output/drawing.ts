import { visible } from '../../visible';
import { drawn, type EdgeKind, type Graph, type GraphEdge, type GraphNode } from '../graph';

/** What a drawing shows of a graph, whatever draws it. */
export interface Drawing {
  readonly clusters: readonly { readonly name: string; readonly nodes: readonly DrawnNode[] }[];
  readonly edges: readonly DrawnEdge[];
}

export interface DrawnNode {
  readonly key: string;
  readonly node: GraphNode;
  /** Lines of text, with nothing in them that cannot be seen. */
  readonly lines: readonly string[];
}

export interface DrawnEdge {
  readonly first: string;
  readonly second: string;
  readonly edge: GraphEdge;
  /** What the arrow says. */
  readonly label: string;
  /** Whether it leads to something that is not there. */
  readonly isBroken: boolean;
}

/** Long names would make a drawing of one box. */
const MOST_LETTERS = 60;

/** What goes without saying is left out: the one source that everything is built from would stand between all. */
export function drawingOf({ nodes, edges }: Graph): Drawing {
  const keys = new Map(nodes.map(({ id }, index) => [id, `n${index + 1}`]));
  const missing = new Set(nodes.flatMap(({ id, state }) => (state === 'missing' ? [id] : [])));
  const names = [...new Set(nodes.map(({ cluster }) => cluster))].sort();
  return {
    clusters: names.map((name) => ({ name: visible(name === '' ? '.' : name, MOST_LETTERS), nodes: nodes.filter(({ cluster }) => cluster === name).map((node) => ({ key: keys.get(node.id)!, node, lines: linesOf(node) })) })),
    edges: edges.filter(({ isImplied, from, to }) => isImplied !== true || missing.has(from) || missing.has(to)).map((edge) => {
      const [first, second] = drawn(edge);
      return { first: keys.get(first)!, second: keys.get(second)!, edge, label: LABELS[edge.kind], isBroken: missing.has(edge.from) || missing.has(edge.to) };
    }),
  };
}

function linesOf({ kind, namespace, name, detail, state, wave }: GraphNode): string[] {
  const title = namespace === undefined || namespace === 'flux-system' ? name : `${namespace}/${name}`;
  const remark = state === 'missing' ? 'missing' : state === 'never' ? 'never ready' : wave === undefined ? undefined : `wave ${wave}`;
  return [`${kind}${remark === undefined ? '' : `, ${remark}`}`, title, ...(detail === undefined || detail === name ? [] : [detail])].map((line) => visible(line, MOST_LETTERS));
}

/** From what comes first to what needs it. */
const LABELS: Readonly<Record<EdgeKind, string>> = {
  applies: '', 'depends-on': 'before', source: 'source of', 'health-check': 'healthy before', 'chooses-from': 'tags for', sets: 'sets', writes: 'commits', builds: 'part of',
};

/** Colours that are told apart on white and on black, and by those who see few. */
export const COLOURS: Readonly<Record<EdgeKind, string>> = {
  applies: '#6b7280', 'depends-on': '#2563eb', source: '#9ca3af', 'health-check': '#0f766e', 'chooses-from': '#7c3aed', sets: '#7c3aed', writes: '#7c3aed', builds: '#7c3aed',
};

export const ALARM = '#dc2626';
