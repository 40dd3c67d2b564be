import { Alert, EncryptedFile, k8s, Provider, Receiver, SecretGenerator, VerbatimFile } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { ingress } from '../../shapes/workload';
import { site } from '../../site';

const namespace = 'flux-system';

/** What Flux reports, and the webhook by which a Git host tells it of commits. */
export function flux(layer: Layer): void {
  const app = new App(layer, 'flux', { namespace, namespaceMetadata: null });
  const slack = new Provider(app.base, 'slack', { type: 'slack', address: 'ADDRESS', channel: 'CHANNEL' });
  const everything = (['GitRepository', 'Kustomization'] as const).map((kind) => ({ kind, name: '*' }));
  new Alert(app.base, 'info', { provider: slack, eventSeverity: 'info', eventSources: everything, summary: 'SUMMARY' });

  new SecretGenerator(app.base, 'webhook-token', { envs: [new VerbatimFile(app.base, 'webhook.env', { content: 'token=REPLACE\n' })], plaintextReason: 'a placeholder' });
  new SecretGenerator(app.staging.overlay, 'webhook-token', { envs: [new EncryptedFile(app.staging.overlay, 'webhook.enc.env')], behavior: 'merge', namespace });
  app.followNames('Secret', 'spec/secretRef/name', 'Receiver');
  new Receiver(app.base, 'flux-webhook', { type: 'github', events: ['ping', 'push'], resources: [{ kind: 'GitRepository', name: 'flux-system' }], secretRef: 'webhook-token' });
  ingress(app.base, 'webhook-receiver', { host: `flux-webhook.${site.domain}`, port: 80, class: null, tlsSecret: 'flux-webhook-tls', pathType: 'Prefix' });
  // Flux's own policies let nobody else in, and then the certificate is never issued
  new k8s.KubeNetworkPolicy(app.base, 'allow-acme-solver', {
    metadata: { name: 'allow-acme-solver' },
    spec: {
      podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
      ingress: [{ from: [{ namespaceSelector: {} }] }],
      policyTypes: ['Ingress'],
    },
  });
  app.staging.encrypted({ patches: ['ingress', { kind: 'Alert' }, { kind: 'Provider' }] });
}
