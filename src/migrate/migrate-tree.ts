import { UserError } from '../errors';
import type { FluxRelease } from '../flux/releases';
import { isKustomizationPath } from '../model/kustomization-file';
import { Repository } from '../model/repository';
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
  const databases = plugin ? databasesIn(tree, folder) : undefined;
  const changed: string[] = [];
  const byHand: FileHandWork[] = [];
  const generated = new Map<string, string[]>();
  const files = [...tree].map((file): File => {
    if (!mayChange(file, folder)) return file;
    const project = readHeader(file.text)?.project;
    const migrated = migrateText(file, release, project === undefined ? databases : undefined);
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

function migrateText({ path, text }: ManifestFile, release: FluxRelease, databases: Databases | undefined): Migrated {
  const kustomization = isKustomizationPath(path) ? migrateKustomization(text) : { text, byHand: [] };
  const archived = databases === undefined ? { text: kustomization.text, byHand: [] } : migrateDatabases(path, kustomization.text, databases);
  const objects = migrateFluxObjects(archived.text, release);
  return { text: objects.text, byHand: [...kustomization.byHand, ...archived.byHand, ...objects.byHand] };
}

interface Databases {
  /** The clusters that are to archive by the plugin. */
  readonly archiving: ReadonlySet<string>;
  /** Those whose store stands in a patch, which cannot bring an ObjectStore along. */
  readonly left: ReadonlySet<string>;
  /** Files that hold objects, and not parts of them. */
  readonly files: ReadonlySet<string>;
}

function databasesIn(tree: Tree, folder: string): Databases {
  const files = new Set(new Repository(tree).objects.map(({ file }) => file));
  const written = [...tree].filter((file): file is ManifestFile => mayChange(file, folder) && readHeader(file.text) === undefined);
  const namesIn = (some: readonly ManifestFile[]): string[] => some.flatMap(({ text }) => archivingClusters(text));
  const left = new Set(namesIn(written.filter(({ path }) => !files.has(path))));
  return { archiving: new Set(namesIn(written.filter(({ path }) => files.has(path))).filter((name) => !left.has(name))), left, files };
}

function migrateDatabases(path: string, text: string, { archiving, left, files }: Databases): Migrated {
  if (files.has(path)) return migrateToPlugin(text, archiving, left);
  return { text, byHand: archivingClusters(text).map((name) => ({ line: 1, message: `this patch of Cluster ${name} has a barmanObjectStore: make an ObjectStore of it, and name that in spec.plugins` })) };
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
