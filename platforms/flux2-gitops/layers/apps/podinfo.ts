import { k8s, KubeObject } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { site } from '../../site';

const name = 'podinfo';
const port = 9898;
const metricsPort = 9797;
const inMesh = { 'linkerd.io/inject': 'enabled' };

/** podinfo in Linkerd's mesh, which Flagger moves to a new version step by step. */
export function podinfo(layer: Layer): void {
  const app = new App(layer, name, { staging: { parked: true } });
  const probe = (path: string) => ({ exec: { command: ['podcli', 'check', 'http', `localhost:${port}/${path}`] }, initialDelaySeconds: 5, timeoutSeconds: 5 });
  app.workload(name, {
    container: 'podinfod',
    image: 'ghcr.io/stefanprodan/podinfo:6.0.0',
    pullPolicy: 'IfNotPresent',
    replicas: null,
    ports: [
      { name: 'http', containerPort: port, protocol: 'TCP' },
      { name: 'http-metrics', containerPort: metricsPort, protocol: 'TCP' },
      { name: 'grpc', containerPort: 9999, protocol: 'TCP' },
    ],
    env: { PODINFO_UI_COLOR: '#34577c' },
    requests: { cpu: '10m', memory: '64Mi' },
    limits: { cpu: '100m', memory: '128Mi' },
    podAnnotations: { ...inMesh, 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(metricsPort) },
    more: {
      deployment: { minReadySeconds: 5, revisionHistoryLimit: 5, progressDeadlineSeconds: 60, strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } },
      container: {
        command: ['./podinfo', `--port=${port}`, `--port-metrics=${metricsPort}`, '--grpc-port=9999', '--grpc-service-name=podinfo', '--level=info', '--random-delay=false', '--random-error=false'],
        livenessProbe: probe('healthz'),
        readinessProbe: probe('readyz'),
      },
    },
    service: { port },
    ingress: {
      host: `podinfo.${site.domain}`, port, labels: { app: name },
      annotations: {
        'nginx.ingress.kubernetes.io/service-upstream': 'true',
        'nginx.ingress.kubernetes.io/configuration-snippet': [
          `proxy_set_header l5d-dst-override $service_name.$namespace.svc.cluster.local:${port};`,
          'proxy_hide_header l5d-remote-ip;',
          'proxy_hide_header l5d-server-id;    ',
          '',
        ].join('\n'),
      },
    },
  });
  app.workload('load', {
    container: 'slow-cooker',
    image: 'buoyantio/slow_cooker:1.2.0',
    labels: {},
    env: { QPS: '10', CONCURRENCY: '1' },
    podAnnotations: inMesh,
    more: { container: { command: ['/bin/sh', '-c'], args: [`slow_cooker -qps $\{QPS} -concurrency $\{CONCURRENCY} http://${name}:${port}`] } },
  });
  new KubeObject(app.base, 'autoscaler', {
    of: k8s.KubeHorizontalPodAutoscalerV2,
    object: {
      metadata: { name },
      spec: {
        scaleTargetRef: deployment,
        minReplicas: 1,
        maxReplicas: 2,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 99 } } }],
      },
    },
  });
  canary(app);
  app.staging.encrypted({ patches: ['ingress'], resources: ['alert-provider'] });
}

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', name };

/** How many of the responses were 404, in percent. */
const notFound = [
  '100 - sum(', ...responses('status_code!="404"'), ')',
  '/',
  'sum(', ...responses(), ')',
  '* 100     ',
  '',
].join('\n');

function responses(...labels: readonly string[]): string[] {
  const chosen = [`namespace="${name}"`, `deployment="${name}"`, ...labels, 'direction="inbound"'];
  return ['    rate(', '        response_total{', chosen.map((label) => `            ${label}`).join(',\n'), '        }[1m]', '    )'];
}

function canary({ staging: { overlay } }: App): void {
  new KubeObject(overlay, 'canary', {
    of: { apiVersion: 'flagger.app/v1beta1', kind: 'Canary' },
    object: {
      metadata: { name },
      spec: {
        targetRef: deployment,
        autoscalerRef: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name },
        progressDeadlineSeconds: 60,
        service: { port, targetPort: port },
        analysis: {
          interval: '30s',
          threshold: 5,
          maxWeight: 50,
          stepWeight: 10,
          metrics: [
            { name: '404s percentage', threshold: 3, query: notFound },
            { name: 'request-success-rate', interval: '1m', thresholdRange: { min: 99 } },
            { name: 'request-duration', interval: '30s', thresholdRange: { max: 500 } },
          ],
          webhooks: [{
            name: 'acceptance-test',
            type: 'pre-rollout',
            url: 'http://loadtester.flagger/',
            timeout: '30s',
            metadata: { type: 'bash', cmd: `curl -sd 'test' http://${name}-canary.${name}:${port}/token | grep token` },
          }],
          alerts: [{ name: 'slack', severity: 'info', providerRef: { name: 'slack' } }],
        },
      },
    },
  });
}
