import { KubeObject } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { ingress } from '../../shapes/workload';
import { PER_STAGE } from '../../site';

/** WebAssembly that runs only while it is asked for: requests go through KEDA's interceptor. */
export function rustSlight(layer: Layer): void {
  const name = 'rust-slight';
  // two namespaces, so each object names its own
  const app = new App(layer, name, { namespace: null, staging: { included: false } });
  app.workload(name, {
    namespace: name,
    image: 'ghcr.io/huangyingting/rust-slight:main',
    pullPolicy: 'IfNotPresent',
    labels: {},
    env: { REDIS_ADDRESS: PER_STAGE },
    more: { container: { command: ['/'] }, pod: { runtimeClassName: 'wasmtime-slight-v1' } },
    service: { port: 3000, protocol: 'TCP', type: 'ClusterIP' },
  });
  new KubeObject(app.base, 'scaled-object', {
    of: { apiVersion: 'http.keda.sh/v1alpha1', kind: 'HTTPScaledObject' },
    object: {
      metadata: { name, namespace: name },
      spec: { host: PER_STAGE, targetPendingRequests: 200, replicas: { min: 0, max: 10 }, scaleTargetRef: { deployment: name, service: name, port: 3000 } },
    },
  });
  ingress(app.base, name, {
    namespace: 'keda', host: PER_STAGE, service: 'keda-add-ons-http-interceptor-proxy', port: 8080, pathType: 'Prefix', issuer: null,
    annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': '/' },
  });
  app.staging.encrypted({ patches: ['deployment', 'scaled-object', 'ingress'] });
}
