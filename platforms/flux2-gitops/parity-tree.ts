import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GitopsApp } from 'fluxwright';
import { flux2Gitops } from './platform';

/** Flux 2.1, the secrets' names as they were. */
export function writeParityTree({ target, upstream }: { target: string; upstream: string }): void {
  cpSync(join(__dirname, 'data'), join(target, 'data'), { recursive: true });
  for (const layer of ['infra', 'system', 'apps']) copyEncrypted(layer, target);
  const components = join(target, 'clusters/staging/flux-system/gotk-components.yaml');
  mkdirSync(dirname(components), { recursive: true });
  cpSync(join(upstream, 'gotk-components-flux2-gitops.yaml'), components);
  const app = new GitopsApp({ name: 'flux2-gitops', directory: '', root: target, fluxRelease: '2.1' });
  flux2Gitops(app, { fluxRelease: '2.1', decryptionSecret: 'sops-gpg', linkerdCertificates: 'linkerd-control-plane-certs-ckdk2kthb8' });
  app.synth();
}

/** What SOPS wrote lives in the committed tree alone. */
function copyEncrypted(layer: string, target: string): void {
  for (const file of readdirSync(join(__dirname, layer), { recursive: true, encoding: 'utf8' })) {
    if (/\.enc\.\w+$/.test(file)) cpSync(join(__dirname, layer, file), join(target, layer, file));
  }
}
