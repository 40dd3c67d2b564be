import { KubeObject } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { ingress } from '../../shapes/workload';
import { endpoints, PER_STAGE } from '../../site';

/** Keycloak, which the system layer's operator runs in its own namespace. */
export function keycloak(layer: Layer): void {
  const app = new App(layer, 'keycloak', { namespaceMetadata: null, staging: { included: false } });
  const database = (key: string) => ({ name: 'keycloak-db-secret', key });
  const tlsSecret = 'keycloak-tls';
  new KubeObject(app.base, 'keycloak', {
    of: { apiVersion: 'k8s.keycloak.org/v2alpha1', kind: 'Keycloak' },
    object: {
      metadata: { name: 'keycloak' },
      spec: {
        instances: 1,
        db: { vendor: 'postgres', host: endpoints.postgres, database: 'keycloak', usernameSecret: database('username'), passwordSecret: database('password') },
        hostname: { hostname: PER_STAGE },
        http: { tlsSecret },
        ingress: { enabled: false },
      },
    },
  });
  ingress(app.base, 'keycloak', {
    host: PER_STAGE, service: 'keycloak-service', port: 8443, pathType: 'Prefix', tlsSecret, annotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' },
  });
  app.staging.encrypted({ patches: ['keycloak', 'ingress'], resources: ['keycloak-db-secret'] });
}
