import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gotkComponents } from './bootstrap';
import { isSopsFile } from './placeholder-secrets';

export const PROJECT = join(__dirname, '..', '..', '..');

/**
 * What a platform's repository holds: the tree that is committed here, with what `flux bootstrap` adds to it.
 * @param unlock what becomes of a file that SOPS encrypted, since nobody has its key
 */
export function committedTree(platform: string, shared: string, unlock: (path: string, bytes: Buffer) => Buffer): Map<string, Buffer> {
  const folder = join(PROJECT, 'platforms', platform);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => !path.endsWith('.ts') && statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => {
    const bytes = readFileSync(join(folder, path));
    if (path.endsWith('gotk-components.yaml')) return [path, Buffer.from(gotkComponents(shared))];
    return [path, isSopsFile(bytes) ? unlock(path, bytes) : bytes];
  }));
}
