import { isMapping, listAt, mappingAt, textAt, type Data } from '../model/fields';
import type { DatabaseArchive } from './archive';
import type { LiveDatabase } from './live-database';

/** Where a recovery takes its data from. */
export type RecoverySource = 'object-store' | 'backup' | 'live';

export interface Recovering {
  readonly from: RecoverySource;
  /** The Backup object, where it is one. */
  readonly backup?: string;
  /** Where to stop; at the end of the archive if left out. */
  readonly targetTime?: string;
  /** The serverName to archive under, in the same destination; nowhere if left out. */
  readonly archivesAs?: string;
}

const BARMAN_PLUGIN = 'barman-cloud.cloudnative-pg.io';

/** The live database's spec with another bootstrap and another archive: all that this does not name stays as it is. */
export function recoveredSpec(live: LiveDatabase, archive: DatabaseArchive | undefined, how: Recovering): Data {
  const { bootstrap, external, replica } = startingFrom(live, archive, how);
  const { bootstrap: before, externalClusters: known, replica: following, ...rest } = how.archivesAs === undefined ? withoutArchive(live.spec) : archivingAs(live.spec, how.archivesAs);
  void known;
  const replaced = [textAt(before, 'recovery.source'), textAt(before, 'pg_basebackup.source'), textAt(following, 'source'), textAt(external, 'name')];
  const others = listAt(live.spec, 'externalClusters').filter((one) => !replaced.includes(textAt(one, 'name')));
  const externalClusters = [...(external === undefined ? [] : [external]), ...others];
  return { bootstrap, ...(externalClusters.length === 0 ? {} : { externalClusters }), ...(replica === undefined ? {} : { replica }), ...rest };
}

/** What of a spec belongs to the live database's own names, and not to a copy: its certificates, and Services that it makes by name. */
export function withoutOwnNames({ certificates, managed, ...rest }: Data): Data {
  void certificates;
  const { services, ...others } = mappingAt({ managed }, 'managed');
  const { additional, ...ofServices } = mappingAt({ services }, 'services');
  void additional;
  const kept = { ...others, ...(Object.keys(ofServices).length === 0 ? {} : { services: ofServices }) };
  return { ...rest, ...(Object.keys(kept).length === 0 ? {} : { managed: kept }) };
}

interface Start {
  readonly bootstrap: Data;
  readonly external?: Data;
  readonly replica?: Data;
}

function startingFrom(live: LiveDatabase, archive: DatabaseArchive | undefined, { from, backup, targetTime }: Recovering): Start {
  if (from === 'live') return streamingFrom(live);
  const target = targetTime === undefined ? {} : { recoveryTarget: { targetTime } };
  const application = applicationDatabase(live);
  if (from === 'backup') return { bootstrap: { recovery: { ...application, backup: { name: backup }, ...target } } };
  return { bootstrap: { recovery: { ...application, source: live.name, ...target } }, external: { name: live.name, ...readingFrom(archive!) } };
}

/** The database, its owner and the Secret that applications log in with; CNPG makes a Secret with a new password where none is named. */
export function applicationDatabase({ spec }: LiveDatabase): Data {
  const made = ['initdb', 'recovery', 'pg_basebackup'].map((way) => mappingAt(spec, ['bootstrap', way])).find((way) => Object.keys(way).length > 0) ?? {};
  const { database, owner = database, secret } = made;
  return { ...(database === undefined ? {} : { database, owner }), ...(isMapping(secret) ? { secret } : {}) };
}

/** The archive as another cluster names it: what is for taking backups is left out. */
function readingFrom({ method, objectStore, serverName, store }: DatabaseArchive): Data {
  if (method === 'plugin') return { plugin: { name: BARMAN_PLUGIN, parameters: { barmanObjectName: objectStore!, serverName } } };
  const { data, tags, historyTags, serverName: current, wal, ...reading } = store;
  void [data, tags, historyTags, current];
  return { barmanObjectStore: { ...reading, serverName, ...(wal === undefined ? {} : { wal }) } };
}

/** Streaming from the live database, with the certificates that CNPG keeps for its own standbys. */
function streamingFrom({ name, namespace, spec }: LiveDatabase): Start {
  const client = textAt(spec, 'certificates.replicationTLSSecret') ?? `${name}-replication`;
  const authority = textAt(spec, 'certificates.serverCASecret') ?? `${name}-ca`;
  return {
    bootstrap: { pg_basebackup: { source: name } },
    external: {
      name,
      connectionParameters: { host: `${name}-rw.${namespace}.svc`, user: 'streaming_replica', dbname: 'postgres', sslmode: 'verify-full' },
      sslKey: { name: client, key: 'tls.key' },
      sslCert: { name: client, key: 'tls.crt' },
      sslRootCert: { name: authority, key: 'ca.crt' },
    },
    replica: { enabled: true, source: name },
  };
}

function withoutArchive({ backup, plugins, ...rest }: Data): Data {
  const { barmanObjectStore, retentionPolicy, ...others } = mappingAt({ backup }, 'backup');
  void [barmanObjectStore, retentionPolicy];
  const otherPlugins = listAt({ plugins }, 'plugins').filter((plugin) => textAt(plugin, 'name') !== BARMAN_PLUGIN);
  return { ...rest, ...(Object.keys(others).length === 0 ? {} : { backup: others }), ...(otherPlugins.length === 0 ? {} : { plugins: otherPlugins }) };
}

function archivingAs(spec: Data, serverName: string): Data {
  const store = mappingAt(spec, 'backup.barmanObjectStore');
  if (Object.keys(store).length > 0) return { ...spec, backup: { ...mappingAt(spec, 'backup'), barmanObjectStore: { ...store, serverName } } };
  const plugins = listAt(spec, 'plugins');
  return { ...spec, plugins: plugins.map((plugin) => (textAt(plugin, 'name') === BARMAN_PLUGIN && isMapping(plugin) ? { ...plugin, parameters: { ...mappingAt(plugin, 'parameters'), serverName } } : plugin)) };
}
