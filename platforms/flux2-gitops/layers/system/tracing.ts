import { App, helmApp } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { Charts } from '../infra/helm-repositories';

/** Logs and traces. */
export function tracing(layer: Layer, charts: Charts): void {
  const grafana = { from: charts.grafana, values: 'Secret', staging: { values: 'encrypted' } } as const;
  helmApp(layer, 'loki', { ...grafana, chart: 'loki-stack', version: '2.x' });
  helmApp(layer, 'tempo-distributed', { ...grafana, version: '1.x', staging: { ...grafana.staging, included: false } });
  const tempo = new App(layer, 'tempo');
  tempo.release('tempo', { ...grafana, version: '1.x' });
  tempo.staging.encrypted({ resources: ['ingress'] });
}
