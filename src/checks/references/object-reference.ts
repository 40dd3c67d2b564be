import type { Step } from '../../model/fields';
import { groupOf } from '../../model/source-object';

/** A place where an object names another one that has to be there. */
export interface ObjectReference {
  readonly target: TargetKind;
  /** Undefined for what lives in no namespace, and where any namespace would do. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** From the object. */
  readonly path: readonly Step[];
  /**
   * Who needs it: a `pod` to start, `flux` before it applies or installs, a `route` to lead somewhere, a `chart` by what its
   * values say, or another `resource`.
   */
  readonly neededBy: 'pod' | 'flux' | 'route' | 'chart' | 'resource';
  /** Keys of its data that are asked for. */
  readonly keys?: readonly { readonly key: string; readonly path: readonly Step[] }[];
  /** The port of a Service that is asked for. */
  readonly port?: { readonly value: string | number; readonly path: readonly Step[] };
  /** Whether such objects are often made by hand, so that their absence from the tree says little. */
  readonly isOftenHandmade?: boolean;
}

export interface TargetKind {
  /** '' for the core group. */
  readonly group: string;
  readonly kind: string;
}

export const CONFIG_MAP: TargetKind = { group: '', kind: 'ConfigMap' };
export const SECRET: TargetKind = { group: '', kind: 'Secret' };
export const SERVICE: TargetKind = { group: '', kind: 'Service' };
export const SERVICE_ACCOUNT: TargetKind = { group: '', kind: 'ServiceAccount' };
export const VOLUME_CLAIM: TargetKind = { group: '', kind: 'PersistentVolumeClaim' };
export const STORAGE_CLASS: TargetKind = { group: 'storage.k8s.io', kind: 'StorageClass' };
export const INGRESS_CLASS: TargetKind = { group: 'networking.k8s.io', kind: 'IngressClass' };
export const PRIORITY_CLASS: TargetKind = { group: 'scheduling.k8s.io', kind: 'PriorityClass' };
export const ISTIO_GATEWAY: TargetKind = { group: 'networking.istio.io', kind: 'Gateway' };
export const GATEWAY_CLASS: TargetKind = { group: 'gateway.networking.k8s.io', kind: 'GatewayClass' };
export const GATEWAY: TargetKind = { group: 'gateway.networking.k8s.io', kind: 'Gateway' };

/** What an apiVersion and a kind name; Kubernetes' own workloads are meant where the apiVersion is left out. */
export function targetKind(apiVersion: string | undefined, kind: string): TargetKind {
  return { group: apiVersion === undefined ? 'apps' : groupOf(apiVersion), kind };
}

export function isKind(target: TargetKind, other: TargetKind): boolean {
  return target.kind === other.kind && target.group === other.group;
}
