import { ApiObject } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { PER_STAGE, site } from '../../site';

/** Sign-in with Azure AD for what Traefik serves. */
export function traefikForwardAuth(layer: Layer): void {
  const app = new App(layer, 'traefik-forward-auth', { namespace: 'traefik', namespaceMetadata: null, staging: { included: false } });
  const azuread = (key: string) => ({ secret: 'azuread', key });
  app.workload('traefik-forward-auth', {
    image: 'thomseddon/traefik-forward-auth:latest',
    ports: [{ containerPort: 4181, protocol: 'TCP' }],
    env: {
      DEFAULT_PROVIDER: 'oidc',
      PROVIDERS_OIDC_ISSUER_URL: azuread('endpoint'),
      PROVIDERS_OIDC_CLIENT_ID: azuread('client_id'),
      PROVIDERS_OIDC_CLIENT_SECRET: azuread('client_secret'),
      SECRET: azuread('random_secret'),
      COOKIE_DOMAIN: site.forwardAuth.cookieDomain,
      AUTH_HOST: site.forwardAuth.host,
      LOG_LEVEL: 'trace',
    },
    limits: { cpu: '100m', memory: '128Mi' },
    service: { port: 80, targetPort: 4181, portName: 'http', protocol: 'TCP' },
    ingress: {
      host: PER_STAGE, port: 80, class: 'traefik', issuer: 'letsencrypt-traefik',
      annotations: { 'traefik.ingress.kubernetes.io/router.middlewares': 'traefik-azuread@kubernetescrd' },
    },
  });
  new ApiObject(app.base, 'middleware', {
    apiVersion: 'traefik.containo.us/v1alpha1',
    kind: 'Middleware',
    metadata: { name: 'azuread' },
    spec: { forwardAuth: { address: 'http://traefik-forward-auth', authResponseHeaders: ['X-Forwarded-User'] } },
  });
  app.staging.encrypted({ patches: ['ingress'], resources: ['azuread'] });
}
