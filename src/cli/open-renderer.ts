import { UserError } from '../errors';
import type { Repository } from '../model/repository';
import type { Walker } from '../model/walk';
import { Renderer, type RenderProgress } from '../render/builder';
import type { FindDownload } from '../render/closure';
import { findKustomize } from '../render/kustomize';
import { RenderCache } from '../render/render-cache';
import { cacheHome, findUpstreamByUrl } from '../upstream/upstream-cache';
import type { Terminal } from './command';
import { progressOf } from './progress';
import { findProject } from './project';

/**
 * What builds a repository as Flux does, with the kustomize of the project or the machine.
 * @param findDownload the releases that kustomize would fetch; by default those that are on this machine
 * @throws UserError `tool-missing` without a kustomize
 */
export async function openRenderer(terminal: Terminal, repository: Repository, walker: Walker, findDownload: FindDownload = findUpstreamByUrl): Promise<Renderer> {
  const cache = new RenderCache(cacheHome());
  const search = { project: projectFolder(terminal), path: terminal.environment['PATH'] ?? '', cache: cacheHome() };
  const kustomize = await findKustomize(search, cache);
  return new Renderer({ repository, walker, kustomize, cache, findDownload, onProgress: progressLine(terminal) });
}

/** A line that says how far it is. */
function progressLine({ status }: Terminal): ((progress: RenderProgress) => void) | undefined {
  if (status === undefined) return undefined;
  const shown = progressOf(status, ({ done, wanted }: RenderProgress) => `built ${done} of ${wanted} kustomizations`);
  return (progress) => (progress.done === progress.wanted ? status('') : shown(progress));
}

function projectFolder({ directory }: Terminal): string | undefined {
  try {
    return findProject(directory).directory;
  } catch (error) {
    if (UserError.is(error)) return undefined;
    throw error;
  }
}
