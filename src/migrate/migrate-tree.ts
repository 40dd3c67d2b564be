import { UserError } from '../errors';
import type { FluxRelease } from '../flux/releases';
import { isKustomizationPath } from '../model/kustomization-file';
import { ManifestFile, type File } from '../tree/file';
import { readHeader } from '../tree/header';
import { Tree } from '../tree/tree';
import { migrateFluxObjects, type HandWork, type Migrated } from './flux-objects';
import { migrateKustomization } from './kustomization';
import { archivingClusters, migrateToPlugin } from './plugin-text';

export interface MigrationTarget {
  readonly release: FluxRelease;
  /** Whether Postgres clusters are to archive by the barman-cloud plugin. */
  readonly plugin?: boolean;
}

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
export function migrateTree(tree: Tree, folder: string, { release, plugin = false }: MigrationTarget): TreeMigration {
  const archiving = plugin ? archivingIn(tree, folder) : undefined;
  const changed: string[] = [];
  const byHand: FileHandWork[] = [];
  const generated = new Map<string, string[]>();
  const files = [...tree].map((file): File => {
    if (!mayChange(file, folder)) return file;
    const project = readHeader(file.text)?.project;
    const migrated = migrateText(file, release, project === undefined ? archiving : undefined);
    if (project !== undefined) {
      if (plugin) byHand.push(...archivingClusters(file.text).map((name) => ({ file: file.path, line: 1, message: `Cluster ${name} is made by ${project}: give its "backups" an ObjectStore there` })));
      if (migrated.text !== file.text || migrated.byHand.length > 0) generated.set(project, [...(generated.get(project) ?? []), file.path]);
      return file;
    }
    byHand.push(...migrated.byHand.map((one) => ({ file: file.path, ...one })));
    if (migrated.text === file.text) return file;
    changed.push(file.path);
    return ManifestFile.fromText(file.path, migrated.text);
  });
  return { tree: new Tree(files, 'as-found'), changed, byHand, generated };
}

function migrateText({ path, text }: ManifestFile, release: FluxRelease, archiving: ReadonlySet<string> | undefined): Migrated {
  const unchanged = (one: string): Migrated => ({ text: one, byHand: [] });
  const kustomization = isKustomizationPath(path) ? migrateKustomization(text) : unchanged(text);
  const databases = archiving === undefined ? unchanged(kustomization.text) : migrateToPlugin(kustomization.text, archiving);
  const objects = migrateFluxObjects(databases.text, release);
  return { text: objects.text, byHand: [...kustomization.byHand, ...databases.byHand, ...objects.byHand] };
}

function archivingIn(tree: Tree, folder: string): ReadonlySet<string> {
  return new Set([...tree].flatMap((file) => (mayChange(file, folder) && readHeader(file.text) === undefined ? archivingClusters(file.text) : [])));
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
