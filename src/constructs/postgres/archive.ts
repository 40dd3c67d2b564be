import type { BackupDestination } from './backup-destination';
import type { EffectiveSpec } from './cluster-spec';
import { isObjectStore, type ObjectStore } from './object-store';

/** The barman-cloud plugin's name in `Cluster.spec.plugins`. */
export const BARMAN_PLUGIN = 'barman-cloud.cloudnative-pg.io';

/** Where a cluster's write-ahead log and base backups go. No two clusters may share one. */
export interface Archive {
  /** What takes the backups: CNPG itself, or the barman-cloud plugin. */
  readonly method: 'barmanObjectStore' | 'plugin';
  /** The destination without a slash at its end; for an ObjectStore that is no construct, its name. */
  readonly location: string;
  /** The folder in it. */
  readonly serverName: string;
}

/** The archive that a spec names, whether by props or by the escape hatch; undefined if it has none. */
export function archiveOf(spec: EffectiveSpec, clusterName: string, backups?: BackupDestination | ObjectStore): Archive | undefined {
  const own = spec.backup?.barmanObjectStore;
  if (own != null) return { method: 'barmanObjectStore', location: withoutSlash(own.destinationPath), serverName: own.serverName ?? clusterName };
  const { barmanObjectName, serverName = clusterName } = barmanPlugin(spec)?.parameters ?? {};
  if (barmanObjectName === undefined) return undefined;
  const store = backups !== undefined && isObjectStore(backups) && backups.name === barmanObjectName ? backups : undefined;
  return { method: 'plugin', location: store === undefined ? `ObjectStore ${barmanObjectName}` : withoutSlash(store.destination.configuration.destinationPath), serverName };
}

export function isSameArchive(one: Archive, other: Archive): boolean {
  return one.location === other.location && one.serverName === other.serverName;
}

/** `gs://backups/pg`, as a message names it. */
export function describeArchive({ location, serverName }: Archive): string {
  return `${location}/${serverName}`;
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

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
