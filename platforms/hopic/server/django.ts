import { Base, k8s, KubeObject, StrategicMergePatch, VirtualService, type Directory, type Overlay } from 'fluxwright';
import { site, smallResources } from '../site';
import { databaseName, databaseService } from './postgres';

/** Where an environment's image starts; Flux moves it from there. */
export const firstTag = 'prod-05103d8f-1740413607';
export const firstImage = `${site.imageRegistry}:${firstTag}`;

const metadata = { name: 'server' };
const secret = (name: string, key: string) => ({ valueFrom: { secretKeyRef: { name, key } } });

/** The server without what makes an environment: its image, its settings, its host. */
export function djangoBase(directory: Directory): Base {
  const base = new Base(directory, 'django', { path: 'base/django' });
  new KubeObject(base, 'deployment', {
    of: k8s.KubeDeployment,
    object: {
      metadata,
      spec: {
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
        template: {
          metadata: { annotations: { 'proxy.istio.io/config': '{ "holdApplicationUntilProxyStarts": true }' } },
          spec: {
            serviceAccountName: 'server',
            securityContext: { runAsNonRoot: true },
            containers: [
              {
                name: 'istio-proxy',
                image: 'auto', // the mesh puts its own in
                resources: { requests: smallResources.requests },
                securityContext: { allowPrivilegeEscalation: false },
              },
              {
                name: 'server',
                securityContext: { allowPrivilegeEscalation: false, runAsUser: 65532 },
                env: [
                  { name: 'SECRET_KEY', ...secret('django-secret-key', 'secret-key') },
                  { name: 'DB_USER', ...secret(`${databaseName}-app`, 'username') },
                  { name: 'DB_PASSWORD', ...secret(`${databaseName}-app`, 'password') },
                  { name: 'PHAC_ASPC_OAUTH_APP_CLIENT_ID', ...secret('phac-aspc-oauth-config', 'client-id') },
                  { name: 'PHAC_ASPC_OAUTH_APP_CLIENT_SECRET', ...secret('phac-aspc-oauth-config', 'client-secret') },
                  { name: 'PHAC_ASPC_OAUTH_MICROSOFT_TENANT', ...secret('phac-aspc-oauth-config', 'microsoft-tenant') },
                ],
                readinessProbe: {
                  httpGet: { path: '/healthcheck/', port: 8080, httpHeaders: [{ name: 'Host', value: site.host }] },
                  initialDelaySeconds: 135,
                  periodSeconds: 10,
                  timeoutSeconds: 3,
                },
              },
            ],
          },
        },
      },
      status: {},
    },
  });
  new KubeObject(base, 'service', {
    of: k8s.KubeService,
    object: {
      metadata,
      spec: { type: 'ClusterIP', ports: [{ name: 'http-8080', port: 8080, protocol: 'TCP', targetPort: 8080 }] },
      status: { loadBalancer: {} },
    },
  });
  new k8s.KubeServiceAccount(base, 'service-account', { metadata });
  return base;
}

export interface DjangoEnvironment {
  readonly namespace: string;
  readonly host: string;
  /** With its tag, pinned or not. */
  readonly image: string;
  /** Settings beside those that all environments have. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What makes the base one environment: its host, its settings and its image. */
export function djangoEnvironment(overlay: Overlay, { namespace, host, image, settings }: DjangoEnvironment): void {
  const hosts = [...new Set([host, site.host, ...site.otherHosts])];
  new k8s.KubeConfigMap(overlay, 'settings', {
    metadata,
    data: {
      ALLOWED_HOSTS: hosts.join(','),
      DB_HOST: databaseService,
      DB_NAME: 'cpho-phase2_db',
      DB_PORT: '5432',
      IS_K8S: 'true',
      PHAC_ASPC_OAUTH_PROVIDER: 'microsoft',
      PHAC_ASPC_SESSION_COOKIE_AGE: '259200',
      ...settings,
    },
  });
  new StrategicMergePatch(overlay, 'environment', {
    of: k8s.KubeDeployment,
    patch: {
      metadata,
      spec: {
        template: {
          spec: {
            containers: [{
              name: 'server',
              envFrom: [{ configMapRef: metadata }],
              resources: { requests: { cpu: '200m', memory: '500Mi' } },
              readinessProbe: { httpGet: { port: 8080, httpHeaders: [{ name: 'Host', value: host }] } },
            }],
          },
        },
      },
    },
  });
  // alone in its file, which is the one that Flux's image automation commits
  new StrategicMergePatch(overlay, 'image', {
    of: k8s.KubeDeployment,
    patch: { metadata, spec: { template: { spec: { containers: [{ name: 'server', image }] } } } },
  });
  new VirtualService(overlay, 'virtual-service', {
    name: 'server-virtual-service',
    apiVersion: 'v1beta1',
    spec: {
      gateways: ['istio-ingress/mesh-gateway'],
      hosts: [host],
      http: [{ name: 'gateway-to-server', match: [{ uri: { prefix: '/' } }], route: [{ destination: { host: `server.${namespace}.svc.cluster.local` } }] }],
    },
  });
}
