import { at, isMapping, listAt, mappingAt, textAt, type Data } from '../model/fields';
import type { Repository } from '../model/repository';
import { archiveOf } from '../model/postgres-clusters';
import type { LiveDatabase } from './live-database';

/** Where a database's write-ahead log and base backups are. */
export interface DatabaseArchive {
  /** What takes the backups: CNPG itself, or the barman-cloud plugin. */
  readonly method: 'barmanObjectStore' | 'plugin';
  /** The destination, or the plugin's ObjectStore where the tree does not say its own. */
  readonly location: string;
  /** The folder in it. */
  readonly serverName: string;
  /** The plugin's ObjectStore. */
  readonly objectStore?: string;
  /** How long backups are kept: `30d`. */
  readonly retentionPolicy: string | undefined;
  /** Its settings: `barmanObjectStore`, or the ObjectStore's `configuration`; none where the tree lacks that. */
  readonly store: Data;
}

/** Where a live database archives; undefined if nowhere. */
export function databaseArchive(database: LiveDatabase, repository: Repository): DatabaseArchive | undefined {
  const { spec, namespace } = database;
  const archive = archiveOf(database.object);
  if (archive === undefined) return undefined;
  const { serverName } = archive;
  if (archive.path[1] === 'backup') return { method: 'barmanObjectStore', location: archive.location, serverName, retentionPolicy: textAt(spec, 'backup.retentionPolicy'), store: mappingAt(spec, 'backup.barmanObjectStore') };
  const objectStore = textAt(listAt(spec, 'plugins')[archive.path[2] as number], 'parameters.barmanObjectName')!;
  const made = findObjectStore(database, namespace, objectStore, repository);
  const location = textAt(made, 'spec.configuration.destinationPath')?.replace(/\/+$/, '') ?? archive.location;
  return { method: 'plugin', location, serverName, objectStore, retentionPolicy: textAt(made, 'spec.retentionPolicy'), store: mappingAt(made, 'spec.configuration') };
}

/** As Flux applies it, else as it is written. */
function findObjectStore({ cluster }: LiveDatabase, namespace: string, name: string, { objects }: Repository): Data | undefined {
  const isMeant = (one: { readonly group: string; readonly kind: string; readonly name: string; readonly namespace?: string | undefined }): boolean => one.group === 'barmancloud.cnpg.io' && one.kind === 'ObjectStore' && one.name === name && (one.namespace ?? namespace) === namespace;
  return (cluster.kustomizations.flatMap((one) => one.objects).find(isMeant) ?? objects.find(isMeant))?.data;
}

/** Whether its volumes can be copied instead. */
export function takesSnapshots({ spec }: LiveDatabase): boolean {
  return isMapping(at(spec, 'backup.volumeSnapshot'));
}

/** The names of Secrets that hold the keys to the store. */
export function storeSecrets({ store }: DatabaseArchive): string[] {
  const found = new Set<string>();
  for (const field of ['s3Credentials', 'googleCredentials', 'azureCredentials']) {
    for (const reference of Object.values(mappingAt(store, field))) {
      const name = isMapping(reference) ? textAt(reference, 'name') : undefined;
      if (name !== undefined) found.add(name);
    }
  }
  const authority = textAt(store, 'endpointCA.name');
  return [...found, ...(authority === undefined ? [] : [authority])];
}

/** Whether the pods' own account opens the store, so that the cloud has to know the account. */
export function usesWorkloadIdentity({ store }: DatabaseArchive): boolean {
  return at(store, 'googleCredentials.gkeEnvironment') === true || at(store, 's3Credentials.inheritFromIAMRole') === true || at(store, 'azureCredentials.inheritFromAzureAD') === true;
}
