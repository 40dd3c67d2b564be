import { textAt } from '../model/fields';
import { shellWord } from '../publish/shell-word';
import { storeSecrets, usesWorkloadIdentity } from './archive';
import { applicationDatabase } from './recovered-spec';
import type { RestoreFacts } from './restore';
import type { RecoveryStep } from './step';
import { accessForCopy } from './workload-identity';

/** How a copy is made beside the live database. */
export function copySteps(facts: RestoreFacts): RecoveryStep[] {
  const { live, archive, name, archivesAs, request: { from } } = facts;
  const object = `cluster.postgresql.cnpg.io/${name}`;
  const access = accessOf(facts);
  const archives = archivesAs === undefined ? 'it archives nowhere, so that it has no backups of its own' : `it archives to ${archive!.location}/${archivesAs}, where nothing may lie yet`;
  return [
    ...(from === 'live' ? [runningStep(facts)] : [backupStep(facts)]),
    ...(access === undefined ? [] : [access.step]),
    {
      title: `Make the copy ${live.namespace}/${name}`,
      commands: [`kubectl create -f ${shellWord(facts.file)}`, ...waiting(facts, from === 'live' ? 'pgbasebackup' : archive === undefined ? 'snapshot-recovery' : 'full-recovery')],
      notes: [archives],
    },
    lookingStep(facts, from === 'live'),
    ...(from === 'live' ? [{
      title: 'When it is to be written to, promote it: from then on it no longer follows the live cluster',
      commands: [`kubectl -n ${live.namespace} patch ${object} --type=merge -p '{"spec":{"replica":{"enabled":false}}}'`],
      notes: [],
    }] : []),
    { title: 'Use it', commands: [], notes: [`applications reach it at ${name}-rw.${live.namespace}.svc, with ${credentials(facts)}`] },
  ];
}

/** What becomes of all that the steps have made. */
export function wayBackFromCopy(facts: RestoreFacts): string[] {
  const { live, file, name } = facts;
  return [
    `kubectl -n ${live.namespace} delete cluster.postgresql.cnpg.io/${name}   # with its volumes; ${live.namespace}/${live.name} is not touched`,
    ...(accessOf(facts)?.undo ?? []),
    `rm ${shellWord(file)}`,
  ];
}

function accessOf({ live, archive, name, repository, request: { from } }: RestoreFacts) {
  return from === 'live' || archive === undefined || storeSecrets(archive).length > 0 ? undefined : accessForCopy(live, name, repository);
}

/** What has to be there to recover from. */
export function backupStep({ live, archive, request: { from, backup, to } }: RestoreFacts): RecoveryStep {
  const get = `kubectl -n ${live.namespace} get`;
  const secrets = archive === undefined ? [] : storeSecrets(archive);
  const before = to === undefined ? '' : `, and to have ended before ${to}`;
  return {
    title: 'See that there is a backup to recover from',
    commands: from === 'backup'
      ? [`${get} backup.postgresql.cnpg.io/${backup!} -o jsonpath='{.spec.cluster.name} {.status.phase} {.status.stoppedAt}{"\\n"}'`]
      : [`${get} backups.postgresql.cnpg.io --sort-by=.metadata.creationTimestamp`, `${get} cluster.postgresql.cnpg.io/${live.name} -o jsonpath='{range .status.conditions[*]}{.type}={.status}{"\\n"}{end}'`],
    notes: [
      from === 'backup' ? `it has to say ${live.name} completed${before}` : `one of ${live.name} has to be completed${before}; ContinuousArchiving=True says that the write-ahead log arrives, too`,
      ...(archive === undefined ? [] : [`the archive is ${archive.location}/${archive.serverName}${archive.retentionPolicy === undefined ? '' : `, which keeps ${archive.retentionPolicy}`}`]),
      ...(secrets.length === 0 ? [] : [`its keys are in the Secret ${secrets.join(' and ')} of ${live.namespace}, which the recovered cluster reads, too`]),
      ...(archive !== undefined && secrets.length === 0 && !usesWorkloadIdentity(archive) && archive.method === 'plugin' && Object.keys(archive.store).length === 0 ? [`the ObjectStore ${archive.objectStore!} is not in this tree: see that it is in ${live.namespace}`] : []),
    ],
  };
}

function runningStep({ live }: RestoreFacts): RecoveryStep {
  const certificates = [`${textAt(live.spec, 'certificates.replicationTLSSecret') ?? `${live.name}-replication`}`, `${textAt(live.spec, 'certificates.serverCASecret') ?? `${live.name}-ca`}`];
  return {
    title: 'See that the live cluster runs, and has the certificates that standbys come with',
    commands: [`kubectl -n ${live.namespace} get cluster.postgresql.cnpg.io/${live.name} secret/${certificates[0]!} secret/${certificates[1]!}`],
    notes: ['it has to say "Cluster in healthy state"; the copy is read from its primary, which has more to do meanwhile'],
  };
}

/** Waiting, and where to look while it takes long. */
export function waiting({ live, name }: Pick<RestoreFacts, 'live' | 'name'>, role: string): string[] {
  return [
    `kubectl -n ${live.namespace} logs --follow job/${name}-1-${role}   # as soon as its pod runs; a recovery that fails says why here`,
    `kubectl -n ${live.namespace} wait --for=condition=Ready cluster.postgresql.cnpg.io/${name} --timeout=2h`,
  ];
}

/** How to see that it recovered. */
export function lookingStep(facts: RestoreFacts, follows: boolean): RecoveryStep {
  const { live, name, request: { to } } = facts;
  const database = applicationDatabase(live)['database'];
  const psql = `kubectl -n ${live.namespace} exec ${name}-1 -c postgres -- psql ${shellWord(typeof database === 'string' ? database : 'app')}`;
  return {
    title: 'See that the data are there, before anybody relies on them',
    commands: [
      `kubectl -n ${live.namespace} get cluster.postgresql.cnpg.io/${name} -o jsonpath='{.status.phase}{"\\n"}'`,
      `${psql} -c 'select pg_is_in_recovery()'`,
      `${psql} -c '\\dt+'`,
    ],
    notes: [
      'it has to say "Cluster in healthy state"',
      follows ? 'and t: it follows the live cluster, and can only be read' : 'and f: the recovery has ended, and it can be written to',
      to === undefined ? 'look for the latest rows that you know of' : `look for rows of shortly before ${to}, and that there are none after it`,
    ],
  };
}

/** Where applications get their password from. */
export function credentials({ live, name, request }: RestoreFacts): string {
  if (request.from === 'live') return 'the users and passwords of the live cluster';
  const secret = textAt(applicationDatabase(live), 'secret.name');
  return secret === undefined ? `the password in the Secret ${name}-app, which CNPG makes anew` : `the password in the Secret ${secret}, as before`;
}
