import type { Data } from '../../model/fields';
import { patchesIn, type Patch } from '../../model/kustomize/patches';
import type { Repository } from '../../model/repository';

/** The fields of a kustomization.yaml, or of a Flux Kustomization's spec, that list patches, in the order in which these are applied. */
export const PATCH_FIELDS = ['patchesStrategicMerge', 'patches', 'patchesJson6902'] as const;

/** The patches that can be read; those that are the same on both sides need not be there. */
export function readPatches(data: Data, directory: string, repository: Repository): Patch[] {
  return PATCH_FIELDS.flatMap((field) => patchesIn(data, field, (path) => ({ file: directory, path }), directory, repository)).filter((patch) => patch !== undefined);
}
