import { relative, resolve, sep } from 'node:path';
import { Repository } from '../model/repository';
import { resolveTarget } from '../model/kustomization-file';
import { Walker } from '../model/walk';
import type { BuildDirectory } from '../stages/rendered-changes';
import type { Tree } from '../tree/tree';
import type { Terminal } from './command';
import { openRenderer } from './open-renderer';
import { openRepository, type OpenedRepository } from './open-repository';

/** A repository with stages, and what its words mean where the command was called. */
export interface OpenedStages extends OpenedRepository {
  readonly repository: Repository;
  /** The folder of the tree that somebody types, from here or from the root. */
  readonly folderOf: (typed: string) => string | undefined;
}

export function openStages(terminal: Pick<Terminal, 'directory'>): OpenedStages {
  const opened = openRepository(terminal);
  const repository = new Repository(opened.tree);
  const folderOf = (typed: string): string | undefined => {
    const fromHere = relative(opened.root, resolve(terminal.directory, typed)).split(sep).join('/');
    return [fromHere, resolveTarget('', typed)].find((path) => path !== undefined && !path.startsWith('..') && repository.isDirectory(path));
  };
  return { ...opened, repository, folderOf };
}

/**
 * What builds directories of a tree.
 * @throws UserError `tool-missing` without a kustomize
 */
export async function openBuild(terminal: Terminal, tree: Tree, repository = new Repository(tree)): Promise<BuildDirectory> {
  const renderer = await openRenderer(terminal, repository, new Walker(repository));
  return async (directory) => renderer.directory(directory);
}
