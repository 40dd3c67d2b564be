import { basename, join, dirname, normalize } from 'node:path';
import { parse } from 'yaml';

const REMOTE = /^(\s*- )(https?:\/\/\S+)$/gm;

/**
 * The tree without what its kustomization files take in by URL, which nobody serves here: a ConfigMap that says so stands in
 * its place, and in that of a directory the Deployments that an overlay sets replicas of, without which kustomize refuses it.
 * Each is named.
 */
export function withoutRemotes(platform: string, files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  const left = new Map(files);
  const urls: string[] = [];
  for (const [path, bytes] of files) {
    if (basename(path) !== 'kustomization.yaml') continue;
    const text = bytes.toString('utf8').replace(REMOTE, (_, dash: string, url: string) => {
      urls.push(url);
      const name = `in-place-of-url-${urls.length}`;
      const scaled = url.endsWith('.yaml') || url.endsWith('.yml') ? [] : scaledAbove(dirname(path), files);
      left.set(join(dirname(path), `${name}.yaml`), Buffer.from(standIn(name, url, scaled).map((object) => JSON.stringify(object)).join('\n---\n')));
      return `${dash}${name}.yaml`;
    });
    left.set(path, Buffer.from(text));
  }
  if (urls.length > 0) process.stderr.write(`  ${platform}: not served here, and left out:\n${urls.map((url) => `    ${url}\n`).join('')}`);
  return left;
}

function standIn(name: string, url: string, scaled: readonly string[]): unknown[] {
  const labels = { app: name };
  const container = { name: 'main', image: 'registry.invalid/nothing:1', env: [{ name: 'URL', value: url }], resources: { requests: { cpu: '10m' } } };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data: { url } },
    // kustomize names it by the overlay's namespace
    ...(scaled.length === 0 ? [] : [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]),
    ...scaled.map((deployment) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: deployment }, spec: { selector: { matchLabels: labels }, template: { metadata: { labels, annotations: { url } }, spec: { containers: [container] } } } })),
  ];
}

/** What the kustomization files that take in a directory set replicas of. */
function scaledAbove(directory: string, files: ReadonlyMap<string, Buffer>): string[] {
  const names: string[] = [];
  for (const [path, bytes] of files) {
    if (basename(path) !== 'kustomization.yaml') continue;
    const { resources, replicas } = (parse(bytes.toString('utf8')) ?? {}) as { resources?: string[]; replicas?: { name: string }[] };
    if (resources?.some((resource) => normalize(join(dirname(path), resource)) === directory)) names.push(...(replicas ?? []).map(({ name }) => name));
  }
  return names;
}
