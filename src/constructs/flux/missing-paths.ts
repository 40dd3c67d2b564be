import type { GitopsApp } from '../../app/gitops-app';
import { hasFilesOfOthers } from '../../app/inputs';
import { directoriesBelow } from '../../app/layout';
import { UserError } from '../../errors';
import type { FluxKustomization } from './flux-kustomization';

/**
 * Kustomizations that apply a path of the cluster's own repository where neither the app nor anybody else has something. Not
 * known, and so not refused: paths of other sources, of one that is no Git repository, and with a variable in them.
 */
export function missingPaths(app: GitopsApp, kustomizations: readonly FluxKustomization[]): UserError[] {
  const named = kustomizations.filter(({ namedPath }) => namedPath !== undefined);
  if (named.length === 0) return [];
  const folders = new Set<string>(['']);
  for (const { path } of directoriesBelow(app)) for (let folder = path; !folders.has(folder); folder = parentOf(folder)) folders.add(folder);
  return named.filter((kustomization) => !folders.has(kustomization.namedPath!) && !hasFilesOfOthers(app, kustomization.namedPath!)).map((kustomization) => new UserError(
    'reference-invalid',
    `Kustomization "${kustomization.node.path}" applies ${JSON.stringify(`./${kustomization.namedPath!}`)}, where the app has no directory and the repository no files`,
    'give it the Directory itself, or mend the path, which starts at the root of the repository; or name the source that has it',
  ));
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
