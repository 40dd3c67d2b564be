import { publish, type PublishOptions, type PublishReport } from '../../src/publish/publish';
import type { Repository } from '../publish/repository';
import { treeOf } from './page';

/** Publishes the tree of a page's program into a repository, as `fluxwright synth` does. */
export function synthInto(repository: Repository, page: string, edit?: (source: string) => string, options: Partial<PublishOptions> = {}): PublishReport {
  const tree = treeOf(page, { files: {}, edit });
  return publish(tree, { root: repository.root, project: 'shop', directory: 'k8s', ...options });
}
