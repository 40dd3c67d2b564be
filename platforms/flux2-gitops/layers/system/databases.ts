import type { HelmRelease } from 'fluxwright';
import { helmApp } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { Charts } from '../infra/helm-repositories';

/** Databases and queues. All of them are measured, so they wait for Prometheus. */
export function databases(layer: Layer, charts: Charts, prometheus: HelmRelease): { readonly postgres: HelmRelease; readonly redis: HelmRelease } {
  const common = { dependsOn: [prometheus], values: 'Secret' } as const;
  const bitnami = { ...common, from: charts.bitnami, staging: { values: 'encrypted' } } as const;

  const postgres = helmApp(layer, 'postgres', { ...bitnami, chart: 'postgresql', version: '12.x', staging: { ...bitnami.staging, version: '12.5.2' } });
  const redis = helmApp(layer, 'redis', { ...bitnami, version: '17.x' });
  helmApp(layer, 'mongodb', { ...bitnami, version: '14.x' });
  helmApp(layer, 'rabbitmq', { ...bitnami, version: '12.x' });
  helmApp(layer, 'mysql', { ...bitnami, version: '9.x', staging: { ...bitnami.staging, included: false } });
  helmApp(layer, 'kafka', { ...common, from: charts.bitnami, version: '20.x', staging: { included: false } });
  helmApp(layer, 'pulsar', { ...common, from: charts.pulsar, version: '3.x', staging: { values: 'encrypted', included: false } });
  helmApp(layer, 'qdrant', { ...common, from: charts.qdrant, version: '0.x' });
  return { postgres, redis };
}
