import type { CheckContext } from '../checks/check-context';
import { rules } from '../checks/index';
import { pathMatcher } from '../checks/path-pattern';
import { readSettings } from '../checks/read-settings';
import { UserError } from '../errors';
import { discoverClusters, walkingBuilder } from '../model/clusters';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { Tree } from '../tree/tree';
import type { Terminal } from './command';
import { openRenderer } from './open-renderer';

/**
 * Reads a tree as a Flux repository with its clusters, built by kustomize where there is one.
 * @param render whether to build at all; without, files are followed as they are written
 */
export async function openClusters(terminal: Terminal, tree: Tree, render: boolean): Promise<CheckContext> {
  const settings = readSettings(tree, rules.map(({ id }) => id));
  const isExcluded = pathMatcher(settings.exclude);
  const repository = new Repository(settings.exclude.length === 0 ? tree : new Tree([...tree].filter(({ path }) => !isExcluded(path)), 'as-found'));
  const walker = new Walker(repository);
  const renderer = render ? await rendererFor(terminal, repository, walker) : undefined;
  const clusters = await discoverClusters(repository, walker, renderer?.builder ?? walkingBuilder(walker));
  return { repository, walker, clusters, rendered: renderer !== undefined, base: undefined, settings };
}

/** Says what is missing, and goes on without. */
async function rendererFor(terminal: Terminal, repository: Repository, walker: Walker) {
  try {
    return await openRenderer(terminal, repository, walker);
  } catch (error) {
    if (!UserError.is(error)) throw error;
    terminal.say(`files are followed as they are written, without patches and variables: ${error.message}`);
    return undefined;
  }
}
