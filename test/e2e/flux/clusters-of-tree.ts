import { dirname, join } from 'node:path';
import { discoverClusters } from '../../../src/model/clusters';
import type { Cluster } from '../../../src/model/flux-kustomization';
import { Repository } from '../../../src/model/repository';
import { Walker } from '../../../src/model/walk';
import { Renderer } from '../../../src/render/builder';
import { findKustomize } from '../../../src/render/kustomize';
import { RenderCache } from '../../../src/render/render-cache';
import { readTree } from '../../../src/tree/disk';
import { toolPath } from '../../tools';
import { temporaryFolder } from '../harness/folder';
import type { Scope } from '../harness/scope';

/** What fluxwright foretells of a tree: its clusters, with what Flux applies to each as the real kustomize builds it. */
export async function clustersOfTree(scope: Scope, files: ReadonlyMap<string, Buffer>): Promise<Cluster[]> {
  const folder = temporaryFolder(scope, Object.fromEntries(files));
  const repository = new Repository(readTree(folder));
  const walker = new Walker(repository);
  const cache = new RenderCache(join(folder, '.cache'));
  const kustomize = await findKustomize({ path: dirname(toolPath('kustomize')!), cache: folder, project: undefined }, cache);
  const { builder } = new Renderer({ repository, walker, kustomize, cache, findDownload: () => undefined });
  return discoverClusters(repository, walker, builder);
}
