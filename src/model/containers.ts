import { isMapping, listAt, mappingAt, type Data, type Step } from './fields';

/** Where kinds keep the pods that they make. */
const POD_SPECS: Readonly<Record<string, readonly Step[]>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** Where an object keeps the spec of its pods; undefined for a kind that makes none. */
export function podSpecPath(kind: string): readonly Step[] | undefined {
  return Object.hasOwn(POD_SPECS, kind) ? POD_SPECS[kind] : undefined;
}

export interface Container {
  readonly data: Data;
  /** From the object. */
  readonly path: readonly Step[];
}

/** All containers of an object that makes pods, those that start first included. */
export function containersOf({ kind, data }: { readonly kind: string; readonly data: Data }): Container[] {
  const pod = podSpecPath(kind);
  if (pod === undefined) return [];
  const spec = mappingAt(data, pod);
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((field) => (
    listAt(spec, field).flatMap((container, index) => (isMapping(container) ? [{ data: container, path: [...pod, field, index] }] : []))
  ));
}
