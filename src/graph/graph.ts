/** Flux objects of clusters and what ties them together, as data: every format is made from it alone. */
export interface Graph {
  /** By id. */
  readonly nodes: readonly GraphNode[];
  /** By their ends. */
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  /** Unique in the graph: its cluster, kind, namespace and name. */
  readonly id: string;
  /** The path of its cluster's entry point. */
  readonly cluster: string;
  /** `File` for a file that image automation writes to. */
  readonly kind: string;
  readonly namespace: string | undefined;
  /** The path, for a file. */
  readonly name: string;
  /** What it points at: a path, a URL, an image. */
  readonly detail: string | undefined;
  /** `missing`: something names it, and it is not there. `never`: it cannot become ready. */
  readonly state: 'fine' | 'never' | 'missing';
  /** Why it cannot become ready, in a sentence. */
  readonly why?: string;
  /** Of a Kustomization: when it comes up, from 1. */
  readonly wave?: number;
}

/**
 * What one node has to do with another, read from the first to the second: a Kustomization `applies`, `depends-on`, has its
 * `source` and checks the health of; a policy `chooses-from` a repository and `sets` a file, which a Kustomization `builds`; an
 * automation `writes` files.
 */
export type EdgeKind = 'applies' | 'depends-on' | 'source' | 'health-check' | 'chooses-from' | 'sets' | 'writes' | 'builds';

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Whether it is part of a circle that never becomes ready. */
  readonly inCircle?: boolean;
  /** Whether it goes without saying: the source of what applies a Kustomization is that of the Kustomization, too. */
  readonly isImplied?: boolean;
}

/** In drawings an arrow points from what comes first to what needs it, so that time runs in one direction. */
export function drawn({ from, to, kind }: GraphEdge): readonly [first: string, second: string] {
  return kind === 'applies' || kind === 'sets' || kind === 'writes' ? [from, to] : [to, from];
}
