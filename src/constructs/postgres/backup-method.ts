import type { BackupSpec } from '../../../imports/postgresql.cnpg.io';
import type { FieldChecks } from '../../app/field-checks';
import type { ApiData } from '../api-data';
import { archiveOf, BARMAN_PLUGIN } from './archive';
import type { EffectiveSpec } from './cluster-spec';
import type { LiveCluster } from './live-cluster';

type Spec = ApiData<BackupSpec>;

/** How a backup is taken. */
export interface BackupMethodProps {
  /** The cluster to back up. It must have a destination for backups. */
  readonly cluster: LiveCluster;

  /** @default what the cluster's `backups` are for: "plugin" for an ObjectStore, else "barmanObjectStore" */
  readonly method?: Spec['method'];

  /** Which instance is copied. @default the cluster's, or else a standby that is up to date, or else the primary */
  readonly target?: Spec['target'];

  /** Whether Postgres goes on writing while a volume snapshot is taken. @default true */
  readonly online?: boolean;

  /** How a volume snapshot of a running instance is taken. @default CNPG's */
  readonly onlineConfiguration?: Spec['onlineConfiguration'];
}

export function checkBackupMethod(checks: FieldChecks, props: BackupMethodProps): void {
  const { cluster, method, online, onlineConfiguration } = props;
  const possible = methodsOf(cluster);
  const named = `PostgresCluster "${cluster.node.path}"`;
  checks
    .require(possible.length > 0, 'backup-missing', `backs up ${named}, which has no backups`, 'give the cluster backups: gcs(…), s3(…), azure(…) or an ObjectStore')
    .require(possible.length === 0 || method === undefined || possible.includes(method), 'backup-missing', `has method ${JSON.stringify(method)}, and ${named} can be backed up by ${possible.join(' and ')} alone`, FIXES[method ?? 'plugin'])
    .require((online === undefined && onlineConfiguration === undefined) || methodOf(props) === 'volumeSnapshot', 'value-invalid', `has ${online === undefined ? 'onlineConfiguration' : 'online'} with method ${JSON.stringify(methodOf(props))}`, 'leave it out, or use method: \'volumeSnapshot\'');
}

/** `method` and what goes with it; nothing where CNPG's default is meant. */
export function backupMethodFields(props: BackupMethodProps): Partial<Spec> {
  const { online, onlineConfiguration } = props;
  const method = methodOf(props);
  return {
    method: method === 'barmanObjectStore' ? props.method : method,
    ...(method === 'plugin' ? { pluginConfiguration: { name: BARMAN_PLUGIN } } : {}),
    online,
    onlineConfiguration,
  };
}

const FIXES: Readonly<Record<NonNullable<Spec['method']>, string>> = {
  barmanObjectStore: 'leave out method, or give the cluster backups: gcs(…), s3(…) or azure(…)',
  plugin: 'leave out method, or give the cluster an ObjectStore as backups',
  volumeSnapshot: 'leave out method, or give the cluster volumeSnapshot: { className: … }',
};

function methodOf({ method, cluster }: BackupMethodProps): Spec['method'] {
  return method ?? methodsOf(cluster)[0];
}

/** What a cluster can be backed up by, the best first. */
function methodsOf({ spec, name, backups }: LiveCluster): NonNullable<Spec['method']>[] {
  const archive = archiveOf(spec as EffectiveSpec, name, backups);
  return [...(archive === undefined ? [] : [archive.method]), ...(spec.backup?.volumeSnapshot == null ? [] : ['volumeSnapshot' as const])];
}
