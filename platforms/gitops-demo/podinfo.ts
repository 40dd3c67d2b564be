import type { Group } from './group';
import { Service } from './service';

const labels = { app: 'podinfo' };
const ports = { http: 9898, 'http-metrics': 9797, grpc: 9999 };
const probe = (path: string) => ({ exec: { command: ['podcli', 'check', 'http', `localhost:${ports.http}${path}`] }, initialDelaySeconds: 5, timeoutSeconds: 5 });

export function podinfoIn(group: Group): Service {
  return new Service(group, 'podinfo', {
    container: 'podinfod',
    image: 'ghcr.io/stefanprodan/podinfo',
    spec: {
      minReadySeconds: 3,
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 60,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${ports['http-metrics']}` } },
        spec: {
          containers: [{
            name: 'podinfod',
            imagePullPolicy: 'IfNotPresent',
            command: [
              './podinfo',
              `--port=${ports.http}`,
              `--port-metrics=${ports['http-metrics']}`,
              `--grpc-port=${ports.grpc}`,
              '--grpc-service-name=podinfo',
              '--level=info',
              '--random-delay=false',
              '--random-error=false',
            ],
            ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' })),
            env: [{ name: 'PODINFO_UI_COLOR', value: '#34577c' }],
            livenessProbe: probe('/healthz'),
            readinessProbe: probe('/readyz'),
            resources: { limits: { cpu: '2000m', memory: '512Mi' }, requests: { cpu: '100m', memory: '64Mi' } },
          }],
        },
      },
    },
  });
}
