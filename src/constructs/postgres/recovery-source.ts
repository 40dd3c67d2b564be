import type { FieldChecks } from '../../app/field-checks';
import { recoverFrom, applicationDatabase, type Bootstrap, type RecoverFromOptions } from './bootstrap';
import type { EffectiveSpec } from './cluster-spec';
import type { LiveCluster } from './live-cluster';
import type { Backup } from './backup';
import { liveArchive } from './recovered-spec';

/** What a copy is made from: the object store, one Backup object, or the live cluster. */
export type RecoverySource = 'object-store' | 'live-cluster' | Backup | { readonly name: string };

export interface RecoveryProps extends Pick<RecoverFromOptions, 'source' | 'serverName' | 'recoveryTarget' | 'barmanObjectStore'> {
  readonly cluster: LiveCluster;
  readonly from: RecoverySource;
}

/** How the copy bootstraps, and as a replica of what. */
export function recoveryFrom(copy: { readonly namespace: string | undefined }, checks: FieldChecks, props: RecoveryProps): Bootstrap & { readonly replica?: EffectiveSpec['replica'] } {
  const { cluster, from, recoveryTarget } = props;
  if (from === 'object-store') return recoverFrom(cluster, props);
  checks.require(copy.namespace === cluster.namespace, 'reference-invalid', `is in namespace ${JSON.stringify(copy.namespace)}, and what it recovers from is in ${JSON.stringify(cluster.namespace)}`, 'leave out namespace, or recover from: \'object-store\'');
  if (from === 'live-cluster') {
    checks.require(recoveryTarget === undefined, 'value-invalid', 'has a recoveryTarget and copies the live cluster as it is now', 'recover from: \'object-store\'');
    return copyOf(cluster, props.source ?? cluster.name);
  }
  checks
    .require(liveArchive(cluster)?.method !== 'plugin', 'value-invalid', `recovers from the Backup object ${from.name}, which CNPG cannot do where the barman-cloud plugin took it`, 'recover from: \'object-store\', with the backup\'s status.backupId as recoveryTarget.backupID')
    .require(!('cluster' in from) || from.cluster === cluster, 'reference-invalid', `recovers from the Backup object ${from.name}, which is of another cluster`, 'name a backup of this cluster');
  return { bootstrap: { recovery: { ...applicationDatabase(cluster), backup: { name: from.name }, ...(recoveryTarget === undefined ? {} : { recoveryTarget }) } } };
}

/** Streaming from the live cluster, with the certificates that CNPG keeps for its own standbys. */
function copyOf({ name, namespace, spec }: LiveCluster, source: string): Bootstrap & { readonly replica: EffectiveSpec['replica'] } {
  const client = spec.certificates?.replicationTLSSecret ?? `${name}-replication`;
  const authority = spec.certificates?.serverCASecret ?? `${name}-ca`;
  return {
    bootstrap: { pg_basebackup: { source } },
    externalClusters: [{
      name: source,
      connectionParameters: { host: `${name}-rw.${namespace}.svc`, user: 'streaming_replica', dbname: 'postgres', sslmode: 'verify-full' },
      sslKey: { name: client, key: 'tls.key' },
      sslCert: { name: client, key: 'tls.crt' },
      sslRootCert: { name: authority, key: 'ca.crt' },
    }],
    replica: { enabled: true, source },
  };
}
