import { UserError } from '../errors';
import type { Data } from '../model/fields';
import type { Repository } from '../model/repository';
import { nearestTo } from '../nearest';
import { writeDocuments } from '../yaml/write';
import { databaseArchive, takesSnapshots } from './archive';
import type { LiveDatabase } from './live-database';
import { formatSteps, type RecoveryStep } from './step';
import { BY_HAND } from './unsynced-file';

export interface BackupRequest {
  readonly name?: string;
  readonly method?: string;
  /** Where the manifest will lie; undefined where it is piped to kubectl. */
  readonly file?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface OnDemandBackup {
  readonly manifest: Data;
  readonly text: string;
  readonly steps: readonly RecoveryStep[];
}

/**
 * One base backup of a live database.
 * @throws UserError `backup-missing`, `usage`, `name-invalid`
 */
export function planBackup(live: LiveDatabase, { name: typed, method: asked, file, now }: BackupRequest, repository: Repository): OnDemandBackup {
  const name = typed ?? `${live.name}-${stamp(now)}`;
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) throw new UserError('name-invalid', `the Backup would be named ${JSON.stringify(name)}`, 'say another with --name: at most 63 lower-case letters, digits and "-"');
  const method = methodOf(live, asked, repository);
  const plugin = method === 'plugin' ? { pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' } } : {};
  const manifest = { apiVersion: live.object.object.apiVersion, kind: 'Backup', metadata: { name, namespace: live.namespace }, spec: { cluster: { name: live.name }, ...(method === 'barmanObjectStore' ? {} : { method }), ...plugin } };
  const steps = stepsOf(live, name, method, file);
  return { manifest, text: writeDocuments([manifest], [BY_HAND, `One backup of the cluster ${live.namespace}/${live.name}.`, ...formatSteps(steps).split('\n')]).text, steps };
}

function stepsOf({ namespace, name: cluster }: LiveDatabase, name: string, method: string, file: string | undefined): RecoveryStep[] {
  const object = `backup.postgresql.cnpg.io/${name}`;
  return [
    { title: 'Take it', commands: [file === undefined ? `fluxwright db backup ${namespace}/${cluster} | kubectl create -f -` : `kubectl create -f ${file}`], notes: [] },
    {
      title: 'See that it is there',
      commands: [`kubectl -n ${namespace} wait --for=jsonpath='{.status.phase}'=completed ${object} --timeout=1h`, `kubectl -n ${namespace} get ${object} -o jsonpath='{.status.phase} {.status.error}{"\\n"}'`],
      notes: [`to recover from it: fluxwright db restore ${namespace}/${cluster} ${method === 'plugin' ? '--from object-store' : `--from backup --backup ${name}`}`],
    },
    { title: 'When it is no longer needed', commands: [`kubectl -n ${namespace} delete ${object}`], notes: [method === 'volumeSnapshot' ? 'the snapshot goes or stays as the cluster says' : 'this deletes the object alone: the backup itself stays in the store for as long as its retention policy says'] },
  ];
}

function methodOf(live: LiveDatabase, asked: string | undefined, repository: Repository): string {
  const archive = databaseArchive(live, repository);
  const possible = [...(archive === undefined ? [] : [archive.method]), ...(takesSnapshots(live) ? ['volumeSnapshot'] : [])];
  const title = `Cluster ${live.namespace}/${live.name}`;
  if (possible.length === 0) throw new UserError('backup-missing', `${title} has nowhere to put a backup`, 'give it spec.backup.barmanObjectStore, a plugin with an ObjectStore, or spec.backup.volumeSnapshot');
  if (asked === undefined) return possible[0]!;
  if (!possible.includes(asked)) throw new UserError('usage', `--method ${asked} is given, and ${title} can be backed up by ${possible.join(' and ')} alone`, `write ${nearestTo(asked, possible) ?? possible[0]!}, or leave it out`);
  return asked;
}

/** `20260301-093000`, of a moment in UTC. */
function stamp(now: number): string {
  const [day = '', clock = ''] = new Date(now).toISOString().split('T');
  return `${day.replaceAll('-', '')}-${clock.slice(0, 8).replaceAll(':', '')}`;
}
