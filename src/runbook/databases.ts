import { numberAt, textAt } from '../model/fields';
import { shellWord } from '../publish/shell-word';
import { databaseArchive } from '../recovery/archive';
import { databaseUsers } from '../recovery/database-users';
import { liveDatabases, type LiveDatabase } from '../recovery/live-database';
import { code, codes, section, shell, table } from './markdown';
import { clusterColumn, running, type Platform } from './platform';

/** Databases, where their backups go, and the commands that restore them. */
export function databases({ context }: Platform): string[] {
  const all = liveDatabases(context.repository, context.clusters);
  const [first] = all;
  if (first === undefined) return [];
  const column = clusterColumn(context);
  const example = all.find((one) => databaseArchive(one, context.repository) !== undefined) ?? first;
  const title = shellWord(`${example.namespace}/${example.name}`);
  const isBackedUp = databaseArchive(example, context.repository) !== undefined;
  const flag = all.filter(({ namespace, name }) => namespace === example.namespace && name === example.name).length > 1 ? ` --cluster ${shellWord(example.cluster.name)}` : '';
  return section('Databases',
    ...table([...column.head, 'database', 'instances', 'storage', 'backups', 'kept', 'scheduled (seconds first)', 'used by'], all.map((one) => [...column.of(one.cluster), ...row(one, context)])),
    'Nothing below changes the cluster: `fluxwright` writes a manifest that Flux does not sync, and prints the steps, what to check between them, and the way back.',
    shell(
      ...(isBackedUp ? [`fluxwright db backup ${title}${flag} | kubectl create -f -   # one backup, now`] : []),
      ...(isBackedUp ? [`fluxwright db restore ${title}${flag} --from object-store --to TIME   # a copy beside it, as of a moment such as 2026-03-01T09:30:00Z`] : []),
      `fluxwright db restore ${title}${flag} --from live   # a copy of what there is now`,
      ...(isBackedUp ? [`fluxwright db restore ${title}${flag} --from object-store --in-place   # replace it, when it is lost`] : []),
    ),
  );
}

function row(database: LiveDatabase, context: Platform['context']): string[] {
  const { spec, namespace, name } = database;
  const archive = databaseArchive(database, context.repository);
  const schedules = running(context).filter(({ object, namespace: where, cluster }) => cluster === database.cluster && object.group === 'postgresql.cnpg.io' && object.kind === 'ScheduledBackup' && where === namespace && textAt(object.data, 'spec.cluster.name') === name);
  const size = textAt(spec, 'storage.size') ?? textAt(spec, 'storage.pvcTemplate.resources.requests.storage');
  return [
    code(`${namespace}/${name}`), String(numberAt(spec, 'instances') ?? 1), size === undefined ? '' : code(size),
    archive === undefined ? '**none**' : code(`${archive.location}/${archive.serverName}`),
    archive?.retentionPolicy === undefined ? '' : code(archive.retentionPolicy),
    codes(schedules.map(({ object }) => textAt(object.data, 'spec.schedule') ?? '?')),
    codes(databaseUsers(database).map((user) => `${user.kind} ${user.namespace}/${user.name}`)),
  ];
}
