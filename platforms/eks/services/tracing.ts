import { HelmRelease, HelmRepository, KubeObject, type Directory } from 'fluxwright';
import type { EksEnvironment } from '../environment';
import { EnvironmentNamespace } from '../namespace';

/** Jaeger, run by the OpenTelemetry operator: the operator that was Jaeger's own knows Jaeger 1 only, which is retired. */
export function tracing(environment: EksEnvironment): EnvironmentNamespace {
  const namespace = new EnvironmentNamespace(environment, 'observability');
  const source = new HelmRepository(namespace, 'open-telemetry', { url: 'https://open-telemetry.github.io/opentelemetry-helm-charts', interval: '24h' });
  new HelmRelease(namespace, 'opentelemetry-operator', {
    interval: '1h',
    chart: { chart: 'opentelemetry-operator', version: '0.123.1', source },
    install: { remediation: { retries: 3 } },
    upgrade: { remediation: { retries: 3 } },
    // its webhook's certificate comes from the chart, since there is no cert-manager: TLS ends at the load balancer
    values: { admissionWebhooks: { certManager: { enabled: false }, autoGenerateCert: { enabled: true } } },
  });
  // its kind is there once the operator is
  jaeger(namespace.step('jaeger', { after: [namespace] }), environment);
  return namespace;
}

function jaeger(directory: Directory, { node, props }: EksEnvironment): void {
  new KubeObject(directory, 'jaeger', {
    of: { apiVersion: 'opentelemetry.io/v1beta1', kind: 'OpenTelemetryCollector' },
    object: {
      metadata: { name: 'jaeger' },
      spec: {
        image: 'jaegertracing/jaeger:2.20.0',
        mode: 'deployment',
        replicas: 1,
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
        ports: [{ name: 'ui', port: 16686 }],
        config: {
          extensions: {
            jaeger_storage: { backends: { search: { opensearch: { server_urls: [`https://${props.searchEndpoint}:443`], indices: { index_prefix: `jaeger-${node.id}` } } } } },
            jaeger_query: { storage: { traces: 'search' } },
          },
          receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } } },
          processors: { batch: {} },
          exporters: { jaeger_storage_exporter: { trace_storage: 'search' } },
          service: {
            extensions: ['jaeger_storage', 'jaeger_query'],
            pipelines: { traces: { receivers: ['otlp'], processors: ['batch'], exporters: ['jaeger_storage_exporter'] } },
          },
        },
      },
    },
  });
}
