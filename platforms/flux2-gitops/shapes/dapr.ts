import { KubeObject, type Directory } from 'fluxwright';
import { endpoints } from '../site';

/** The annotations that put Dapr's sidecar into a pod. */
export function daprSidecar(name: string, { port, config }: { readonly port?: number; readonly config: string }): Readonly<Record<string, string>> {
  return { 'dapr.io/enabled': 'true', 'dapr.io/app-id': name, ...(port === undefined ? {} : { 'dapr.io/app-port': String(port) }), 'dapr.io/config': config };
}

/** How Dapr traces. */
export function daprConfiguration(directory: Directory, name: string): void {
  new KubeObject(directory, name, {
    of: { apiVersion: 'dapr.io/v1alpha1', kind: 'Configuration' },
    object: { metadata: { name }, spec: { tracing: { samplingRate: '1', zipkin: { endpointAddress: endpoints.zipkin } } } },
  });
}

export interface DaprComponentProps {
  readonly type: string;
  readonly secretStore?: string;
  /** Who may use it. @default every app of the namespace */
  readonly scopes?: readonly string[];
  /** Its settings, or the keys of the Secrets that hold them. */
  readonly metadata?: Readonly<Record<string, string | { readonly secret: string; readonly key: string }>>;
}

/** Something that Dapr stands in front of: a state store, a queue, a binding. */
export function daprComponent(directory: Directory, name: string, { type, secretStore, scopes, metadata = {} }: DaprComponentProps): void {
  const settings = Object.entries(metadata).map(([setting, value]) => (typeof value === 'string' ? { name: setting, value } : { name: setting, secretKeyRef: { name: value.secret, key: value.key } }));
  new KubeObject(directory, name, {
    of: { apiVersion: 'dapr.io/v1alpha1', kind: 'Component' },
    object: { metadata: { name }, auth: secretStore && { secretStore }, scopes, spec: { type, version: 'v1', metadata: settings } },
  });
}
