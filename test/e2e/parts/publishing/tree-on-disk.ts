import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crashTree } from '../../../publish/crash-tree';

const VERSIONS = [0, 1, 2].map(crashTree);

/** Files that are neither old nor new: that no version of the tree has with the bytes that lie there. */
export function tornFiles(root: string): string[] {
  return filesIn(root).filter((path) => !VERSIONS.some((tree) => tree.get(path)?.bytes.equals(readFileSync(join(root, path))) === true));
}

/** Which versions lie in a folder, each with the number of its files that no other version has. */
export function versionsIn(root: string): number[] {
  const present = filesIn(root);
  return [0, 1, 2].filter((version) => present.some((path) => VERSIONS[version]!.get(path)?.bytes.equals(readFileSync(join(root, path))) === true));
}

/** What tells a folder from a version of the tree; nothing, where it is that version. */
export function differences(root: string, version: number): string[] {
  const tree = VERSIONS[version]!;
  const present = filesIn(root);
  const wrong = [...tree].filter(({ path, bytes }) => !existsSync(join(root, path)) || !readFileSync(join(root, path)).equals(bytes)).map(({ path }) => path);
  return [...wrong, ...present.filter((path) => !tree.has(path))];
}

/** The files of the project: not those of others, not what publishing keeps for itself. */
function filesIn(root: string): string[] {
  if (!existsSync(join(root, 'k8s'))) return [];
  return readdirSync(join(root, 'k8s'), { recursive: true, encoding: 'utf8' })
    .map((name) => `k8s/${name}`)
    .filter((path) => !/\/\.[^/]*$|by-hand/.test(path) && statSync(join(root, path)).isFile());
}
