import type { Repository } from '../model/repository';
import { baseName } from '../tree/path';
import { memoized } from './memoized';

/** Whether data of this kind was left out of the tree altogether, as where somebody has copied the manifests of a repository alone. */
export function isLeftOutData(path: string, repository: Repository): boolean {
  // a name without a dot is a folder that is misspelled, more likely than a file
  return baseName(path).includes('.') && !/\.(ya?ml|json)$/.test(path) && !extensions(repository).has(extension(path));
}

const extensions = memoized((repository: Repository): ReadonlySet<string> => new Set([...repository.tree.paths()].map(extension)));

function extension(path: string): string {
  const name = baseName(path);
  return name.slice(Math.max(0, name.lastIndexOf('.')));
}
