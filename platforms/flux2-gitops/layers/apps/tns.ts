import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { endpoints } from '../../site';

/** The New Stack: three tiers that pass traces on. */
export function tns(layer: Layer): void {
  const namespace = 'tns';
  const app = new App(layer, 'tns', { namespace: 'echo', staging: { namespace, parked: true } });
  const part = (name: string, ...calls: readonly string[]) => app.workload(name, {
    image: `grafana/tns-${name}:latest`,
    pullPolicy: 'IfNotPresent',
    ports: [{ name: 'http-metrics', containerPort: 80 }],
    env: { JAEGER_AGENT_HOST: `${endpoints.tempo}.svc.cluster.local`, JAEGER_TAGS: `namespace=${namespace}`, JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '1' },
    selector: { name },
    labels: {},
    more: { deployment: { minReadySeconds: 10, revisionHistoryLimit: 10 }, container: { args: ['-log.level=debug', ...calls] } },
    service: { port: 80, portName: `${name}-http-metrics`, labels: { app: name } },
    monitor: { endpoints: [{ port: `${name}-http-metrics`, interval: '30s' }], namespaces: [namespace], selector: { matchLabels: { app: name } } },
  });
  part('db');
  part('app', 'http://db');
  part('loadgen', 'http://app');
}
