import { ConfigMapGenerator } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { Charts } from '../infra/helm-repositories';

/** Dapr, and the collector that its sidecars send traces to. */
export function dapr(layer: Layer, charts: Charts): void {
  const app = new App(layer, 'dapr', { namespace: 'dapr-system' });
  app.release('dapr', { from: charts.dapr, version: '1.x' });

  const health = { httpGet: { path: '/', port: 13133 } };
  const file = 'otel-collector-config';
  new ConfigMapGenerator(app.base, 'otel-collector-conf', {
    files: { [file]: app.data(app.base, `${file}.yaml`) },
    options: { disableNameSuffixHash: true, labels: { app: 'opentelemetry', component: 'otel-collector-conf' } },
  });
  app.workload('otel-collector', {
    image: 'otel/opentelemetry-collector-contrib:0.50.0',
    selector: { app: 'opentelemetry' },
    labels: { app: 'opentelemetry', component: 'otel-collector' },
    podLabels: { app: 'opentelemetry', component: 'otel-collector' },
    ports: [9411],
    requests: { cpu: '200m', memory: '400Mi' },
    limits: { cpu: 1, memory: '2Gi' },
    more: {
      container: { command: ['/otelcol-contrib', `--config=/conf/${file}.yaml`], livenessProbe: health, readinessProbe: health, volumeMounts: [{ name: `${file}-vol`, mountPath: '/conf' }] },
      pod: { volumes: [{ name: `${file}-vol`, configMap: { name: 'otel-collector-conf', items: [{ key: file, path: `${file}.yaml` }] } }] },
    },
    service: { port: 9411, portName: 'zipkin', protocol: 'TCP', selector: { component: 'otel-collector' }, labels: { app: 'opencesus', component: 'otel-collector' } },
  });
}
