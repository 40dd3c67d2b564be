import { EncryptedFile, SecretGenerator, type HelmRelease } from 'fluxwright';
import type { Flux2GitopsOptions } from '../../options';
import { App, helmApp } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { Charts } from '../infra/helm-repositories';

/** The Linkerd mesh with its extensions: what it takes for others to join it. */
export function linkerd(layer: Layer, charts: Charts, { linkerdCertificates }: Flux2GitopsOptions): readonly HelmRelease[] {
  const app = new App(layer, 'linkerd', {
    namespaceMetadata: {
      annotations: { 'linkerd.io/inject': 'disabled' },
      labels: {
        'kubernetes.io/metadata.name': 'linkerd', 'linkerd.io/is-control-plane': 'true',
        'config.linkerd.io/admission-webhooks': 'disabled', 'linkerd.io/control-plane-ns': 'linkerd',
      },
    },
  });
  const certificates = linkerdCertificates ?? 'linkerd-control-plane-certs';
  new SecretGenerator(app.base, certificates, {
    files: {
      'ca.crt': app.data(app.base, 'ca.crt'),
      'issuer.crt': app.data(app.base, 'issuer.crt'),
      'issuer.key': new EncryptedFile(app.base, 'issuer-key', { path: 'issuer.enc.key', isListed: false }),
    },
    options: linkerdCertificates === undefined ? undefined : { disableNameSuffixHash: true },
    plaintextReason: 'certificates are public; the key is encrypted',
  });
  const certificate = (valuesKey: string, targetPath: string) => ({ kind: 'Secret', name: certificates, valuesKey, targetPath } as const);
  const controlPlane = app.release('linkerd-control-plane', {
    from: charts.linkerd, version: '1.x',
    valuesFrom: [certificate('ca.crt', 'identityTrustAnchorsPEM'), certificate('issuer.crt', 'identity.issuer.tls.crtPEM'), certificate('issuer.key', 'identity.issuer.tls.keyPEM')],
  });
  const crds = app.release('linkerd-crds', { from: charts.linkerd, version: '1.x', values: 'Secret' });
  const mesh = [crds, controlPlane];

  const extension = (name: string) => ({ namespaceMetadata: { labels: { 'linkerd.io/extension': name } }, dependsOn: mesh });
  helmApp(layer, 'linkerd-jaeger', { ...extension('jaeger'), from: charts.linkerd, version: '30.x', values: 'Secret', valuesName: 'tempo-values', staging: { values: 'plain' } });
  helmApp(layer, 'linkerd-smi', { ...extension('smi'), from: charts['linkerd-smi'], version: '0.x' });
  const viz = new App(layer, 'linkerd-viz', extension('viz'));
  viz.release('linkerd-viz', { dependsOn: mesh, from: charts.linkerd, version: '30.x', values: 'Secret', staging: { values: 'encrypted' } });
  viz.staging.encrypted({ resources: ['ingress'] });
  return mesh;
}
