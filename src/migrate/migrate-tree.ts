import { UserError } from '../errors';
import type { FluxRelease } from '../flux/releases';
import { isKustomizationPath } from '../model/kustomization-file';
import { ManifestFile, type File } from '../tree/file';
import { readHeader } from '../tree/header';
import { Tree } from '../tree/tree';
import { migrateFluxObjects, type HandWork } from './flux-objects';
import { migrateKustomization } from './kustomization';

export interface FileHandWork extends HandWork {
  readonly file: string;
}

export interface TreeMigration {
  /** The tree as it would be. */
  readonly tree: Tree;
  /** Files that change. */
  readonly changed: readonly string[];
  readonly byHand: readonly FileHandWork[];
  /** Projects whose generated files would change, with those files: their constructs have to say it. */
  readonly generated: ReadonlyMap<string, readonly string[]>;
}

/** Brings what people wrote in a tree, or in a folder of it, to a Flux release. Encrypted files and generated ones stay as they are. */
export function migrateTree(tree: Tree, folder: string, release: FluxRelease): TreeMigration {
  const changed: string[] = [];
  const byHand: FileHandWork[] = [];
  const generated = new Map<string, string[]>();
  const files = [...tree].map((file): File => {
    if (!mayChange(file, folder)) return file;
    const kustomization = isKustomizationPath(file.path) ? migrateKustomization(file.text) : { text: file.text, byHand: [] };
    const objects = migrateFluxObjects(kustomization.text, release);
    if (objects.text === file.text && objects.byHand.length + kustomization.byHand.length === 0) return file;
    const project = readHeader(file.text)?.project;
    if (project !== undefined) {
      generated.set(project, [...(generated.get(project) ?? []), file.path]);
      return file;
    }
    byHand.push(...[...kustomization.byHand, ...objects.byHand].map((one) => ({ file: file.path, ...one })));
    if (objects.text === file.text) return file;
    changed.push(file.path);
    return ManifestFile.fromText(file.path, objects.text);
  });
  return { tree: new Tree(files, 'as-found'), changed, byHand, generated };
}

function mayChange(file: File, folder: string): file is ManifestFile {
  if (file.type !== 'manifests' || file.path.endsWith('.json')) return false;
  if (folder !== '' && file.path !== folder && !file.path.startsWith(`${folder}/`)) return false;
  const isEncrypted = /^sops:|ENC\[AES256_GCM,/m.test(file.text);
  return !isEncrypted && Buffer.from(file.text, 'utf8').equals(file.bytes) && isReadable(file);
}

/** What Go could not read, check tells; templates of charts are such files. */
function isReadable(file: ManifestFile): boolean {
  try {
    return file.documents.length > 0;
  } catch (error) {
    if (UserError.is(error)) return false;
    throw error;
  }
}
