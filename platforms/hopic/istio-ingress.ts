import { Certificate, FluxKustomization, GCPBackendPolicy, Gateway, HealthCheckPolicy, HTTPRoute, IstioGateway, k8s, KubeObject, NamespaceDirectory, PeerAuthentication, YamlFile, type Cluster } from 'fluxwright';
import { meshRevision, site, smallResources } from './site';

const namespace = 'istio-ingress';

/** From the internet into the mesh: Google's load balancer, the mesh's own gateway behind it, and the certificate of both. */
export function istioIngress(cluster: Cluster, issuers: FluxKustomization): void {
  const directory = new NamespaceDirectory(cluster, namespace, { setsNamespace: false });
  new FluxKustomization(directory, 'istio-ingress', { applies: directory, dependsOn: [issuers], interval: '2m0s', wait: true });
  new KubeObject(directory, 'namespace', {
    of: k8s.KubeNamespace,
    object: {
      metadata: {
        name: namespace,
        annotations: { 'mesh.cloud.google.com/proxy': '{"managed": true}' },
        labels: { ...meshRevision, name: 'istio-system' },
      },
      spec: {},
      status: {},
    },
  });
  loadBalancer(directory);
  meshGateway(directory);

  const strict = new YamlFile(directory, 'mesh-wide-mTLS', {
    synced: false,
    comments: ['Once every workload is in the mesh: kubectl apply -f k8s/istio-ingress/mesh-wide-mTLS.yaml'],
  });
  new PeerAuthentication(strict, 'mesh-wide', { namespace: 'istio-system', apiVersion: 'v1beta1', spec: { mtls: { mode: 'STRICT' } } });
}

function loadBalancer(directory: NamespaceDirectory): void {
  const apiVersion = 'v1beta1';
  const allowedRoutes = { kinds: [{ kind: 'HTTPRoute' }], namespaces: { from: 'All' } } as const;
  new Certificate(directory, 'certificate', {
    name: 'gateway-cert',
    namespace,
    spec: {
      dnsNames: [site.host, `*.${site.ephemeralDomain}`],
      issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' },
      privateKey: { algorithm: 'RSA', encoding: 'PKCS8', rotationPolicy: 'Always', size: 2048 },
      secretName: 'tlskeys',
    },
  });
  const gateway = new Gateway(directory, 'gateway', {
    name: 'xlb-gateway',
    namespace,
    apiVersion,
    spec: {
      gatewayClassName: 'gke-l7-regional-external-managed',
      addresses: [{ type: 'NamedAddress', value: site.externalAddress }],
      listeners: [
        { name: 'edge-http', protocol: 'HTTP', port: 80, allowedRoutes },
        { name: 'edge-https', protocol: 'HTTPS', port: 443, allowedRoutes, tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', group: '', name: 'tlskeys' }] } },
      ],
    },
  });
  new HTTPRoute(directory, 'redirect-to-https', {
    name: 'edge-http-filter-redirect',
    namespace,
    apiVersion,
    spec: {
      parentRefs: [{ name: gateway.name, namespace, sectionName: 'edge-http' }],
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }],
    },
  });
  new HTTPRoute(directory, 'route-to-mesh', {
    name: 'edge2mesh',
    namespace,
    labels: { gateway: gateway.name },
    apiVersion,
    spec: {
      parentRefs: [{ name: gateway.name, namespace, sectionName: 'edge-https' }],
      rules: [{ backendRefs: [{ name: 'istio-ingressgateway', port: 8443 }] }],
    },
  });
  const targetRef = { group: '', kind: 'Service', name: 'istio-ingressgateway' };
  new HealthCheckPolicy(directory, 'health-check', {
    name: 'istio-ingressgateway',
    namespace,
    spec: { targetRef, default: { logConfig: { enabled: true }, config: { type: 'HTTP', httpHealthCheck: { port: 15021, requestPath: '/healthz/ready' } } } },
  });
  new GCPBackendPolicy(directory, 'backend-policy', {
    name: 'mesh-gateway-policy',
    namespace,
    spec: { targetRef, default: { securityPolicy: site.firewallPolicy, timeoutSec: 180, logging: { enabled: true, sampleRate: 1000000 } } },
  });
}

function meshGateway(directory: NamespaceDirectory): void {
  const selector = { istio: 'ingressgateway' };
  const metadata = { name: 'istio-ingressgateway', namespace };
  new KubeObject(directory, 'service', {
    of: k8s.KubeService,
    object: {
      metadata,
      spec: {
        type: 'ClusterIP',
        selector,
        ports: [
          { name: 'status-port', port: 15021, protocol: 'TCP', targetPort: 15021 },
          { name: 'http2', port: 80, targetPort: 8080 },
          { name: 'https', port: 8443, targetPort: 8443, appProtocol: 'HTTPS' },
        ],
      },
    },
  });
  new KubeObject(directory, 'deployment', {
    of: k8s.KubeDeployment,
    object: {
      metadata,
      spec: {
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: { ...selector, ...meshRevision }, annotations: { 'inject.istio.io/templates': 'gateway' } },
          spec: {
            securityContext: { fsGroup: 1337, runAsGroup: 1337, runAsNonRoot: true, runAsUser: 1337 },
            containers: [{
              name: 'istio-proxy',
              image: 'auto', // the mesh puts its own in
              env: [{ name: 'ISTIO_META_UNPRIVILEGED_POD', value: 'true' }],
              resources: smallResources,
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['all'] }, privileged: false, readOnlyRootFilesystem: true },
            }],
          },
        },
      },
    },
  });
  const secrets = { name: 'istio-ingressgateway-sds', namespace };
  new k8s.KubeRole(directory, 'role', { metadata: secrets, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] }] });
  new k8s.KubeRoleBinding(directory, 'role-binding', {
    metadata: secrets,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: secrets.name },
    subjects: [{ kind: 'ServiceAccount', name: 'default' }],
  });
  new IstioGateway(directory, 'mesh-gateway', {
    namespace,
    apiVersion: 'v1beta1',
    spec: {
      selector,
      servers: [
        { hosts: ['*'], port: { name: 'http', number: 80, protocol: 'HTTP' }, tls: { httpsRedirect: true } },
        {
          hosts: ['*'],
          port: { name: 'https', number: 8443, protocol: 'HTTPS' },
          tls: { mode: 'SIMPLE', credentialName: 'tlskeys', minProtocolVersion: 'TLSV1_3', privateKey: 'sds', serverCertificate: 'sds' },
        },
      ],
    },
  });
}
