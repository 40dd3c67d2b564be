import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { endpoints, PER_STAGE } from '../../site';

/** Mythical beasts, which show logs, metrics and traces together. */
export function mythical(layer: Layer): void {
  const namespace = 'mythical';
  const app = new App(layer, namespace);
  const observed = {
    NAMESPACE: namespace,
    LOGS_TARGET: endpoints.loki,
    TRACING_COLLECTOR_HOST: endpoints.tempo,
    TRACING_COLLECTOR_PORT: '4317',
    OTEL_EXPORTER_OTLP_TRACES_INSECURE: 'true',
    OTEL_RESOURCE_ATTRIBUTES: 'env=kubernetes',
  };
  const queue = { RABBITMQ_HOST: endpoints.rabbitmq, RABBITMQ_USER: PER_STAGE, RABBITMQ_PASSWORD: PER_STAGE };
  const database = { POSTGRES_HOST: endpoints.postgres, POSTGRES_PORT: '5432', POSTGRES_DATABASE: PER_STAGE, POSTGRES_USER: PER_STAGE, POSTGRES_PASSWORD: PER_STAGE };

  for (const [name, port, env] of [['server', 4000, database], ['requester', 4001, queue], ['recorder', 4002, queue]] as const) {
    const part = `mythical-${name}`;
    const portName = 'http-metrics';
    app.workload(part, {
      image: `huangyingting/${part}:latest`,
      pullPolicy: 'Always',
      ports: [port],
      env: { ...observed, ...env },
      service: { port, portName, labels: { app: part } },
      monitor: { endpoints: [{ port: portName, interval: '5s' }], namespaces: [namespace], selector: { matchLabels: { app: part } } },
    });
    app.staging.encrypted({ patches: [`${part}-deployment`] });
  }
}
