import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GitopsApp } from 'fluxwright';
import { hopic } from './platform';

/** Flux 2.4, upstream's releases vendored, sync files applied by hand, the marker in the branch, less room for a restored database than for its source. */
export function writeParityTree({ target, project, upstream }: { target: string; project: string; upstream: string }): void {
  copyEncrypted(project, target, 'k8s');
  mkdirSync(join(target, 'k8s/flux-system'), { recursive: true });
  cpSync(join(upstream, 'gotk-components-v2.4.0.yaml'), join(target, 'k8s/flux-system/gotk-components.yaml'));
  const app = new GitopsApp({ name: 'hopic', root: target });
  hopic(app, { fluxRelease: '2.4', upstreamFolder: upstream, syncByHand: true, ephemeralPin: 'branch', ephemeralStorage: '1Gi' });
  app.synth();
}

/** What SOPS wrote lives in the committed tree alone. */
function copyEncrypted(from: string, to: string, folder: string): void {
  for (const file of readdirSync(join(from, folder), { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.enc.yaml')) cpSync(join(from, folder, file), join(to, folder, file));
  }
}
