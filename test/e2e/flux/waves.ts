import type { KubeObject } from '../cluster/kube-client';

/** `namespace/name` of a Kustomization that depends on others, and those. */
export type Graph = ReadonlyMap<string, readonly string[]>;

export function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** Who waits for whom, by `dependsOn`. */
export function dependencyGraph(kustomizations: readonly KubeObject[]): Graph {
  return new Map(kustomizations.map((one) => [keyOf(one), ((one.spec.dependsOn ?? []) as { name: string; namespace?: string }[]).map(({ name, namespace }) => `${namespace ?? one.metadata.namespace}/${name}`)]));
}

/** In which wave each becomes ready: one after the last of those that it waits for. */
export function waves(graph: Graph): Map<string, number> {
  const found = new Map<string, number>();
  const waveOf = (key: string): number => {
    const known = found.get(key);
    if (known !== undefined) return known;
    found.set(key, Infinity); // a cycle never becomes ready
    const wave = 1 + Math.max(0, ...(graph.get(key) ?? []).map(waveOf));
    found.set(key, wave);
    return wave;
  };
  for (const key of graph.keys()) waveOf(key);
  return found;
}
