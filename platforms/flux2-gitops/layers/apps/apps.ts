import { ConfigMapGenerator } from 'fluxwright';
import { App, helmApp } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { Charts } from '../infra/helm-repositories';
import { azwi } from './azwi';
import { bookinfo } from './bookinfo';
import { chatApps } from './chat';
import { chatCopilot } from './chat-copilot';
import { daprCalculator } from './dapr-calculator';
import { echo } from './echo';
import { keycloak } from './keycloak';
import { kspan } from './kspan';
import { mythical } from './mythical';
import { podinfo } from './podinfo';
import { postgrest } from './postgrest';
import { reddog } from './reddog';
import { rustSlight } from './rust-slight';
import { store } from './store';
import { tns } from './tns';

/** The applications. */
export function apps(layer: Layer, charts: Charts): void {
  azwi(layer);
  bookinfo(layer);
  chatApps(layer);
  chatCopilot(layer);
  daprCalculator(layer);
  echo(layer);
  keycloak(layer);
  kspan(layer);
  mythical(layer);
  podinfo(layer);
  postgrest(layer);
  reddog(layer);
  rustSlight(layer);
  store(layer);
  tns(layer);
  syntheticLoad(layer);
  helmApp(layer, 'otel-demo', { from: charts['open-telemetry'], chart: 'opentelemetry-demo', version: '0.x', staging: { included: false } });
}

/** Traces of a shop that does not exist. */
function syntheticLoad(layer: Layer): void {
  const app = new App(layer, 'otel', { staging: { parked: true, included: false } });
  const name = 'synthetic-load-generator';
  const topology = 'load-generator.json';
  new ConfigMapGenerator(app.base, 'topology', { name, files: [app.data(app.base, topology)], options: { disableNameSuffixHash: true } });
  app.workload(name, {
    container: 'synthetic-load-gen',
    image: 'omnition/synthetic-load-generator:1.0.25',
    pullPolicy: 'IfNotPresent',
    env: { JAEGER_COLLECTOR_URL: 'http://tempo.tempo.svc.cluster.local:14268', TOPOLOGY_FILE: `/conf/${topology}` },
    selector: { app: 'synthetic_load_generator', name },
    labels: {},
    more: {
      deployment: { minReadySeconds: 10, revisionHistoryLimit: 10 },
      container: { volumeMounts: [{ name: 'conf', mountPath: '/conf' }] },
      pod: { volumes: [{ name: 'conf', configMap: { name } }] },
    },
  });
}
