import { at } from '../model/fields';
import type { FluxKustomization } from '../model/flux-kustomization';
import { nextServerName } from '../postgres/server-name';
import { shellWord } from '../publish/shell-word';
import { readHeader } from '../tree/header';
import { databaseUsers, type DatabaseUser } from './database-users';
import { backupStep, credentials, lookingStep, waiting } from './copy-steps';
import { applicationDatabase } from './recovered-spec';
import type { RestoreFacts } from './restore';
import type { RecoveryStep } from './step';

/** How the live database is replaced by what its backup holds. */
export function inPlaceSteps(facts: RestoreFacts): RecoveryStep[] {
  const { live, archive } = facts;
  const object = `cluster.postgresql.cnpg.io/${live.name}`;
  const kubectl = `kubectl -n ${live.namespace}`;
  const users = databaseUsers(live);
  const suspended = suspensions(facts, users);
  const flux = (verb: 'suspend' | 'resume'): string[] => {
    const lines = suspended.map(({ name, namespace }) => `flux ${verb} kustomization ${shellWord(name)} -n ${shellWord(namespace)}`);
    return [...lines, ...users.filter(({ kind }) => kind === 'HelmRelease').map(({ name, namespace }) => `flux ${verb} helmrelease ${shellWord(name)} -n ${shellWord(namespace)}`)];
  };
  const stopped = users.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet' || kind === 'CronJob');
  return [
    backupStep(facts),
    { title: 'Keep Flux from making the cluster anew, empty, and from starting again what is stopped', commands: flux('suspend'), notes: suspended.length === 0 ? [] : ['until the deletion below, resuming these undoes everything'] },
    {
      title: 'Stop what writes to it, and wait until the last of its write-ahead log has arrived, if it still runs',
      commands: [
        ...stopped.map((user) => stopping(user)),
        ...(archive === undefined ? [] : [
          `PRIMARY="$(${kubectl} get ${object} -o jsonpath='{.status.currentPrimary}')"`,
          `${kubectl} exec "$PRIMARY" -c postgres -- psql -c 'select pg_switch_wal()'`,
          `${kubectl} exec "$PRIMARY" -c postgres -- psql -c 'select last_archived_wal, last_archived_time, last_failed_wal, now() from pg_stat_archiver'`,
        ]),
      ],
      notes: [...(archive === undefined ? [] : ['last_archived_time has to be later than the switch']), ...unstopped(users), ...(users.length === 0 ? ['nothing in this tree names its Services or Secrets: what connects to it is not known'] : [])],
    },
    {
      title: 'Delete the cluster, and with it its volumes: from here on there is only the backup',
      commands: [`${kubectl} delete ${object}`, `${kubectl} get pvc -l cnpg.io/cluster=${live.name}`],
      notes: ['go on when no volume is left', ...ownedBackups(facts)],
    },
    {
      title: 'Recover',
      commands: [`kubectl create -f ${shellWord(facts.file)}`, ...waiting(facts, archive === undefined ? 'snapshot-recovery' : 'full-recovery')],
      notes: ['create, not apply: it refuses while the live cluster is still there, where apply would change it', `Services and Secrets keep their names: ${live.name}-rw, -ro and -r; ${credentials(facts)}`],
    },
    lookingStep(facts, false),
    ...serverNameStep(facts),
    {
      title: 'Let Flux go on, and applications with it',
      commands: [...flux('resume').reverse(), ...stopped.map((user) => starting(user))],
      notes: [
        "Flux puts the tree's bootstrap in the place of the recovery, which changes nothing: it counts when a cluster is made",
        ...(at(applicationDatabase(live), 'secret') === undefined ? [`what runs and was not stopped has to be restarted: the password in ${live.name}-app is another`] : []),
      ],
    },
    ...(archive === undefined ? [] : [{ title: 'Take a base backup, without which the new archive is of no use', commands: [`fluxwright db backup ${live.namespace}/${live.name} | kubectl create -f -`], notes: [] }]),
  ];
}

