import { ClusterIssuer } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { site } from '../../site';
import type { Charts } from './helm-repositories';

/** Certificates from Let's Encrypt, proven through either ingress controller. */
export function certManager(layer: Layer, charts: Charts): void {
  const app = new App(layer, 'cert-manager', { resources: ['crds.yaml'] });
  app.data(app.base, 'crds.yaml'); // the release's own, which its chart leaves out
  app.release('cert-manager', { from: charts.jetstack, version: 'v1.10.1' });
  for (const [name, ingressClass] of [['letsencrypt', 'nginx'], ['letsencrypt-traefik', 'traefik']] as const) {
    new ClusterIssuer(app.base, name, {
      spec: {
        acme: {
          email: site.certificateContact,
          privateKeySecretRef: { name },
          server: 'https://acme-v02.api.letsencrypt.org/directory',
          solvers: [{ http01: { ingress: { class: ingressClass } } }],
        },
      },
    });
  }
  app.staging.encrypted({ patches: ['letsencrypt', 'letsencrypt-traefik'] });
}
