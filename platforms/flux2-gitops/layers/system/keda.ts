import type { HelmRelease } from 'fluxwright';
import { App, helmApp } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { Charts } from '../infra/helm-repositories';

/** Autoscaling by events, and by HTTP requests. */
export function keda(layer: Layer, charts: Charts, prometheus: HelmRelease): void {
  const operator = helmApp(layer, 'keda', { from: charts.kedacore, version: '2.x', dependsOn: [prometheus], values: 'Secret' });
  const http = new App(layer, 'keda-http', { namespace: 'keda', namespaceMetadata: null });
  http.release('keda-http', { from: charts.kedacore, chart: 'keda-add-ons-http', version: '0.x', dependsOn: [operator], values: 'Secret' });
}