/** What a person does if the data are not right. */
export function wayBackInPlace({ live, archive, archivesAs, request, file }: RestoreFacts): string[] {
  const again = archivesAs === undefined ? '' : `--archive-as ${shellWord(nextServerName(live.name, archivesAs))} `;
  return [
    'until the cluster is deleted: let Flux and applications go on, as above, and nothing has happened',
    ...(archive === undefined ? [] : [`after that: ${archive.location}/${archive.serverName} stays as it is, so that the same can be done once more, to another moment:`, `fluxwright db restore ${live.namespace}/${live.name} --from ${request.from} ${request.backup === undefined ? '' : `--backup ${request.backup} `}--in-place ${again}--to TIME`]),
    `when all is well: rm ${shellWord(file)}${archive === undefined ? '' : '; the archive of before stays until somebody deletes it, since it is no longer under a retention policy'}`,
  ];
}

/** Those that apply the database or what writes to it; and who would resume them, since their manifests say so. */
function suspensions({ live }: RestoreFacts, users: readonly DatabaseUser[]): FluxKustomization[] {
  const found = new Set<FluxKustomization>([...live.kustomizations, ...users.map(({ kustomization }) => kustomization)]);
  for (const one of found) if (one.parent !== undefined && at(one.data, 'spec.suspend') === false) found.add(one.parent);
  // parents first: they would undo it for the others
  return live.cluster.kustomizations.filter((one) => found.has(one));
}

function stopping({ kind, namespace, name }: DatabaseUser): string {
  if (kind === 'CronJob') return `kubectl -n ${shellWord(namespace)} patch cronjob/${shellWord(name)} -p '{"spec":{"suspend":true}}'`;
  return `kubectl -n ${shellWord(namespace)} scale ${kind.toLowerCase()}/${shellWord(name)} --replicas=0`;
}

function starting({ kind, namespace, name, replicas }: DatabaseUser): string {
  if (kind === 'CronJob') return `kubectl -n ${shellWord(namespace)} patch cronjob/${shellWord(name)} -p '{"spec":{"suspend":false}}'`;
  return `kubectl -n ${shellWord(namespace)} scale ${kind.toLowerCase()}/${shellWord(name)} --replicas=${replicas}`;
}

function unstopped(users: readonly DatabaseUser[]): string[] {
  return users.flatMap(({ kind, namespace, name }) => {
    if (kind === 'HelmRelease') return [`HelmRelease ${namespace}/${name} connects to it: stop what it runs`];
    return kind === 'DaemonSet' || kind === 'Rollout' ? [`${kind} ${namespace}/${name} connects to it: stop it`] : [];
  });
}

/** A Backup that the cluster owns goes with it. */
function ownedBackups({ live, request: { from, backup } }: RestoreFacts): string[] {
  if (from !== 'backup') return [];
  return [`before that, see that the Backup survives: kubectl -n ${live.namespace} get backup.postgresql.cnpg.io/${backup!} -o jsonpath='{.metadata.ownerReferences}' has to name no Cluster`];
}

/** Without this Flux would have the recovered cluster write into the archive that it came from. */
function serverNameStep({ live, archivesAs, archive, repository }: RestoreFacts): RecoveryStep[] {
  if (archivesAs === undefined || archive === undefined) return [];
  const field = archive.method === 'plugin' ? `spec.plugins: parameters.serverName: ${archivesAs}` : `spec.backup.barmanObjectStore.serverName: ${archivesAs}`;
  const word = archive.method === 'plugin' ? 'barmanObjectName' : 'barmanObjectStore';
  const files = [...new Set(live.kustomizations.flatMap((one) => [...one.files]))].sort();
  const places = files.flatMap((path) => {
    const file = repository.tree.get(path);
    return file?.type === 'manifests' && file.text.includes(word) ? [file] : [];
  });
  const generated = places.find(({ text }) => readHeader(text) !== undefined);
  return [{
    title: 'Have the tree say that it archives under another name, commit and push it, before Flux goes on',
    commands: [],
    notes: [
      generated === undefined ? `in ${places.map(({ path }) => path).join(' or ') || 'the Cluster'}: ${field}` : `in the construct that makes ${generated.path}: serverName: '${archivesAs}'; then fluxwright synth`,
      `without it, Flux has the cluster write to ${archive.location}/${archive.serverName} again, which it was recovered from`,
    ],
  }];
}
