import type { Cluster } from '../model/flux-kustomization';
import { circleFault, missingFault } from './fault-text';
import { longestOf } from './critical-path';
import { subjectId } from './milestone';
import type { Fault, Never } from './never';
import type { ClusterPlan, PlannedFault, PlannedNever, PlannedStep } from './plan';
import { retryOf, timeoutOf } from './durations';
import type { Step, Waves } from './waves';

/** The waves of a cluster as plain data. */
export function clusterPlan(cluster: Cluster, { waves, never, criticalPath }: Waves): ClusterPlan {
  return {
    cluster: cluster.name,
    kustomizations: cluster.kustomizations.length,
    waves: waves.map((steps) => steps.map(plannedStep)),
    never: never.map(plannedNever),
    criticalPath: criticalPath.map(({ kustomization: { key }, because }) => ({ kustomization: key, because })),
    longest: longestOf(criticalPath),
  };
}

function plannedStep({ kustomization, wave, readyIn, waits, after, early }: Step): PlannedStep {
  const { key, path, data } = kustomization;
  return { kustomization: key, path: path === '' ? '.' : path, ...(readyIn > wave ? { readyIn } : {}), waits, timeout: timeoutOf(data), after, early, retry: retryOf(data) };
}


function plannedNever({ subject: { kind, key, object }, appliesIn, faults, blockedBy, roots }: Never): PlannedNever {
  const place = object.source === undefined ? {} : { at: `${object.source.file}:${object.source.line}` };
  const blockers = new Map(blockedBy.map(({ reason, by }) => [`${reason} ${subjectId(by)}`, { reason, on: by.kind === 'HelmRelease' ? subjectId(by) : by.key }]));
  return { kind, key, appliesIn, faults: faultsOf(faults).map((fault) => ({ ...place, ...fault })), blockedBy: [...blockers.values()], becauseOf: roots.map(subjectId) };
}

/** A check says more of what is missing than the order can. */
function faultsOf(faults: readonly Fault[]): PlannedFault[] {
  const checked = faults.flatMap((fault): PlannedFault[] => {
    if (fault.type !== 'obstacle') return [];
    const { rule, message, fix, at } = fault.obstacle;
    return [{ rule, message, fix, ...(at === undefined ? {} : { at }) }];
  });
  const isKnownMissing = checked.some(({ rule }) => rule.startsWith('depends-on-'));
  return [...checked, ...faults.flatMap((fault) => (fault.type === 'circle' ? [circleFault(fault.circle)] : fault.type === 'missing' && !isKnownMissing ? [missingFault(fault.what)] : []))];
}
