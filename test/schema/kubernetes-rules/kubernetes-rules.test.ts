import { SchemaSet } from '../../../src/schema/schema-set';

type Change = readonly [path: string, value: unknown, message: string];

const set = new SchemaSet({ kubernetes: '1.35' });

const pod = {
  containers: [{ name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }], ports: [{ name: 'http', containerPort: 80 }], volumeMounts: [{ name: 'data', mountPath: '/data' }], resources: { requests: { cpu: '100m' }, limits: { cpu: '1' } } }],
  volumes: [{ name: 'data', emptyDir: {} }],
};
const template = { metadata: { labels: { app: 'web' } }, spec: pod };

const OBJECTS: Readonly<Record<string, object>> = {
  Deployment: { apiVersion: 'apps/v1', spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, strategy: { type: 'RollingUpdate' }, template } },
  Job: { apiVersion: 'batch/v1', spec: { template: { spec: { ...pod, restartPolicy: 'Never' } } } },
  CronJob: { apiVersion: 'batch/v1', spec: { schedule: '*/5 1-3 1,15 jan mon-fri', timeZone: 'Europe/Helsinki', jobTemplate: { spec: { template: { spec: { ...pod, restartPolicy: 'OnFailure' } } } } } },
  Service: { apiVersion: 'v1', spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }, { name: 'metrics', port: 9090 }] } },
  Ingress: { apiVersion: 'networking.k8s.io/v1', spec: { rules: [{ host: 'a.example.org', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }], tls: [{ hosts: ['*.example.org'] }] } },
  ConfigMap: { apiVersion: 'v1', data: { 'app.conf': 'a' } },
  Secret: { apiVersion: 'v1', type: 'Opaque', data: { a: 'YQ==' } },
  ClusterRole: { apiVersion: 'rbac.authorization.k8s.io/v1', rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }, { nonResourceURLs: ['/healthz'], verbs: ['get'] }] },
  ClusterRoleBinding: { apiVersion: 'rbac.authorization.k8s.io/v1', roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'b' }] },
  HorizontalPodAutoscaler: { apiVersion: 'autoscaling/v2', spec: { minReplicas: 1, maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } } },
  PodDisruptionBudget: { apiVersion: 'policy/v1', spec: { minAvailable: '50%', selector: { matchLabels: { app: 'web' } } } },
  PersistentVolumeClaim: { apiVersion: 'v1', spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] }] } },
};

test.each(Object.keys(OBJECTS))('takes a %s as it should be', (kind) => {
  expect(messages(object(kind))).toEqual([]);
});

const CONTAINER = 'spec.template.spec.containers.0';

