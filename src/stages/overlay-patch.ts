import { UserError } from '../errors';
import { listAt, mapping, textAt, type Data } from '../model/fields';
import { isRemote, resolveTarget, type KustomizationFile } from '../model/kustomization-file';
import { patchesIn, type Patch } from '../model/kustomize/patches';
import type { Repository } from '../model/repository';
import { identityOf } from '../model/source-object';
import { relativePath } from '../tree/path';

/** The fields of a kustomization.yaml that list patches, in the order in which kustomize applies them. */
export const PATCH_FIELDS = ['patchesStrategicMerge', 'patches', 'patchesJson6902'] as const;
export type PatchField = (typeof PATCH_FIELDS)[number];

/** A patch file, where a kustomization.yaml names it. */
export interface OverlayPatch {
  readonly file: string;
  readonly field: PatchField;
  readonly index: number;
  /** What stands there: the path alone, or a mapping with path, target and options. */
  readonly entry: Data | string;
  readonly patch: Patch;
}

/** The patch files that a kustomization.yaml names and that can be read. */
export function overlayPatches(repository: Repository, kustomization: KustomizationFile): OverlayPatch[] {
  const { data, directory, path } = kustomization;
  return PATCH_FIELDS.flatMap((field) => {
    const read = patchesIn(data, field, (steps) => ({ file: path, path: steps }), directory, repository);
    return listAt(data, field).flatMap((entry, index): OverlayPatch[] => {
      const file = resolveTarget(directory, typeof entry === 'string' ? entry : textAt(entry, 'path') ?? '..');
      const patch = read[index];
      if (file === undefined || patch?.file !== file) return [];
      return [{ file, field, index, entry: typeof entry === 'string' ? entry : mapping(entry), patch }];
    });
  });
}

/** What is wrong with the patch files that a kustomization.yaml names. */
export function brokenPatches(repository: Repository, { directory, data, path }: KustomizationFile): UserError[] {
  return PATCH_FIELDS.flatMap((field) => listAt(data, field)).flatMap((entry) => {
    const target = typeof entry === 'string' ? entry : textAt(entry, 'path');
    if (target === undefined || /[\n{]/.test(target) || isRemote(target)) return []; // written in place, or fetched
    const file = resolveTarget(directory, target);
    if (file === undefined || !repository.tree.has(file)) return [new UserError('reference-invalid', `${path} names ${target}, which is not there`, 'mend the path, or take it out')];
    repository.documentsIn(file);
    return repository.errorIn(file) ?? [];
  });
}

/** The same entry for a file elsewhere, as seen from its kustomization.yaml. */
export function entryFor({ entry }: OverlayPatch, directory: string, file: string): Data | string {
  const path = relativePath(directory, file);
  return typeof entry === 'string' ? path : { ...entry, path };
}

/** What an entry says beside the path. */
export function settingsOf({ entry }: OverlayPatch): Data {
  if (typeof entry === 'string') return {};
  const { path: _, ...rest } = entry;
  return rest;
}

/** The names of what a patch changes, as far as it names it. */
export function namesIn({ target, parts }: Patch): string[] {
  const targeted = textAt(target, 'name') ?? '';
  return targeted === '' ? parts.map((part) => identityOf(part).name).filter((name) => name !== '') : [targeted];
}
