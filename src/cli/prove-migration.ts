import { archivingPlaces } from '../migrate/expected-plugin';
import { renderDifferences, withPlugin, type RenderDifference, type RenderSide } from '../migrate/render-difference';
import { discoverClusters } from '../model/clusters';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import type { Tree } from '../tree/tree';
import type { Terminal } from './command';
import { openRenderer } from './open-renderer';

export interface ProvenRenders {
  /** How many directories and Flux Kustomizations were built twice. */
  readonly count: number;
  readonly differences: readonly (RenderDifference & { readonly of: string })[];
}

/**
 * Builds what changed files take part in, before and after: each Flux Kustomization, and each directory that none of them applies.
 * @param plugin whether databases are to archive by the plugin afterwards
 */
export async function proveMigration(terminal: Terminal, before: Tree, after: Tree, changed: readonly string[], plugin: boolean): Promise<ProvenRenders> {
  const paths = new Set(changed);
  const [was, is] = [await rendersOf(terminal, before, paths), await rendersOf(terminal, after, paths)];
  const names = [...new Set([...was.keys(), ...is.keys()])].sort();
  const archiving = new Set([...was.values()].flatMap(({ objects }) => archivingPlaces(objects.map(({ data }) => data))));
  const expected = (side: RenderSide): RenderSide => (plugin ? withPlugin(side, archiving) : side);
  const nothing: RenderSide = { objects: [], failure: 'is not there' };
  return { count: names.length, differences: names.flatMap((of) => renderDifferences(expected(was.get(of) ?? nothing), is.get(of) ?? nothing).map((one) => ({ ...one, of }))) };
}

async function rendersOf(terminal: Terminal, tree: Tree, changed: ReadonlySet<string>): Promise<Map<string, RenderSide>> {
  const repository = new Repository(tree);
  const walker = new Walker(repository);
  const renderer = await openRenderer(terminal, repository, walker);
  const found = new Map<string, RenderSide>();
  const touches = (files: Iterable<string>): boolean => [...files].some((file) => changed.has(file));

  const clusters = await discoverClusters(repository, walker, renderer.builder);
  const applied = new Set<string>();
  for (const { name, kustomizations } of clusters) {
    for (const { key, path, files, objects, failure, object } of kustomizations) {
      if (path !== undefined) applied.add(path);
      if (touches(files) || (object.source !== undefined && changed.has(object.source.file))) found.set(`${key} of ${name}`, { objects, failure });
    }
  }
  const directories = [...repository.kustomizations.values()].filter(({ directory, isComponent }) => !isComponent && !applied.has(directory) && touches(walker.walk(directory).files));
  await Promise.all(directories.map(async ({ directory }) => found.set(directory === '' ? '.' : directory, await renderer.directory(directory))));
  return found;
}