const REFUSED: Readonly<Record<string, readonly Change[]>> = {
  Deployment: [
    ['metadata.name', 'Web', 'metadata.name is "Web"; a name has lower-case letters, digits, dashes and dots, and begins and ends with a letter or digit'],
    ['metadata.namespace', 'a.b', 'metadata.namespace is "a.b"; a namespace has lower-case letters, digits and dashes, at most 63 of them'],
    ['metadata.labels', { app: 'two words' }, 'metadata.labels.app is "two words"; a label\'s value is up to 63 letters, digits, "-", "_" and ".", and begins and ends with a letter or digit'],
    ['metadata.annotations', { 'a b': '' }, 'metadata.annotations["a b"] has a key that is none: a key is up to 63 letters, digits, "-", "_" and ".", with or without "a.domain/" before them'],
    ['spec', undefined, 'spec is missing, and has to be there'],
    ['spec.replicas', 3_000_000_000, 'spec.replicas is 3000000000, which does not fit into 32 bits'],
    ['spec.template.spec.nodeSelector', { os: 'a b' }, 'spec.template.spec.nodeSelector.os is "a b"; a label\'s value is up to 63 letters, digits, "-", "_" and ".", and begins and ends with a letter or digit'],
    ['spec.template.spec.volumes.0', { name: 'data', configMap: {} }, 'spec.template.spec.volumes[0].configMap.name is missing, and has to be there'],
    ['spec.replicas', -1, 'spec.replicas is -1; it has to be at least 0'],
    ['spec.selector.matchLabels.app', 'api', 'spec.selector.matchLabels.app is "api", and the template\'s label is "web"'],
    ['spec.selector', {}, 'spec.selector selects every pod; a Deployment has to name labels of its template'],
    ['spec.strategy', { type: 'Recreate', rollingUpdate: { maxSurge: 1 } }, 'spec.strategy.rollingUpdate must not be there: the strategy is Recreate'],
    ['spec.template.spec.restartPolicy', 'Never', 'spec.template.spec.restartPolicy is "Never"; it has to be "Always" here'],
    ['spec.template.spec.initContainers', [{ name: 'web', image: 'a' }], 'spec.template.spec.containers[0].name is "web", which is the name of initContainers[0], too'],
    ['spec.template.spec.volumes', [], 'spec.template.spec.containers[0].volumeMounts[0].name is "data", and the pod has no volume of that name'],
    ['spec.template.spec.volumes.0.configMap', { name: 'a' }, 'spec.template.spec.volumes[0] has emptyDir and configMap; a volume has one source'],
    [`${CONTAINER}.image`, undefined, 'spec.template.spec.containers[0].image is missing, and has to be there'],
    [`${CONTAINER}.name`, 'Web', 'spec.template.spec.containers[0].name is "Web"; a container\'s name has lower-case letters, digits and dashes, at most 63 of them'],
    [`${CONTAINER}.env.0.value`, true, 'spec.template.spec.containers[0].env[0].value is true, a boolean; it has to be a string: put it in quotes, "true"'],
    [`${CONTAINER}.env.0.valueFrom`, { fieldRef: { fieldPath: 'metadata.name' } }, 'spec.template.spec.containers[0].env[0] has a value and valueFrom; one of them is allowed'],
    [`${CONTAINER}.envFrom`, [{ secretRef: {} }], 'spec.template.spec.containers[0].envFrom[0].secretRef.name is missing, and has to be there'],
    [`${CONTAINER}.ports.0.containerPort`, 70000, 'spec.template.spec.containers[0].ports[0].containerPort is 70000; a port is 1 to 65535'],
    [`${CONTAINER}.ports.0.name`, 'a-name-that-is-long', 'spec.template.spec.containers[0].ports[0].name is "a-name-that-is-long"; the name of a container\'s port has at most 15 lower-case letters, digits and single dashes, and one letter at least'],
    [`${CONTAINER}.resources.requests.cpu`, '2', 'spec.template.spec.containers[0].resources.requests.cpu is "2", more than the limit of "1"'],
    [`${CONTAINER}.resources.requests.cpus`, '1', 'spec.template.spec.containers[0].resources.requests.cpus is no resource of a container; known are cpu, memory, ephemeral-storage and names such as "nvidia.com/gpu"'],
    [`${CONTAINER}.resources.limits.memory`, '1 Gi', 'spec.template.spec.containers[0].resources.limits.memory is "1 Gi", which is no quantity; write a number with a unit, such as "500m", "512Mi" or "10Gi"'],
    [`${CONTAINER}.livenessProbe`, { periodSeconds: 5 }, 'spec.template.spec.containers[0].livenessProbe needs one of exec, httpGet, tcpSocket, grpc'],
    [`${CONTAINER}.readinessProbe`, { httpGet: { path: '/', port: '8080' } }, 'spec.template.spec.containers[0].readinessProbe.httpGet.port is "8080", a string, and so the name of a port: write 8080 without quotes'],
  ],
  Job: [['spec.template.spec.restartPolicy', undefined, 'spec.template.spec.restartPolicy is missing; it has to be "OnFailure" or "Never" here']],
  CronJob: [
    ['spec.jobTemplate', {}, 'spec.jobTemplate.spec is missing, and has to be there'],
    ['metadata.name', 'x'.repeat(53), `metadata.name is ${JSON.stringify('x'.repeat(53))}; it has 53 characters; a CronJob's name has at most 52, since its Jobs append theirs`],
    ['spec.schedule', '0 0 2 * * *', 'spec.schedule is "0 0 2 * * *", which has 6 fields; Kubernetes reads five: minute, hour, day of the month, month, day of the week'],
    ['spec.schedule', '61 * * * *', 'spec.schedule is "61 * * * *", where "61" is no minute: 0 to 59'],
    ['spec.schedule', '* * * * 7', 'spec.schedule is "* * * * 7", where "7" is no day of the week: 0 to 6'],
    ['spec.schedule', '@reboot', 'spec.schedule is "@reboot", which is none that Kubernetes knows; write "@daily" or five fields'],
    ['spec.schedule', 'TZ=UTC 0 0 * * *', 'spec.schedule is "TZ=UTC 0 0 * * *", which names a time zone; write it into timeZone'],
  ],
  Service: [
    ['spec.ports', [], 'spec.ports is missing: only a headless Service and an ExternalName have no ports'],
    ['spec.ports.1.name', undefined, 'spec.ports[1].name is missing: of several ports, each needs a name'],
    ['spec.ports.1.name', 'http', 'spec.ports[1].name is "http", which is the name of port 0, too'],
    ['spec.ports.0.port', 0, 'spec.ports[0].port is 0; a port is 1 to 65535'],
    ['spec.ports.0.targetPort', '8080', 'spec.ports[0].targetPort is "8080", a string, and so the name of a port: write 8080 without quotes'],
    ['spec.type', 'ExternalName', 'spec.externalName is missing: the Service is of the type ExternalName'],
  ],
  Ingress: [
    ['spec.rules.0.host', 'A.example.org', 'spec.rules[0].host is "A.example.org"; write "a.example.org"'],
    ['spec.rules.0.host', 'https://a.example.org', 'spec.rules[0].host is "https://a.example.org"; a host is a DNS name in lower case, which may begin with "*.", without port and path'],
    ['spec.tls.0.hosts.0', 'EXAMPLE.org', 'spec.tls[0].hosts[0] is "EXAMPLE.org"; write "example.org"'],
    ['spec.rules.0.http.paths.0.path', 'api', 'spec.rules[0].http.paths[0].path is "api"; a path begins with "/"'],
    ['spec.rules.0.http.paths.0.backend.service.port', { number: 80, name: 'http' }, 'spec.rules[0].http.paths[0].backend.service.port has a name and a number; one of them is allowed'],
    ['spec.ingressClassName', 'Nginx', 'spec.ingressClassName is "Nginx"; a name has lower-case letters, digits, dashes and dots'],
    ['spec.rules', [], 'spec needs rules or a defaultBackend'],
  ],
  ConfigMap: [
    ['data', { 'a b': '' }, 'data["a b"] has a key that is none: a key has letters, digits, "-", "_" and ".", as a file\'s name'],
    ['data', { port: 80 }, 'data.port is 80, a number; it has to be a string: put it in quotes, "80"'],
    ['binaryData', { 'app.conf': 'YQ==' }, 'binaryData["app.conf"] is a key of data, too'],
  ],
  Secret: [
    ['data.a', 'not base64', 'data.a is "not base64", which is not base64'],
    ['type', 'kubernetes.io/tls', 'data["tls.crt"] is missing: a Secret of the type kubernetes.io/tls has it\ndata["tls.key"] is missing: a Secret of the type kubernetes.io/tls has it'],
  ],
  ClusterRole: [
    ['rules.0.apiGroups', undefined, 'rules[0].apiGroups is missing; write [""] for the core group'],
    ['rules.0.verbs', [], 'rules[0].verbs has no item, and needs one'],
  ],
  ClusterRoleBinding: [
    ['subjects.0.namespace', undefined, 'subjects[0].namespace is missing: a ClusterRoleBinding has no namespace of its own'],
    ['subjects.0.kind', 'Serviceaccount', 'subjects[0].kind is "Serviceaccount"; allowed are "ServiceAccount", "User", "Group"'],
    ['roleRef.kind', 'Role', 'roleRef.kind is "Role"; allowed are "ClusterRole"'],
  ],
  HorizontalPodAutoscaler: [['spec.metrics', [{ type: 'Resource' }], 'spec.metrics[0].resource is missing: the metric is of the type Resource'], ['spec.minReplicas', 3, 'spec.maxReplicas is 2, less than minReplicas, 3']],
  PodDisruptionBudget: [['spec.maxUnavailable', 1, 'spec has minAvailable and maxUnavailable; one of them is allowed'], ['spec.minAvailable', '1', 'spec.minAvailable is "1"; write a number, or a string such as "50%"']],
  PersistentVolumeClaim: [['spec.resources', {}, 'spec.resources.requests.storage is missing, and has to be there']],
  NetworkPolicy: [['spec.ingress.0.from.0', { podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }, 'spec.ingress[0].from[0] has an ipBlock and a selector; one of them is allowed'], ['spec.ingress.0.from.0.ipBlock.cidr', '10.0.0.1', 'spec.ingress[0].from[0].ipBlock.cidr is "10.0.0.1"; write a network such as "10.0.0.0/8"']],
};

