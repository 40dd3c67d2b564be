import { UserError } from '../errors';
import type { Repository } from '../model/repository';
import { nearestTo } from '../nearest';
import { baseName, directoryOf } from '../tree/path';
import { overlaysIn } from './stage-pair';

/**
 * The overlays that somebody names: each by its folder, or all in a folder of overlays.
 * @param folderOf the folder of the tree that somebody means by a word, if it is one
 * @throws UserError `reference-invalid` for what is no overlay and holds none, with the nearest one
 */
export function findOverlays(repository: Repository, names: readonly string[], folderOf: (typed: string) => string | undefined): string[] {
  const isOverlay = (directory: string): boolean => repository.kustomizations.get(directory)?.isComponent === false;
  const problems: UserError[] = [];
  const found = names.flatMap((name) => {
    const folder = folderOf(name);
    const overlays = folder === undefined ? [] : isOverlay(folder) ? [folder] : repository.directoriesIn(folder).filter(isOverlay);
    if (overlays.length === 0) problems.push(folder === undefined ? unknown(repository, name) : new UserError('reference-invalid', `${name} has no kustomization.yaml, and no folder in it has one`, 'name overlays, or the folder that they lie in'));
    return overlays;
  });
  if (problems.length > 0) throw UserError.all(problems);
  return [...new Set(found)].sort();
}

function unknown(repository: Repository, name: string): UserError {
  const overlays = overlaysIn(repository, '');
  const near = nearestTo(name, [...overlays, ...overlays.map(directoryOf)]) ?? overlays.find((directory) => baseName(directory) === name) ?? overlays.find((directory) => baseName(directory) === nearestTo(name, overlays.map(baseName)));
  return new UserError('reference-invalid', `there is no folder ${JSON.stringify(name)}`, near === undefined ? 'name folders with a kustomization.yaml' : `write ${near}`);
}
