import { Directory, k8s, KubeObject } from 'fluxwright';
import { App } from '../../shapes/app';
import { daprComponent, daprConfiguration, daprSidecar, type DaprComponentProps } from '../../shapes/dapr';
import type { Layer } from '../../shapes/layer';
import type { WorkloadProps } from '../../shapes/workload';

const config = 'reddog.config';
const image = (name: string) => `ghcr.io/azure/reddog-retail-demo/reddog-retail-${name}:latest`;

/** Azure's retail demo: services that talk through Dapr. */
export function reddog(layer: Layer): void {
  const app = new App(layer, 'reddog', { staging: { parked: true }, resources: ['components', 'deployments'] });
  components(new Directory(app.base, 'components'));
  deployments(app, new Directory(app.base, 'deployments'));
  app.staging.encrypted({ resources: ['ingress', 'reddog-redis', 'reddog-sa', 'reddog-sb', 'reddog-sql'] });
}

function deployments(app: App, directory: Directory): void {
  const startupProbe = { httpGet: { path: '/probes/healthz', port: 80 }, failureThreshold: 6, periodSeconds: 10 };
  const readinessProbe = { httpGet: { path: '/probes/ready', port: 80 }, failureThreshold: 12, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 30 };

  const part = (name: string, { sidecarPort, servicePort, ports = [80], probes, ...props }: Partial<WorkloadProps> & { sidecarPort?: number; servicePort?: number; probes?: NonNullable<WorkloadProps['more']>['container'] }): void =>
    app.workload(name, {
      image: image(name),
      pullPolicy: 'Always',
      ports: ports.length === 0 ? undefined : ports,
      podAnnotations: daprSidecar(name, { port: sidecarPort, config }),
      more: { container: probes },
      service: servicePort === undefined ? undefined : { port: servicePort, targetPort: ports[0] as number, portName: 'http', type: 'ClusterIP', labels: { name } },
      ...props,
    }, directory);
  const backend = { sidecarPort: 80, probes: { startupProbe } };

  part('order-service', { ...backend, servicePort: 8081, requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '1.0', memory: '512Mi' } });
  part('make-line-service', { ...backend, servicePort: 8082 });
  part('accounting-service', { ...backend, servicePort: 8083, probes: { startupProbe, readinessProbe } });
  part('loyalty-service', backend);
  part('receipt-generation-service', backend);
  part('virtual-worker', { ...backend, ports: [], env: { STORE_ID: 'denver', MIN_SECONDS_TO_COMPLETE_ITEM: '2', MAX_SECONDS_TO_COMPLETE_ITEM: '12' } });
  part('virtual-customers', {
    ports: [],
    env: {
      STORE_ID: 'denver', MAX_ITEM_QUANTITY: '9',
      MIN_SEC_TO_PLACE_ORDER: '30', MAX_SEC_TO_PLACE_ORDER: '120', MIN_SEC_BETWEEN_ORDERS: '30', MAX_SEC_BETWEEN_ORDERS: '120', NUM_ORDERS: '-1',
    },
  });
  part('ui', {
    ports: [8080],
    servicePort: 80,
    env: {
      VUE_APP_SITE_TITLE: 'Red Dog Pharmacy - Denver', VUE_APP_SITE_TYPE: 'Pharmacy', VUE_APP_IS_CORP: 'false', VUE_APP_STORE_ID: 'denver',
      VUE_APP_MAKELINE_BASE_URL: 'http://make-line-service.reddog:8082', VUE_APP_ACCOUNTING_BASE_URL: 'http://accounting-service.reddog:8083',
    },
  });

  const labels = { app: 'bootstrapper' };
  new KubeObject(directory, 'bootstrapper', {
    of: k8s.KubeJob,
    object: {
      metadata: { name: 'bootstrapper', labels },
      spec: {
        template: {
          metadata: { name: 'bootstrapper', labels, annotations: daprSidecar('bootstrapper', { config }) },
          spec: { containers: [{ name: 'bootstrapper', image: image('bootstrapper'), imagePullPolicy: 'Always' }], restartPolicy: 'OnFailure' },
        },
      },
    },
  });
  new k8s.KubeRole(directory, 'secret-reader', { metadata: { name: 'secret-reader' }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }] });
  new k8s.KubeRoleBinding(directory, 'dapr-secret-reader', {
    metadata: { name: 'dapr-secret-reader' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'secret-reader' },
    subjects: [{ kind: 'ServiceAccount', name: 'default' }],
  });
}

function components(directory: Directory): void {
  const secretStore = 'reddog.secretstore';
  const redis = { type: 'state.redis', secretStore, metadata: { redisHost: { secret: 'reddog-redis', key: 'redis-server' }, redisPassword: { secret: 'reddog-redis', key: 'redis-password' } } };
  const storage = (key: string) => ({ secret: 'reddog-sa', key });
  const declared: Readonly<Record<string, DaprComponentProps>> = {
    orders: { type: 'bindings.cron', scopes: ['virtual-worker'], metadata: { schedule: '@every 5s' } },
    [secretStore]: { type: 'secretstores.kubernetes' },
    'reddog.binding.receipt': {
      type: 'bindings.azure.blobstorage', secretStore, scopes: ['receipt-generation-service'],
      metadata: { accountName: storage('account-name'), accountKey: storage('account-key'), containerName: storage('container-name') },
    },
    'reddog.pubsub': {
      type: 'pubsub.azure.servicebus', secretStore,
      scopes: ['order-service', 'make-line-service', 'loyalty-service', 'receipt-generation-service', 'accounting-service'],
      metadata: { connectionString: { secret: 'reddog-sb', key: 'sb-connect-string' } },
    },
    'reddog.state.loyalty': { ...redis, scopes: ['loyalty-service'] },
    'reddog.state.makeline': { ...redis, scopes: ['make-line-service'] },
  };
  for (const [name, props] of Object.entries(declared)) daprComponent(directory, name, props);
  daprConfiguration(directory, config);
}
