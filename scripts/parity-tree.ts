/**
 * `npm run --silent parity-tree -- PLATFORM DIR`: writes a platform's tree into DIR in the state that the original
 * repository is in: its Flux release, upstream's files vendored from ../shared/upstream, what SOPS wrote copied.
 */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GitopsApp } from 'fluxwright';
import { hopic } from '../platforms/hopic/platform';

const project = resolve(__dirname, '..');
const upstream = resolve(project, '../shared/upstream');

const platforms: Readonly<Record<string, (target: string) => void>> = {
  hopic(target) {
    copyEncrypted(project, target, 'k8s');
    mkdirSync(join(target, 'k8s/flux-system'), { recursive: true });
    cpSync(join(upstream, 'gotk-components-v2.4.0.yaml'), join(target, 'k8s/flux-system/gotk-components.yaml'));
    const app = new GitopsApp({ name: 'hopic', root: target });
    hopic(app, { fluxRelease: '2.4', upstreamFolder: upstream, syncByHand: true, ephemeralPin: 'branch' });
    app.synth();
  },
};

const [name, directory] = process.argv.slice(2);
const write = platforms[name ?? ''];
if (write === undefined || directory === undefined) {
  console.error(`usage: npm run --silent parity-tree -- PLATFORM DIR\n  PLATFORM is one of ${Object.keys(platforms).join(', ')}`);
  process.exitCode = 2;
} else if (!existsSync(upstream)) {
  console.error(`${upstream} is not there, and the tree needs upstream's releases from it`);
  process.exitCode = 2;
} else {
  mkdirSync(directory, { recursive: true });
  write(resolve(directory));
}

/** What SOPS wrote lives in the committed tree alone. */
function copyEncrypted(from: string, to: string, folder: string): void {
  for (const file of readdirSync(join(from, folder), { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.enc.yaml')) cpSync(join(from, folder, file), join(to, folder, file), { recursive: true });
  }
}
