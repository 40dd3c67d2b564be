import { DestinationRule, k8s, VirtualService, type Directory, type VirtualServiceProps } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { service } from '../../shapes/workload';

const version = '1.17.0';

/** Istio's sample, with the routes that the stage tries out. */
export function bookinfo(layer: Layer): void {
  const app = new App(layer, 'bookinfo', { staging: { parked: true }, namespaceMetadata: { labels: { 'istio-injection': 'enabled' } } });
  const temporary = { tmp: '/tmp' };
  part(app, 'details', ['v1']);
  part(app, 'productpage', ['v1'], { volumes: temporary });
  part(app, 'ratings', ['v1']);
  part(app, 'reviews', ['v1', 'v2', 'v3'], { env: { LOG_DIR: '/tmp/logs' }, volumes: { ...temporary, 'wlp-output': '/opt/ibm/wlp/output' } });

  const to = (host: string, subset = 'v1') => ({ destination: { host, subset } });
  route(app.staging.overlay, 'details', ['v1', 'v2'], [{ route: [to('details')] }]);
  route(app.staging.overlay, 'productpage', ['v1'], [{ route: [to('productpage')] }]);
  // one tester waits for the ratings
  route(app.staging.overlay, 'ratings', ['v1', 'v2', 'v2-mysql', 'v2-mysql-vm'], [
    { match: [{ headers: { 'end-user': { exact: 'jason' } } }], fault: { delay: { fixedDelay: '7s', percentage: { value: 100 } } }, route: [to('ratings')] },
    { route: [to('ratings')] },
  ]);
  route(app.staging.overlay, 'reviews', ['v1', 'v2', 'v3'], [{ route: [{ ...to('reviews'), weight: 50 }, { ...to('reviews', 'v3'), weight: 50 }] }]);
  app.staging.encrypted({ resources: ['virtual-service'] });
}

interface PartProps {
  readonly env?: Readonly<Record<string, string>>;
  /** Empty directories, and where they are mounted. */
  readonly volumes?: Readonly<Record<string, string>>;
}

/** A service in one or several versions, and the account that all of them run as. */
function part(app: App, name: string, versions: readonly string[], { env, volumes = {} }: PartProps = {}): void {
  const account = `bookinfo-${name}`;
  const names = Object.keys(volumes);
  new k8s.KubeServiceAccount(app.base, `${name}-account`, { metadata: { name: account, labels: { account: name } } });
  service(app.file(`${name}-service`), name, { port: 9080, targetPort: null, portName: 'http', labels: { app: name, service: name } });
  for (const subset of versions) {
    app.workload(`${name}-${subset}`, {
      container: name,
      image: `docker.io/istio/examples-bookinfo-${name}-${subset}:${version}`,
      pullPolicy: 'IfNotPresent',
      selector: { app: name, version: subset },
      ports: [9080],
      env,
      more: {
        container: { securityContext: { runAsUser: 1000 }, volumeMounts: names.length === 0 ? undefined : names.map((volume) => ({ name: volume, mountPath: volumes[volume]! })) },
        pod: { serviceAccountName: account, volumes: names.length === 0 ? undefined : names.map((volume) => ({ name: volume, emptyDir: {} })).reverse() },
      },
    });
  }
}

/** The versions that routes can name, and the routes. */
function route(directory: Directory, host: string, subsets: readonly string[], http: VirtualServiceProps['spec']['http']): void {
  const apiVersion = 'v1alpha3';
  new DestinationRule(directory, `${host}-destination-rule`, { apiVersion, name: host, spec: { host, subsets: subsets.map((name) => ({ name, labels: { version: name } })) } });
  new VirtualService(directory, `${host}-virtual-service`, { apiVersion, name: host, spec: { hosts: [host], http } });
}
