import { basename, join, dirname } from 'node:path';

const REMOTE = /^(\s*- )(https?:\/\/\S+)$/gm;

/**
 * The tree without what its kustomization files take in by URL, which nobody serves here: a ConfigMap that says so stands in
 * its place. Each is named.
 */
export function withoutRemotes(platform: string, files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  const left = new Map(files);
  const urls: string[] = [];
  for (const [path, bytes] of files) {
    if (basename(path) !== 'kustomization.yaml') continue;
    const text = bytes.toString('utf8').replace(REMOTE, (_, dash: string, url: string) => {
      urls.push(url);
      const name = `in-place-of-url-${urls.length}`;
      left.set(join(dirname(path), `${name}.yaml`), Buffer.from(`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\ndata:\n  url: ${JSON.stringify(url)}\n`));
      return `${dash}${name}.yaml`;
    });
    left.set(path, Buffer.from(text));
  }
  if (urls.length > 0) process.stderr.write(`  ${platform}: not served here, and left out:\n${urls.map((url) => `    ${url}\n`).join('')}`);
  return left;
}
