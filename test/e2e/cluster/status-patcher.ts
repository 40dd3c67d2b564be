import { setTimeout } from 'node:timers/promises';
import type { Scope } from '../harness/scope';
import type { KubeClient, KubeObject } from './kube-client';

/** What a controller that is not there would say of an object that is well. */
const WELL: Readonly<Record<string, (object: KubeObject) => Record<string, unknown>>> = {
  'apps/v1 Deployment': ({ spec }) => ({ ...replicas(spec.replicas ?? 1), conditions: [condition('Available'), condition('Progressing', 'NewReplicaSetAvailable')] }),
  'apps/v1 StatefulSet': ({ spec }) => ({ ...replicas(spec.replicas ?? 1), currentReplicas: spec.replicas ?? 1, currentRevision: 'one', updateRevision: 'one' }),
  'apps/v1 DaemonSet': () => ({ desiredNumberScheduled: 1, currentNumberScheduled: 1, updatedNumberScheduled: 1, numberReady: 1, numberAvailable: 1, numberMisscheduled: 0 }),
  'batch/v1 Job': () => ({ succeeded: 1, startTime: now(), completionTime: now(), conditions: [condition('SuccessCriteriaMet'), condition('Complete')] }),
  'v1 PersistentVolumeClaim': () => ({ phase: 'Bound' }),
  'policy/v1 PodDisruptionBudget': () => ({ currentHealthy: 1, desiredHealthy: 1, disruptionsAllowed: 1, expectedPods: 1 }),
  'postgresql.cnpg.io/v1 Cluster': () => ({ conditions: [condition('Ready')] }),
  'cert-manager.io/v1 Certificate': () => ({ conditions: [condition('Ready')] }),
  'cert-manager.io/v1 ClusterIssuer': () => ({ conditions: [condition('Ready')] }),
  'cert-manager.io/v1 Issuer': () => ({ conditions: [condition('Ready')] }),
};

/** Makes objects ready whose controllers need a kubelet, or a cloud: nothing runs here. */
export function patchStatuses(scope: Scope, client: KubeClient): void {
  let isStopped = false;
  const loop = (async () => {
    while (!isStopped) {
      for (const [type, well] of Object.entries(WELL)) {
        const [apiVersion, kind] = type.split(' ') as [string, string];
        try {
          for (const object of await client.list(apiVersion, kind)) {
            if (object.status?.observedGeneration === object.metadata.generation || object.status?.phase === 'Bound' || object.status?.succeeded === 1) continue;
            const status = well(object);
            await client.setStatus(object, 'phase' in status || kind === 'Job' ? status : { observedGeneration: object.metadata.generation, ...status });
          }
        } catch (error) {
          if (!isStopped && !/not found|NotFound/.test(String(error))) process.stderr.write(`status patcher: ${kind}: ${String(error)}\n`);
        }
      }
      await setTimeout(500);
    }
  })();
  scope.defer(async () => {
    isStopped = true;
    await loop;
  });
}

function replicas(count: number): Record<string, number> {
  return { replicas: count, updatedReplicas: count, readyReplicas: count, availableReplicas: count };
}

function condition(type: string, reason = 'MadeReady'): Record<string, string> {
  return { type, status: 'True', reason, message: 'by the status patcher', lastTransitionTime: now() };
}

function now(): string {
  return new Date().toISOString().replace(/\.\d+/, '');
}
