import type { UpstreamRelease } from '../app/upstream-releases';
import { UserError } from '../errors';
import { referencesOf } from '../model/kustomization-file';
import type { Repository } from '../model/repository';
import type { Terminal } from './command';
import { askApp, findProject } from './project';

/**
 * What the project's app pins.
 * @param mayBeNone whether a folder without an app is fine, as that of a tree of manifests is
 */
export async function pinnedReleases(terminal: Terminal, mayBeNone: boolean): Promise<UpstreamRelease[]> {
  let project;
  try {
    project = findProject(terminal.directory);
  } catch (error) {
    if (mayBeNone && UserError.is(error)) return [];
    throw error;
  }
  const { CDK8S_OUTDIR: _, ...environment } = terminal.environment;
  return JSON.parse(await askApp(project, { ...environment, FLUXWRIGHT_SYNTH: JSON.stringify({ list: 'upstream' }) }, terminal)) as UpstreamRelease[];
}

/** URLs of manifests that kustomization files of a repository list. */
export function listedUrls({ kustomizations }: Repository): string[] {
  const targets = [...kustomizations.values()].flatMap((kustomization) => referencesOf(kustomization)).filter(({ role }) => role === 'resources').map(({ target }) => target);
  return [...new Set(targets)].filter((target) => /^https?:\/\/[^?]+\.(?:ya?ml|json)$/.test(target)).sort();
}
