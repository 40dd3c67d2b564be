import { UpstreamManifest, type Directory } from 'fluxwright';
import type { HopicOptions } from './options';

/** The upstream releases that the platform stands on. `fluxwright upstream fetch` brings them into the cache. */
const releases = {
  'cert-manager': {
    version: 'v1.16.1',
    url: 'https://github.com/cert-manager/cert-manager/releases/download/v1.16.1/cert-manager.yaml',
    sha256: 'ad09a35d3dd404f98f4e16555b01b89bdf7a499932b4567f3e2eddb4ef3cab15',
    file: 'cert-manager-v1.16.1.yaml',
  },
  'cnpg': {
    version: '1.24.1',
    url: 'https://github.com/cloudnative-pg/cloudnative-pg/releases/download/v1.24.1/cnpg-1.24.1.yaml',
    sha256: 'd3f45ad2e38992d527992bf6379438bf45ad6316a42e1175a794f8357466c00f',
    file: 'cnpg-1.24.1.yaml',
  },
  // published only inside a tarball in a bucket, so the copy that this system's repository keeps is named
  'config-connector': {
    version: '1.125.0',
    url: 'https://raw.githubusercontent.com/PHACDataHub/cpho-phase2/prod/k8s/configconnector-operator-system/autopilot-configconnector-operator.yaml',
    sha256: 'fc7db7ad294042ff0a463505db159599b1100ff112e1c57629afe61a96f28827',
    file: 'autopilot-configconnector-operator.yaml',
  },
} as const;

export function release(directory: Directory, name: keyof typeof releases, { upstreamFolder }: HopicOptions): UpstreamManifest {
  const { file, ...pinned } = releases[name];
  return new UpstreamManifest(directory, name, upstreamFolder === undefined ? { ...pinned, remote: true } : { ...pinned, source: `${upstreamFolder}/${file}` });
}
