import { ConfigMapGenerator, EncryptedFile, GitopsApp, k8s, KubeObject, SecretGenerator, type Directory } from 'fluxwright';
import { sharedBase } from '../base';
import type { EnvironmentNamespace } from '../namespace';
import { ingressClass } from './ingress-nginx';

const image = 'oryd/hydra:v26.2.0';
const labels = { app: 'hydra' };

/** What Hydra calls the variables of the Secret, whose names are older than it is. */
const secretVariables = { DSN: 'DATABASE_URL', SECRETS_SYSTEM: 'SYSTEM_SECRET', OIDC_SUBJECT_IDENTIFIERS_PAIRWISE_SALT: 'OIDC_SUBJECT_TYPE_PAIRWISE_SALT' } as const;

/** OAuth 2 and OpenID Connect. Its settings and secrets have a hash in their names, so that a change of either restarts it. */
export function hydra(namespace: EnvironmentNamespace, ingress: EnvironmentNamespace): void {
  const { hosts } = namespace.environment;
  const base = sharedBase(GitopsApp.of(namespace), 'hydra', undefined, declareBase);
  const overlay = namespace.step('hydra', { bases: [base], after: [namespace, ingress] });
  new ConfigMapGenerator(overlay, 'settings', {
    name: 'hydra',
    literals: {
      URLS_SELF_ISSUER: `https://${hosts.hydra}/`,
      URLS_LOGIN: `https://${hosts.identity}/login`,
      URLS_CONSENT: `https://${hosts.identity}/consent`,
      URLS_LOGOUT: `https://${hosts.identity}/logout`,
      OIDC_SUBJECT_IDENTIFIERS_SUPPORTED_TYPES: 'public,pairwise',
      // TLS ends at the load balancer
      SERVE_TLS_ALLOW_TERMINATION_FROM: '0.0.0.0/0',
    },
  });
  new SecretGenerator(overlay, 'secrets', { name: 'hydra', envs: [new EncryptedFile(overlay, 'hydra.enc.env')] });
  host(overlay, hosts.hydra);
}

/** The public API; the administrative one stays inside. */
function host(overlay: Directory, name: string): void {
  new KubeObject(overlay, 'ingress', {
    of: k8s.KubeIngress,
    object: {
      metadata: { name: 'hydra' },
      spec: {
        ingressClassName: ingressClass,
        rules: [{ host: name, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'hydra', port: { name: 'public' } } } }] } }],
      },
    },
  });
}

function declareBase(base: Directory): void {
  const env = Object.entries(secretVariables).map(([name, key]) => ({ name, valueFrom: { secretKeyRef: { name: 'hydra', key } } }));
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 10000 };
  const resources = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } };
  new KubeObject(base, 'service', {
    of: k8s.KubeService,
    object: { metadata: { name: 'hydra' }, spec: { selector: labels, ports: [{ name: 'public', port: 4444, targetPort: 'public' }, { name: 'admin', port: 4445, targetPort: 'admin' }] } },
  });
  new KubeObject(base, 'deployment', {
    of: k8s.KubeDeployment,
    object: {
      metadata: { name: 'hydra' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            initContainers: [{ name: 'migrate', image, args: ['migrate', 'sql', 'up', '-e', '--yes'], env, resources, securityContext }],
            containers: [{
              name: 'hydra',
              image,
              args: ['serve', 'all'],
              env,
              envFrom: [{ configMapRef: { name: 'hydra' } }],
              ports: [{ name: 'public', containerPort: 4444 }, { name: 'admin', containerPort: 4445 }],
              livenessProbe: { httpGet: { path: '/health/alive', port: 'public' } },
              readinessProbe: { httpGet: { path: '/health/ready', port: 'public' } },
              resources,
              securityContext,
            }],
          },
        },
      },
    },
  });
}
