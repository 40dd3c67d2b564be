import type { CheckContext } from '../checks/check-context';
import type { Cluster } from '../model/flux-kustomization';
import { runbook } from './bootstrap/runbook';
import { changedFiles, clusterChange, unappliedFiles, type ClusterChange } from './change';
import { clusterPlan } from './cluster-plan';
import { obstaclesOf } from './obstacles';
import type { ClusterPlan, Plan } from './plan';
import { wavesOf } from './waves';

/** How clusters come up; from scratch with what a person does for it. */
export function planTree(context: CheckContext, clusters: readonly Cluster[], fromScratch: boolean): Plan {
  const obstacles = obstaclesOf(context);
  return {
    of: fromScratch ? 'from-scratch' : 'tree',
    clusters: clusters.map((cluster) => {
      const waves = wavesOf(cluster, obstacles.get(cluster));
      return { ...clusterPlan(cluster, waves), ...(fromScratch ? { runbook: runbook(context, cluster, waves) } : {}) };
    }),
  };
}

/** What a change sets going: in which order Flux takes it, and what that never reaches. Clusters that it does not concern are left out. */
export function planChange(before: CheckContext, after: CheckContext, clusters: readonly Cluster[], sides: Plan['sides']): Plan {
  const changed = changedFiles(before.repository.tree, after.repository.tree);
  const obstacles = obstaclesOf(after);
  const planned = clusters.flatMap((cluster) => {
    const change = clusterChange(before.clusters.find(({ name }) => name === cluster.name), cluster, changed);
    return change.touches.size + change.removed.length === 0 ? [] : [concerned(clusterPlan(cluster, wavesOf(cluster, obstacles.get(cluster))), change)];
  });
  return { of: 'change', sides, clusters: planned, unapplied: unappliedFiles(changed, [before, after]) };
}

function concerned(plan: ClusterPlan, { touches, removed }: ClusterChange): ClusterPlan {
  return {
    ...plan,
    waves: plan.waves.map((steps) => steps.flatMap((step) => (touches.has(step.kustomization) ? [{ ...step, touched: touches.get(step.kustomization)! }] : []))).filter((steps) => steps.length > 0),
    never: plan.never.flatMap((one) => (one.kind === 'Kustomization' && touches.has(one.key) ? [{ ...one, touched: touches.get(one.key)! }] : [])),
    criticalPath: [],
    longest: undefined,
    removed,
  };
}
