import { ApiObject, k8s, KubeObject, YamlFile, type Directory, type KubeObjectProps } from 'fluxwright';

type DeploymentObject = KubeObjectProps<k8s.KubeDeploymentProps>['object'];
type DeploymentSpec = NonNullable<DeploymentObject['spec']>;
type PodSpec = NonNullable<NonNullable<DeploymentSpec['template']>['spec']>;
type Container = NonNullable<PodSpec['containers']>[number];
type Labels = Readonly<Record<string, string>>;

export interface WorkloadProps {
  /** Where it lives, if its directory does not say so. */
  readonly namespace?: string;
  readonly image: string;
  readonly pullPolicy?: 'Always' | 'IfNotPresent';
  /** @default the workload's name */
  readonly container?: string;
  readonly ports?: readonly (number | NonNullable<Container['ports']>[number])[];
  /** Values of environment variables, or keys of Secrets. */
  readonly env?: Readonly<Record<string, string | { readonly secret: string; readonly key: string }>>;
  /** CPU and memory: what it asks for, and its limits. */
  readonly requests?: Resources;
  readonly limits?: Resources;
  /** What chooses its pods. @default "app: <name>" */
  readonly selector?: Labels;
  /** Labels of the Deployment. @default those of the selector */
  readonly labels?: Labels;
  /** Labels and annotations of its pods. @default the selector's labels */
  readonly podLabels?: Labels;
  readonly podAnnotations?: Labels;
  /** Null where an autoscaler decides. @default 1 */
  readonly replicas?: number | null;
  /** More of the container, the pod and the Deployment. */
  readonly more?: { readonly container?: Omit<Container, 'name'>; readonly pod?: Omit<PodSpec, 'containers'>; readonly deployment?: DeploymentSpec };
  readonly service?: ServiceProps;
  readonly ingress?: IngressProps;
  readonly monitor?: ServiceMonitorProps;
}

type Resources = Readonly<Record<'cpu' | 'memory', string | number>> | { readonly memory: string };

export interface ServiceProps {
  readonly port: number;
  /** Null leaves it out, which means the same. @default `port` */
  readonly targetPort?: number | null;
  readonly portName?: string;
  readonly protocol?: 'TCP';
  readonly type?: 'ClusterIP';
  readonly selector?: Labels;
  readonly labels?: Labels;
  readonly namespace?: string;
}

export interface IngressProps {
  readonly host: string;
  readonly port: number;
  /** @default the Ingress's name */
  readonly service?: string;
  readonly class?: 'nginx' | 'traefik' | null;
  /** The ClusterIssuer of its certificate; null for plain HTTP. @default "letsencrypt" */
  readonly issuer?: string | null;
  /** @default "<name>-tls" */
  readonly tlsSecret?: string;
  readonly pathType?: 'ImplementationSpecific' | 'Prefix';
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly namespace?: string;
}

export interface ServiceMonitorProps {
  readonly endpoints: readonly Readonly<Record<string, string | number>>[];
  /** The namespaces to look in; all of them if left out. */
  readonly namespaces?: readonly string[];
  readonly selector: unknown;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** A Deployment, and its Service, Ingress and ServiceMonitor where it has them, in one file. */
export function workload(directory: Directory, name: string, props: WorkloadProps): void {
  const file = new YamlFile(directory, name);
  deployment(file, name, props);
  if (props.service !== undefined) service(file, name, { namespace: props.namespace, selector: props.selector, ...props.service });
  if (props.ingress !== undefined) ingress(file, name, props.ingress);
  if (props.monitor !== undefined) serviceMonitor(file, name, props.monitor);
}

function deployment(file: YamlFile, name: string, props: WorkloadProps): void {
  const { selector = { app: name }, labels = selector, podLabels = selector, podAnnotations, replicas = 1, more = {}, requests, limits } = props;
  const container: Container = {
    name: props.container ?? name,
    image: props.image,
    imagePullPolicy: props.pullPolicy,
    env: props.env && Object.entries(props.env).map(([key, value]) => (typeof value === 'string' ? { name: key, value } : { name: key, valueFrom: { secretKeyRef: { name: value.secret, key: value.key } } })),
    ports: props.ports?.map((port) => (typeof port === 'number' ? { containerPort: port } : port)),
    resources: requests === undefined && limits === undefined ? undefined : { requests, limits },
    ...more.container,
  };
  new KubeObject(file, 'deployment', {
    of: k8s.KubeDeployment,
    object: {
      metadata: { name, namespace: props.namespace, labels },
      spec: {
        replicas: replicas ?? undefined,
        selector: { matchLabels: selector },
        ...more.deployment,
        template: { metadata: { labels: podLabels, annotations: podAnnotations }, spec: { ...more.pod, containers: [container] } },
      },
    },
  });
}

export function service(scope: YamlFile | Directory, name: string, { port, targetPort = port, portName, protocol, type, selector = { app: name }, labels, namespace }: ServiceProps): void {
  new KubeObject(scope, 'service', {
    of: k8s.KubeService,
    object: { metadata: { name, namespace, labels }, spec: { type, selector, ports: [{ name: portName, port, targetPort: targetPort ?? undefined, protocol }] } },
  });
}

export function ingress(scope: YamlFile | Directory, name: string, props: IngressProps): void {
  const { host, port, service: backend = name, class: className = 'nginx', issuer = 'letsencrypt', tlsSecret = `${name}-tls`, pathType = 'ImplementationSpecific', labels, namespace } = props;
  new KubeObject(scope, 'ingress', {
    of: k8s.KubeIngress,
    object: {
      metadata: { name, namespace, labels, annotations: { ...(issuer === null ? {} : { 'cert-manager.io/cluster-issuer': issuer }), ...props.annotations } },
      spec: {
        ingressClassName: className ?? undefined,
        rules: [{ host, http: { paths: [{ path: '/', pathType, backend: { service: { name: backend, port: { number: port } } } }] } }],
        tls: issuer === null ? undefined : [{ hosts: [host], secretName: tlsSecret }],
      },
    },
  });
}

/** What Prometheus's operator scrapes; it looks for the label. */
export function serviceMonitor(scope: YamlFile | Directory, name: string, { endpoints, namespaces, selector, spec }: ServiceMonitorProps): void {
  new ApiObject(scope, 'service-monitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name, labels: { release: 'prometheus' } },
    spec: { endpoints, namespaceSelector: namespaces === undefined ? { any: true } : { matchNames: namespaces }, selector, ...spec },
  });
}
