import { stringify } from 'yaml';
import { textAt, type Data } from '../model/fields';
import type { Repository } from '../model/repository';
import { ManifestFile } from '../tree/file';
import { Tree } from '../tree/tree';
import { isStatic } from './static-files';

/** The fields of a kustomization.yaml that name files which may be of one stage alone. */
const FIELDS = ['resources', 'bases', 'components', 'patches', 'patchesStrategicMerge', 'patchesJson6902'];

/** A tree whose kustomization files name nothing that is declared to be of one stage alone. */
export function withoutStatic({ tree, kustomizations }: Repository): Tree {
  const changed = new Map([...kustomizations.values()].flatMap(({ path, data }): [string, ManifestFile][] => {
    const rest = Object.fromEntries(Object.entries(data).map(([field, list]) => [field, FIELDS.includes(field) && Array.isArray(list) ? list.filter((entry) => !isStaticEntry(entry)) : list]));
    return isSame(data, rest) ? [] : [[path, ManifestFile.fromText(path, stringify(rest))]];
  }));
  return new Tree([...tree].map((file) => changed.get(file.path) ?? file), 'as-found');
}

function isStaticEntry(entry: unknown): boolean {
  const target = typeof entry === 'string' ? entry : textAt(entry, 'path');
  return target !== undefined && !target.includes('\n') && isStatic(target);
}

function isSame(one: Data, other: Data): boolean {
  return FIELDS.every((field) => (one[field] as unknown[] | undefined)?.length === (other[field] as unknown[] | undefined)?.length);
}
