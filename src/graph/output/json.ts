import type { Graph } from '../graph';

/** For programs: all there is. Fields may be added, and none changes its meaning. */
export function formatJson({ nodes, edges }: Graph): string {
  return JSON.stringify({ version: 1, nodes, edges }, null, 2);
}
