import { GitopsApp, k8s, KubeObject, YamlFile } from 'fluxwright';
import { sharedBase } from '../base';
import type { EksEnvironment } from '../environment';
import { EnvironmentNamespace } from '../namespace';

/** The ports of every node that the load balancer's target groups name. Whoever changes one changes the other. */
export const nodePorts = { http: 30080, https: 30443 } as const;

/** The IngressClass that Ingresses name. */
export const ingressClass = 'nginx';

const namespace = 'kube-ingress';
const controller = 'ingress-nginx';
const backend = 'nginx-default-backend';
const account = 'nginx-ingress-controller';
const leader = 'ingress-nginx-leader';

/** nginx behind a load balancer that is there already: a Service of NodePorts, so that AWS makes no other. */
export function ingressNginx(environment: EksEnvironment): EnvironmentNamespace {
  const base = sharedBase(GitopsApp.of(environment), 'ingress-nginx', namespace, (directory) => {
    const file = new YamlFile(directory, 'all-in-one');
    new k8s.KubeNamespace(file, 'namespace', { metadata: { name: namespace } });
    permissions(file);
    defaultBackend(file);
    proxy(file);
  });
  return new EnvironmentNamespace(environment, namespace, { isThere: true, bases: [base] });
}

function permissions(file: YamlFile): void {
  const subjects = [{ kind: 'ServiceAccount', name: account, namespace }];
  const rbac = 'rbac.authorization.k8s.io';
  const read = ['get', 'list', 'watch'];
  new k8s.KubeServiceAccount(file, 'service-account', { metadata: { name: account } });
  new k8s.KubeClusterRole(file, 'cluster-role', {
    metadata: { name: account },
    rules: [
      { apiGroups: [''], resources: ['configmaps', 'endpoints', 'namespaces', 'nodes', 'pods', 'secrets', 'services'], verbs: read },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
      { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses', 'ingresses'], verbs: read },
      { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ],
  });
  new k8s.KubeRole(file, 'role', {
    metadata: { name: account },
    rules: [
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [leader], verbs: ['get', 'update'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
    ],
  });
  new k8s.KubeClusterRoleBinding(file, 'cluster-role-binding', { metadata: { name: account }, roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: account }, subjects });
  new k8s.KubeRoleBinding(file, 'role-binding', { metadata: { name: account }, roleRef: { apiGroup: rbac, kind: 'Role', name: account }, subjects });
}

/** Answers for hosts that no Ingress names, with 404. */
function defaultBackend(file: YamlFile): void {
  const labels = { app: backend };
  new KubeObject(file, 'default-backend-service', {
    of: k8s.KubeService,
    object: { metadata: { name: backend }, spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } },
  });
  new KubeObject(file, 'default-backend', {
    of: k8s.KubeDeployment,
    object: {
      metadata: { name: backend },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [{
              name: 'default-backend',
              image: 'registry.k8s.io/defaultbackend-amd64:1.5',
              ports: [{ name: 'http', containerPort: 8080 }],
              livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
              resources: { requests: { cpu: '10m', memory: '20Mi' }, limits: { memory: '20Mi' } },
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 65534 },
            }],
          },
        },
      },
    },
  });
}

function proxy(file: YamlFile): void {
  const labels = { app: controller };
  const podField = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  new k8s.KubePriorityClass(file, 'priority-class', { metadata: { name: 'high-priority' }, value: 1_000_000, globalDefault: false, description: 'What everything else is reached through.' });
  new k8s.KubeIngressClass(file, 'ingress-class', { metadata: { name: ingressClass }, spec: { controller: 'k8s.io/ingress-nginx' } });
  new k8s.KubeConfigMap(file, 'settings', {
    metadata: { name: controller },
    // TLS ends at the load balancer, which sends HTTP here, too, and says in its headers what the client spoke
    data: { 'use-forwarded-headers': 'true', 'force-ssl-redirect': 'true', 'allow-snippet-annotations': 'false' },
  });
  new KubeObject(file, 'service', {
    of: k8s.KubeService,
    object: {
      metadata: { name: controller },
      spec: {
        type: 'NodePort',
        selector: labels,
        ports: [
          { name: 'http', port: 80, targetPort: 'http', nodePort: nodePorts.http },
          { name: 'https', port: 443, targetPort: 'https', nodePort: nodePorts.https },
        ],
      },
    },
  });
  new KubeObject(file, 'deployment', {
    of: k8s.KubeDeployment,
    object: {
      metadata: { name: controller },
      spec: {
        replicas: 3,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: account,
            priorityClassName: 'high-priority',
            terminationGracePeriodSeconds: 300,
            topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: labels } }],
            containers: [{
              name: 'controller',
              image: 'registry.k8s.io/ingress-nginx/controller:v1.15.1',
              args: [
                '/nginx-ingress-controller',
                `--election-id=${leader}`,
                '--controller-class=k8s.io/ingress-nginx',
                `--ingress-class=${ingressClass}`,
                `--configmap=$(POD_NAMESPACE)/${controller}`,
                `--default-backend-service=$(POD_NAMESPACE)/${backend}`,
                `--publish-service=$(POD_NAMESPACE)/${controller}`,
              ],
              env: [podField('POD_NAME', 'metadata.name'), podField('POD_NAMESPACE', 'metadata.namespace')],
              ports: [{ name: 'http', containerPort: 80 }, { name: 'https', containerPort: 443 }, { name: 'health', containerPort: 10254 }],
              lifecycle: { preStop: { exec: { command: ['/wait-shutdown'] } } },
              livenessProbe: { httpGet: { path: '/healthz', port: 'health' }, initialDelaySeconds: 10 },
              readinessProbe: { httpGet: { path: '/healthz', port: 'health' }, initialDelaySeconds: 10 },
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] }, runAsNonRoot: true, runAsUser: 101, seccompProfile: { type: 'RuntimeDefault' } },
            }],
          },
        },
      },
    },
  });
}
