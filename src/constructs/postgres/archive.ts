import type { BackupDestination } from './backup-destination';
import type { EffectiveSpec } from './cluster-spec';
import { isObjectStore, type ObjectStore } from './object-store';

/** The barman-cloud plugin's name in `Cluster.spec.plugins`. */
export const BARMAN_PLUGIN = 'barman-cloud.cloudnative-pg.io';

/** Where a cluster's write-ahead log and base backups go. No two clusters may share one. */
export interface Archive {
  /** What takes the backups: CNPG itself, or the barman-cloud plugin. */
  readonly method: 'barmanObjectStore' | 'plugin';
  /** The destination without a slash at its end; unknown for an ObjectStore that is no construct. */
  readonly location?: string;
  /** The plugin's ObjectStore. */
  readonly objectStore?: string;
  /** The folder in it. */
  readonly serverName: string;
}

/** Where a cluster of this spec archives, whether by props or by the escape hatch; undefined if nowhere. */
export function archiveOf(spec: EffectiveSpec, clusterName: string, backups?: BackupDestination | ObjectStore): Archive | undefined {
  return inTree(spec.backup?.barmanObjectStore, clusterName) ?? byPlugin(barmanPlugin(spec)?.parameters, clusterName, backups);
}

/** Where a cluster of this spec is recovered from. */
export function recoveryArchiveOf({ bootstrap, externalClusters }: EffectiveSpec): Archive | undefined {
  const source = externalClusters?.find(({ name }) => name === bootstrap?.recovery?.source);
  return source && (inTree(source.barmanObjectStore, source.name) ?? byPlugin(source.plugin?.parameters, source.name));
}

export function isSameArchive(one: Archive, other: Archive): boolean {
  if (one.serverName !== other.serverName) return false;
  if (one.location !== undefined && other.location !== undefined) return one.location === other.location;
  return one.objectStore !== undefined && one.objectStore === other.objectStore;
}

/** `gs://backups/pg`, as a message names it. */
export function describeArchive({ location, objectStore, serverName }: Archive): string {
  return `${location ?? `ObjectStore ${objectStore}`}/${serverName}`;
}

export function barmanPlugin(spec: EffectiveSpec): NonNullable<EffectiveSpec['plugins']>[number] | undefined {
  return spec.plugins?.find(({ name, isWALArchiver, enabled }) => name === BARMAN_PLUGIN && isWALArchiver === true && enabled !== false);
}

/** The spec of a cluster that archives nowhere. */
export function withoutArchive(spec: EffectiveSpec): EffectiveSpec {
  const { backup, plugins, ...rest } = spec;
  const { barmanObjectStore, retentionPolicy, ...otherBackup } = backup ?? {};
  void [barmanObjectStore, retentionPolicy];
  const otherPlugins = plugins?.filter(({ name }) => name !== BARMAN_PLUGIN) ?? [];
  return {
    ...rest,
    ...(Object.keys(otherBackup).length > 0 ? { backup: otherBackup } : {}),
    ...(otherPlugins.length > 0 ? { plugins: otherPlugins } : {}),
  };
}

/** The spec of a cluster that archives where it did, but under another name. */
export function archivingAs(spec: EffectiveSpec, serverName: string): EffectiveSpec {
  const store = spec.backup?.barmanObjectStore;
  if (store != null) return { ...spec, backup: { ...spec.backup, barmanObjectStore: { ...store, serverName } } };
  const barman = barmanPlugin(spec);
  return { ...spec, plugins: spec.plugins?.map((plugin) => (plugin === barman ? { ...plugin, parameters: { ...plugin.parameters, serverName } } : plugin)) };
}

function inTree(store: { readonly destinationPath: string; readonly serverName?: string } | null | undefined, name: string): Archive | undefined {
  return store == null ? undefined : { method: 'barmanObjectStore', location: withoutSlash(store.destinationPath), serverName: store.serverName ?? name };
}

function byPlugin(parameters: Readonly<Record<string, string>> | null | undefined, name: string, backups?: BackupDestination | ObjectStore): Archive | undefined {
  const { barmanObjectName: objectStore, serverName = name } = parameters ?? {};
  if (objectStore === undefined) return undefined;
  const known = backups !== undefined && isObjectStore(backups) && backups.name === objectStore;
  return { method: 'plugin', location: known ? withoutSlash(backups.destination.configuration.destinationPath) : undefined, objectStore, serverName };
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
