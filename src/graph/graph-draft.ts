import type { EdgeKind, Graph, GraphEdge, GraphNode } from './graph';

/** What is told of a node besides its identity. */
export type NodeFacts = Partial<Pick<GraphNode, 'detail' | 'state' | 'why' | 'wave'>>;

/** A graph that is being put together; what is entered twice is there once. */
export class GraphDraft {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly edges = new Map<string, GraphEdge>();

  /** Enters a node, and answers with its id; the first that is told of it counts. */
  node(cluster: string, kind: string, namespace: string | undefined, name: string, facts: NodeFacts = {}): string {
    const id = [cluster, kind, ...(namespace === undefined ? [] : [namespace]), name].join('|');
    if (!this.nodes.has(id)) this.nodes.set(id, { id, cluster, kind, namespace, name, detail: undefined, state: 'fine', ...facts });
    return id;
  }

  edge(from: string, to: string, kind: EdgeKind, facts: Pick<GraphEdge, 'inCircle' | 'isImplied'> = {}): void {
    const key = `${from}\n${to}\n${kind}`;
    if (!this.edges.has(key)) this.edges.set(key, { from, to, kind, ...(facts.inCircle === true ? { inCircle: true } : {}), ...(facts.isImplied === true ? { isImplied: true } : {}) });
  }

  get graph(): Graph {
    return { nodes: sorted(this.nodes), edges: sorted(this.edges) };
  }
}

function sorted<Item>(items: ReadonlyMap<string, Item>): Item[] {
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
