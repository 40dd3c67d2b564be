import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, FluxKustomization, GitopsApp, k8s, NamespaceDirectory } from 'fluxwright';
import { hopic } from '../../../platforms/hopic/platform';
import { gotkComponents } from './bootstrap';
import { PROJECT } from './committed-tree';

export interface Variant {
  /** The branches that have an ephemeral environment. */
  readonly branches?: readonly string[];
  /** The ConfigMaps of a namespace beside the platform's; the names with a "!" are protected from prune. */
  readonly extras?: readonly string[];
}

/** The flagship's tree as its repository would hold it, with upstream's releases vendored. */
export function flagshipTree(shared: string, unlock: (path: string, bytes: Buffer) => Buffer, { branches = [], extras }: Variant = {}): Map<string, Buffer> {
  const app = new GitopsApp({ name: 'hopic', root: PROJECT });
  hopic(app, { upstreamFolder: join(shared, 'upstream'), branches });
  if (extras !== undefined) addExtras(app.node.findChild('hopic') as Cluster, extras);
  const files = new Map([...app.toTree()].map(({ path, bytes }) => [path, bytes]));
  for (const name of readdirSync(join(PROJECT, 'k8s'), { recursive: true, encoding: 'utf8' }).filter((one) => one.includes('.enc.'))) {
    files.set(`k8s/${name}`, unlock(`k8s/${name}`, readFileSync(join(PROJECT, 'k8s', name))));
  }
  files.set('k8s/flux-system/gotk-components.yaml', Buffer.from(gotkComponents(shared)));
  return files;
}

function addExtras(cluster: Cluster, names: readonly string[]): void {
  const directory = new NamespaceDirectory(cluster, 'extras');
  new k8s.KubeNamespace(directory, 'namespace', { metadata: { name: 'extras', annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } } });
  new FluxKustomization(directory, 'extras', { applies: directory, wait: true, interval: '10m' });
  for (const name of names) {
    const annotations = name.endsWith('!') ? { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } : undefined;
    new k8s.KubeConfigMap(directory, name.replace('!', ''), { metadata: { name: name.replace('!', ''), annotations }, data: { a: '1' } });
  }
}
