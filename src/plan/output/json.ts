import type { Plan } from '../plan';

/** For programs: all there is. Fields may be added, and none changes its meaning. */
export function formatJson(plan: Plan): string {
  const never = plan.clusters.flatMap((cluster) => cluster.never).length;
  return JSON.stringify({ version: 1, summary: { clusters: plan.clusters.length, kustomizations: plan.clusters.reduce((sum, { kustomizations }) => sum + kustomizations, 0), never }, ...plan }, null, 2);
}
