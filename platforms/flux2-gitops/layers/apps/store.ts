import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { IngressProps, ServiceProps, WorkloadProps } from '../../shapes/workload';
import { endpoints, PER_STAGE, site } from '../../site';

const urls = { order: 'http://order-service:3000/', product: 'http://product-service:3002/', makeline: 'http://makeline-service:3001/', ai: 'http://ai-service:5001/' };
const tiny = { requests: { cpu: '1m', memory: '1Mi' }, limits: { cpu: '1m', memory: '5Mi' } };

/** A shop: two web pages, the services behind them, and customers and workers that only pretend. */
export function store(layer: Layer): void {
  const app = new App(layer, 'store');
  const part = (name: string, { pod, service, ...props }: Omit<WorkloadProps, 'image' | 'service'> & { pod?: NonNullable<WorkloadProps['more']>['pod']; service?: ServiceProps }): void => {
    app.workload(name, {
      image: `${site.registry}/store/${name}:latest`,
      pullPolicy: 'Always',
      labels: {},
      service: service && { type: 'ClusterIP', ...service },
      ...props,
      more: { pod: { nodeSelector: { 'kubernetes.io/os': 'linux' }, ...pod } },
    });
    app.staging.encrypted({ patches: [`${name}-deployment`, ...(props.ingress === undefined ? [] : [`${name}-ingress`])] });
  };
  const queue = { ORDER_QUEUE_USERNAME: PER_STAGE, ORDER_QUEUE_PASSWORD: PER_STAGE, ORDER_QUEUE_NAME: 'orders' };
  const waiting = { requests: { cpu: '1m', memory: '50Mi' }, limits: { cpu: '75m', memory: '128Mi' } };
  const [host, queuePort] = [endpoints.rabbitmq, 5672];

  part('order-service', {
    ports: [3000],
    env: { ORDER_QUEUE_HOSTNAME: host, ORDER_QUEUE_PORT: String(queuePort), ...queue, FASTIFY_ADDRESS: '0.0.0.0' },
    ...waiting,
    pod: {
      initContainers: [{
        name: 'wait-for-rabbitmq',
        image: 'busybox',
        command: ['sh', '-c', `until nc -zv ${host} ${queuePort}; do echo waiting for rabbitmq; sleep 2; done;`],
        resources: waiting,
      }],
    },
    service: { port: 3000, portName: 'http' },
  });
  part('makeline-service', {
    ports: [3001],
    env: {
      ORDER_QUEUE_URI: `amqp://${host}:${queuePort}`, ...queue,
      ORDER_DB_URI: endpoints.mongodb, ORDER_DB_USERNAME: PER_STAGE, ORDER_DB_PASSWORD: PER_STAGE, ORDER_DB_NAME: 'orderdb', ORDER_DB_COLLECTION_NAME: 'orders',
    },
    requests: { cpu: '1m', memory: '6Mi' },
    limits: { cpu: '5m', memory: '20Mi' },
    service: { port: 3001, portName: 'http' },
  });
  part('product-service', { ports: [3002], ...tiny, service: { port: 3002, portName: 'http' } });
  part('ai-service', {
    container: 'order-service', // as the original calls it, and a patch would have to
    ports: [5001],
    env: { USE_AZURE_OPENAI: 'True', AZURE_OPENAI_DEPLOYMENT_NAME: PER_STAGE, AZURE_OPENAI_ENDPOINT: PER_STAGE, OPENAI_API_KEY: PER_STAGE },
    requests: { cpu: '20m', memory: '50Mi' },
    limits: { cpu: '30m', memory: '65Mi' },
    service: { port: 5001, portName: 'http' },
  });

  const page = (name: string, containerPort: number): Pick<WorkloadProps, 'ports' | 'requests' | 'limits'> & { service: ServiceProps; ingress: IngressProps } => ({
    ports: [{ name, containerPort }],
    requests: { cpu: '1m', memory: '200Mi' },
    limits: { cpu: '1000m', memory: '512Mi' },
    service: { port: 80, targetPort: containerPort },
    ingress: { host: `${name}.${site.domain}`, port: 80 },
  });
  part('store-front', { ...page('store-front', 8080), env: { VUE_APP_ORDER_SERVICE_URL: urls.order, VUE_APP_PRODUCT_SERVICE_URL: urls.product } });
  part('store-admin', { ...page('store-admin', 8081), env: { VUE_APP_PRODUCT_SERVICE_URL: urls.product, VUE_APP_MAKELINE_SERVICE_URL: urls.makeline, VUE_APP_AI_SERVICE_URL: urls.ai } });

  part('virtual-customer', { ...tiny, env: { ORDER_SERVICE_URL: urls.order, ORDERS_PER_HOUR: '100' } });
  part('virtual-worker', { ...tiny, env: { MAKELINE_SERVICE_URL: urls.makeline.replace(/\/$/, ''), ORDERS_PER_HOUR: '100' } });
}
