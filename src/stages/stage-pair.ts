import type { Repository } from '../model/repository';

/** Two folders that are the same part of two stages. */
export interface StagePair {
  readonly from: string;
  readonly to: string;
}

/** A directory that kustomize builds, in both folders of a pair at the same place. */
export interface OverlayPair {
  readonly stages: StagePair;
  /** Its place in both folders; '' for the folders themselves. */
  readonly place: string;
  readonly from: string;
  readonly to: string;
}

/** The directories below a pair's first folder that have a kustomization.yaml, as they are in both. Those of bootstrap are its own. */
export function overlayPairs(repository: Repository, stages: StagePair): OverlayPair[] {
  return overlaysIn(repository, stages.from).map((from) => {
    const place = from.slice(stages.from.length).replace(/^\//, '');
    return { stages, place, from, to: joined(stages.to, place) };
  });
}

/** The directories at and below a folder that kustomize builds. */
export function overlaysIn(repository: Repository, folder: string): string[] {
  return [...repository.kustomizations.keys()].filter((directory) => isInside(folder, directory) && !/(^|\/)flux-system$/.test(directory)).sort();
}

export function isInside(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

export function joined(folder: string, path: string): string {
  return folder === '' ? path : path === '' ? folder : `${folder}/${path}`;
}
