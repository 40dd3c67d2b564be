import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { Renderer } from '../render/builder';
import { findKustomize } from '../render/kustomize';
import { RenderCache } from '../render/render-cache';
import type { Tree } from '../tree/tree';
import { cacheHome, findUpstreamByUrl } from '../upstream/upstream-cache';

/**
 * What builds a tree of a test by the real kustomize, with the cache that the command line has.
 * @throws UserError `tool-missing` without a kustomize
 */
export async function testRenderer(tree: Tree): Promise<Renderer> {
  const repository = new Repository(tree);
  return rendererOf(repository, new Walker(repository));
}

export async function rendererOf(repository: Repository, walker: Walker): Promise<Renderer> {
  const cache = new RenderCache(cacheHome());
  const kustomize = await findKustomize({ project: process.cwd(), path: process.env['PATH'] ?? '', cache: cacheHome() }, cache);
  return new Renderer({ repository, walker, kustomize, cache, findDownload: findUpstreamByUrl });
}
