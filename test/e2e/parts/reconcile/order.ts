import type { ReadyTimes } from '../../flux/ready-times';
import { dependencyGraph, waves } from '../../flux/waves';
import type { Row } from '../../harness/report';

/** Whether Kustomizations became ready in the order that the tree foretells; prints the waves, with what was seen. */
export function checkOrder({ latest, times }: ReadyTimes, row: Row): void {
  const graph = dependencyGraph(latest);
  const seconds = (milliseconds: number | undefined): string => (milliseconds === undefined ? 'never' : `${(milliseconds / 1000).toFixed(1)} s`);
  const inOrder = [...waves(graph)].sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1));
  for (const [key, wave] of inOrder) process.stderr.write(`  wave ${wave}: ${key.padEnd(50)} applied ${seconds(times.get(key)?.applied)}, Ready ${seconds(times.get(key)?.ready)}\n`);
  for (const [key, dependencies] of graph) {
    for (const dependency of dependencies) {
      const [applied, ready] = [times.get(key)?.applied ?? Infinity, times.get(dependency)?.ready ?? Infinity];
      row.check(applied >= ready && applied < Infinity, () => `${key} applied at ${seconds(applied)}, ${dependency} was Ready at ${seconds(ready)}`);
    }
  }
}