describe.each(Object.keys(REFUSED))('refuses a %s', (kind) => {
  test.each(REFUSED[kind]!)('with %s: %j', (path, value, message) => {
    expect(messages(changed(object(kind), path.split('.'), value)).join('\n')).toBe(message);
  });
});

test('takes names that only RBAC and disruption budgets may have', () => {
  expect(messages({ ...object('ClusterRole') as object, metadata: { name: 'system:Viewer' } })).toEqual([]);
  expect(messages({ ...object('PodDisruptionBudget') as object, metadata: { name: 'Web_1' } })).toEqual([]);
});

test('a pod of a StatefulSet mounts what its claim templates make', () => {
  const claims = [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }];
  const object = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'pg' }, spec: { serviceName: 'pg', selector: { matchLabels: { app: 'web' } }, volumeClaimTemplates: claims, template: { ...template, spec: { ...pod, volumes: [] } } } };

  expect(messages(object)).toEqual([]);
});

function object(kind: string): unknown {
  return structuredClone({ kind, metadata: { name: 'web', namespace: 'web' }, ...OBJECTS[kind] });
}

function changed(value: unknown, [step, ...rest]: readonly string[], to: unknown): unknown {
  if (step === undefined) return to;
  const parts = value as Record<string, unknown>;
  parts[step] = changed(parts[step], rest, to);
  return value;
}

function messages(checked: unknown): string[] {
  return set.validate(checked).map(({ message }) => message);
}
