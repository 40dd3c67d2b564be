import { UserError } from '../../errors';
import { readDocuments } from '../../yaml/read';
import { at, isMapping, listAt, mapping, textAt, type Data, type Step } from '../fields';
import { resolveTarget } from '../kustomization-file';
import type { Repository } from '../repository';
import type { Written } from './built-object';

/** A patch, wherever it is listed. */
export interface Patch {
  /** Where it is listed. */
  readonly at: Written;
  /** The file that it lies in, if it has one. */
  readonly file: string | undefined;
  readonly target: Data | undefined;
  /** The operations of a JSON patch; undefined for one that is merged. */
  readonly operations: readonly unknown[] | undefined;
  /** The partial objects of a patch that is merged. */
  readonly parts: readonly Data[];
  /** Whether it may rename what it changes. */
  readonly renames: boolean;
}

/** The patches of one field of a kustomization.yaml or of a Flux Kustomization's spec; undefined stands for one that cannot be read. */
export function patchesIn(data: unknown, field: 'patches' | 'patchesStrategicMerge' | 'patchesJson6902', place: (path: readonly Step[]) => Written, directory: string, repository: Repository): (Patch | undefined)[] {
  return listAt(data, field).map((entry, index) => {
    const at = place([field, index]);
    if (field === 'patchesStrategicMerge') return typeof entry === 'string' ? readPatch(entry, undefined, entry, { at, directory, repository }) : made(at, undefined, [entry], entry);
    const inline = textAt(entry, 'patch') ?? (Array.isArray(mapping(entry)['patch']) ? JSON.stringify(mapping(entry)['patch']) : undefined);
    return readPatch(inline, textAt(entry, 'path'), undefined, { at, directory, repository, entry });
  });
}

interface Context {
  readonly at: Written;
  readonly directory: string;
  readonly repository: Repository;
  readonly entry?: unknown;
}

function readPatch(inline: string | undefined, path: string | undefined, either: string | undefined, { at, directory, repository, entry }: Context): Patch | undefined {
  const file = resolveTarget(directory, path ?? either ?? '..');
  const source = file === undefined ? undefined : repository.tree.get(file);
  if (source?.type === 'manifests') {
    const documents = repository.documentsIn(file!).map(({ object }) => object);
    return documents.length === 0 ? undefined : made(at, file, documents, entry);
  }
  const text = inline ?? (either?.includes('\n') === true || /^\s*\{/.test(either ?? '') ? either : undefined);
  if (text === undefined) return undefined;
  try {
    return made(at, undefined, readDocuments(text, 'the patch').documents.map(({ object }) => object), entry);
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return undefined;
  }
}

function made(place: Written, file: string | undefined, documents: readonly unknown[], entry: unknown): Patch {
  const target = at(entry, 'target');
  const operations = documents.find((document): document is unknown[] => Array.isArray(document));
  return {
    at: place,
    file,
    target: target === undefined || target === null ? undefined : mapping(target),
    operations,
    parts: operations === undefined ? documents.filter(isMapping) : [],
    renames: at(entry, 'options.allowNameChange') === true || at(entry, 'options.allowKindChange') === true,
  };
}
