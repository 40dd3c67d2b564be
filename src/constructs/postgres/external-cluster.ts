import type { ClusterSpecExternalClusters } from '../../../imports/postgresql.cnpg.io';
import { UserError } from '../../errors';
import { mergeData, type ApiData } from '../api-data';
import { archiveOf, BARMAN_PLUGIN, type Archive } from './archive';
import type { RecoverFromOptions } from './bootstrap';
import type { LiveCluster } from './live-cluster';

type ExternalCluster = ApiData<ClusterSpecExternalClusters>;

/**
 * A cluster's archive as another cluster names it in `externalClusters` to recover from it: all of it comes from that
 * cluster's own spec.
 * @throws UserError `backup-missing` if it has none
 */
export function externalClusterFor(cluster: LiveCluster, options: RecoverFromOptions): { readonly external: ExternalCluster; readonly archive: Archive } {
  const { source: name = cluster.name, objectStore } = options;
  const live = archiveOf(cluster.spec, cluster.name, cluster.backups);
  if (live === undefined) {
    throw new UserError('backup-missing', `PostgresCluster "${cluster.node.path}" is to be recovered from its backups, and has none`, 'give it backups: gcs(…), s3(…), azure(…) or an ObjectStore');
  }
  const { serverName = live.serverName } = options;
  const archive = { ...live, serverName };
  if (live.objectStore !== undefined) {
    const barmanObjectName = objectStore?.name ?? live.objectStore;
    return { archive, external: { name, plugin: { name: BARMAN_PLUGIN, parameters: { barmanObjectName, serverName } } } };
  }
  // `data` and the tags are for taking backups; what remains is for reading them
  const { data, tags, historyTags, serverName: current, wal, ...reading } = cluster.spec.backup!.barmanObjectStore!;
  void [data, tags, historyTags, current];
  const store = { ...reading, serverName, ...(wal === undefined ? {} : { wal }) };
  return { archive, external: { name, barmanObjectStore: mergeData(store, options.barmanObjectStore) } };
}
