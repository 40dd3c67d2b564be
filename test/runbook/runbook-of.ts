import { NO_SETTINGS } from '../../src/checks/check-settings';
import { discoverClusters, walkingBuilder } from '../../src/model/clusters';
import { Repository } from '../../src/model/repository';
import { Walker } from '../../src/model/walk';
import { makeRunbook } from '../../src/runbook/runbook';
import { withoutEnvironments } from '../../src/runbook/without-environments';
import { treeOf, type Files } from '../checks/check-tree';

/** The runbook of a tree, without kustomize. */
export async function runbookOf(files: Files, { output, environments, instances = [] }: { readonly output?: string; readonly environments?: string; readonly instances?: readonly string[] } = {}): Promise<string> {
  const repository = new Repository(treeOf(files));
  const walker = new Walker(repository);
  const clusters = withoutEnvironments(await discoverClusters(repository, walker, walkingBuilder(walker)), new Set(instances));
  return makeRunbook({ context: { repository, walker, clusters, rendered: true, base: undefined, settings: NO_SETTINGS }, output, environments });
}

/** The titles of its sections. */
export function titlesOf(runbook: string): string[] {
  return runbook.split('\n').flatMap((line) => (line.startsWith('## ') ? line.slice(3) : []));
}

/** One section, without its title. */
export function sectionOf(runbook: string, title: string): string {
  return runbook.split(/^## /m).find((text) => text.startsWith(`${title}\n`))?.slice(title.length).trim() ?? '';
}
