import type { KubeClient } from '../../cluster/kube-client';

/** A tree with a fault that a rule of `fluxwright check` tells, and what Flux makes of it. */
export interface Fault {
  readonly rule: string;
  /** What the tree has, for the table. */
  readonly what: string;
  /** The files below the cluster's folder, by name: what its root Kustomization applies, and directories beside it. */
  readonly files: Files;
  /** What a second commit makes of them, for a fault that lies in the change. */
  readonly then?: Files;
  /** What Flux did, in words, once it did it; undefined as long as it has not. */
  readonly seen: (look: Look) => Promise<string | undefined>;
  /** What is there in any case, and shows that Flux has come so far that it could have done otherwise. */
  readonly lasts?: boolean;
}

export type Files = Readonly<Record<string, string>>;

/** What there is to look at in the cluster. */
export interface Look {
  readonly client: KubeClient;
  /** What Ready of a Kustomization says, `True` or `False: …`; undefined while it says nothing, or that it is at work. */
  ready(name: string): Promise<string | undefined>;
  /** Values that a field of a ConfigMap has had in turn. */
  history(name: string): readonly string[];
}

/** A Flux Kustomization of a fault, whose objects are all called by its rule. */
export function kustomization(rule: string, name: string, path: string, more = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${rule}-${name}
  namespace: flux-system
spec:
  interval: 5s
  retryInterval: 3s
  timeout: 8s
  path: ./clusters/test/${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: ${rule}
${more}`;
}

export function configMap(name: string, value = 'one', namespace = 'default'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  value: ${value}\n`;
}

export function list(...resources: readonly string[]): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.map((one) => `  - ${one}\n`).join('')}`;
}
