import { HelmRelease, HelmRepository } from 'fluxwright';
import type { EksEnvironment } from '../environment';
import { EnvironmentNamespace } from '../namespace';

/** fluentd on every node, from its project's chart, into the environment's OpenSearch domain. */
export function logging(environment: EksEnvironment, metrics: EnvironmentNamespace): EnvironmentNamespace {
  const namespace = new EnvironmentNamespace(environment, 'logging', { pullsOwnImages: true, after: [metrics] });
  const source = new HelmRepository(namespace, 'fluent', { url: 'https://fluent.github.io/helm-charts', interval: '24h' });
  new HelmRelease(namespace, 'fluentd', {
    interval: '1h',
    chart: { chart: 'fluentd', version: '0.5.3', source },
    install: { remediation: { retries: 3 } },
    upgrade: { remediation: { retries: 3 } },
    values: {
      // the chart's own image writes to Elasticsearch, whose clients refuse AWS's OpenSearch
      image: { tag: 'v1.19.3-debian-opensearch-1.1' },
      mountDockerContainersDirectory: false, // the nodes run containerd
      tolerations: [{ operator: 'Exists' }],
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
      metrics: { serviceMonitor: { enabled: true, additionalLabels: { release: 'prometheus-operator' } } },
      fileConfigs: { '04_outputs.conf': output(environment) },
    },
  });
  return namespace;
}

/** Where records go: one index a day. */
function output({ props, node }: EksEnvironment): string {
  return `<label @OUTPUT>
  <match **>
    @type opensearch
    host ${props.searchEndpoint}
    port 443
    scheme https
    logstash_format true
    logstash_prefix ${node.id}
    include_timestamp true
    reconnect_on_error true
    reload_on_failure true
    reload_connections false
  </match>
</label>
`;
}
