import type { CheckContext } from '../checks/check-context';
import { UserError } from '../errors';
import { fromRoot } from '../publish/typed-paths';
import { findLiveDatabase, type LiveDatabase } from '../recovery/live-database';
import type { Terminal } from './command';
import { openClusters } from './open-clusters';
import { openRepository } from './open-repository';
import { clustersNamed } from './render-targets';

/** A database that a command was asked about, in the repository that it stands in. */
export interface OpenedDatabase {
  readonly live: LiveDatabase;
  readonly context: CheckContext;
  readonly root: string;
  /** A path that was typed, from the root. */
  readonly pathOf: (typed: string) => string;
}

/** @throws UserError `tool-missing` without kustomize, since what is not rendered may lack half of it; `reference-invalid` */
export async function openDatabase(terminal: Terminal, typed: string, cluster: string | undefined): Promise<OpenedDatabase> {
  const { tree, root } = openRepository(terminal);
  const context = await openClusters(terminal, tree, true);
  if (!context.rendered) throw new UserError('tool-missing', 'without kustomize nobody knows what the database is like in the cluster, after patches and variables', 'install it: https://kubectl.docs.kubernetes.io/installation/kustomize/');
  const live = findLiveDatabase(context.repository, clustersNamed(context.clusters, cluster), typed);
  return { live, context, root, pathOf: (path) => fromRoot(path, '--output', { root, from: terminal.directory }, (one) => tree.has(one)) };
}
