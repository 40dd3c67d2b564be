import { UserError } from '../errors';
import type { Data } from '../model/fields';
import type { Cluster } from '../model/flux-kustomization';
import { archiveOf, isSameArchive, postgresClusters } from '../model/postgres-clusters';
import type { Repository } from '../model/repository';
import { nextServerName } from '../postgres/server-name';
import { writeDocuments } from '../yaml/write';
import { databaseArchive, takesSnapshots, type DatabaseArchive } from './archive';
import { copySteps, wayBackFromCopy } from './copy-steps';
import { inPlaceSteps, wayBackInPlace } from './in-place-steps';
import type { LiveDatabase } from './live-database';
import { recoveredSpec, withoutOwnNames, type RecoverySource } from './recovered-spec';
import { formatSteps, type RecoveryStep } from './step';
import { parseTarget, retentionWarning } from './target-time';
import { BY_HAND } from './unsynced-file';

export interface RestoreRequest {
  readonly from: RecoverySource;
  readonly backup?: string;
  readonly to?: string;
  /** The copy's name. */
  readonly name?: string;
  readonly inPlace: boolean;
  readonly archiveAs?: string;
  /** Where the manifest will lie, from the root. */
  readonly file?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A recovery, ready to be written and to be done by a person. */
export interface Restore {
  readonly file: string;
  readonly manifest: Data;
  /** The file's text. */
  readonly text: string;
  readonly steps: readonly RecoveryStep[];
  /** How to get back to what was before. */
  readonly wayBack: readonly string[];
  readonly warnings: readonly string[];
}

/** What the steps are made from. */
export interface RestoreFacts {
  readonly live: LiveDatabase;
  readonly archive: DatabaseArchive | undefined;
  readonly repository: Repository;
  readonly request: RestoreRequest;
  /** The recovered cluster's. */
  readonly name: string;
  readonly archivesAs: string | undefined;
  readonly file: string;
}

/**
 * Derives a recovery from the live database.
 * @throws UserError all that cannot be recovered like that, at once
 */
export function planRestore(live: LiveDatabase, request: RestoreRequest, { repository, clusters }: { readonly repository: Repository; readonly clusters: readonly Cluster[] }): Restore {
  const archive = databaseArchive(live, repository);
  const name = request.inPlace ? live.name : request.name ?? `${live.name}-restore`;
  const archivesAs = request.archiveAs ?? (request.inPlace && archive !== undefined ? freeServerName(live, archive, repository, clusters) : undefined);
  const facts = { live, archive, repository, request, name, archivesAs, file: request.file ?? `restore/${live.namespace}-${name}${request.inPlace ? '-in-place' : ''}.yaml` };
  const errors = [...sourceErrors(facts), ...nameErrors(facts, repository, clusters), ...archiveErrors(facts, repository, clusters)];
  const target = request.to === undefined ? undefined : attempt(() => parseTarget(request.to!, request.now), errors);
  if (errors.length > 0) throw UserError.all(errors);

  const spec = recoveredSpec(live, archive, { from: request.from, backup: request.backup, targetTime: request.to, archivesAs });
  const manifest = { apiVersion: live.object.object.apiVersion, kind: 'Cluster', metadata: metadataOf(live, name), spec: request.inPlace ? spec : withoutOwnNames(spec) };
  const steps = request.inPlace ? inPlaceSteps(facts) : copySteps(facts);
  const wayBack = request.inPlace ? wayBackInPlace(facts) : wayBackFromCopy(facts);
  const warning = target === undefined ? undefined : retentionWarning(target, archive?.retentionPolicy, request.now);
  return { file: facts.file, manifest, text: writeDocuments([manifest], header(facts, steps, wayBack)).text, steps, wayBack, warnings: warning === undefined ? [] : [warning] };
}

/** Steps and the way back, for a terminal. */
export function formatRestore({ steps, wayBack }: Restore): string {
  return `${formatSteps(steps)}\nThe way back:\n${wayBack.map((line) => `   ${line}`).join('\n')}`;
}

function header({ live, name, archive, request }: RestoreFacts, steps: readonly RecoveryStep[], wayBack: readonly string[]): string[] {
  const title = `${live.namespace}/${live.name}`;
  const source = request.from === 'live' ? 'the running cluster' : request.from === 'backup' ? `its Backup ${request.backup!}` : `${archive!.location}/${archive!.serverName}`;
  const until = request.to === undefined ? '' : `, as of ${request.to}`;
  const what = request.inPlace
    ? [`DANGER: this replaces the live cluster ${title} by ${source}${until}. What is not in there is lost.`]
    : [`Makes the cluster ${live.namespace}/${name}, a copy of ${title} from ${source}${until}. The live cluster goes on as it is.`];
  return [BY_HAND, ...what, ...formatSteps(steps).split('\n'), 'The way back:', ...wayBack.map((line) => `   ${line}`)];
}

function metadataOf({ namespace, labels, annotations }: LiveDatabase, name: string): Data {
  const own = Object.entries(labels).filter(([key]) => !key.startsWith('kustomize.toolkit.fluxcd.io/'));
  return { name, namespace, ...(own.length === 0 ? {} : { labels: Object.fromEntries(own) }), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
}

/** What CNPG cannot recover from. */
function sourceErrors({ live, archive, request: { from, backup, to, inPlace } }: RestoreFacts): UserError[] {
  const title = `Cluster ${live.namespace}/${live.name}`;
  const snapshots = takesSnapshots(live);
  return [
    ...(from === 'object-store' && archive === undefined ? [new UserError('backup-missing', `${title} has no backups in an object store`, snapshots ? 'recover from one of its volume snapshots: --from backup --backup NAME' : 'copy it while it runs: --from live')] : []),
    ...(from === 'backup' && backup === undefined ? [new UserError('usage', '--from backup does not say which', `name one that is completed: --backup NAME; kubectl -n ${live.namespace} get backups.postgresql.cnpg.io shows them`)] : []),
    ...(from !== 'backup' && backup !== undefined ? [new UserError('usage', `--backup ${backup} is given with --from ${from}`, 'say --from backup, or leave it out')] : []),
    ...(from === 'backup' && backup !== undefined && !/^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/.test(backup) ? [new UserError('name-invalid', `--backup ${JSON.stringify(backup)} is no name of a Backup`, `kubectl -n ${live.namespace} get backups.postgresql.cnpg.io shows them`)] : []),
    ...(from === 'backup' && archive?.method === 'plugin' && !snapshots ? [new UserError('value-invalid', `${title} is backed up by the barman-cloud plugin, and CNPG cannot recover from such a Backup object`, 'recover from the store that it went to: --from object-store')] : []),
    ...(from === 'backup' && archive === undefined && !snapshots ? [new UserError('backup-missing', `${title} has no backups`, 'copy it while it runs: --from live')] : []),
    ...(from === 'live' && to !== undefined ? [new UserError('usage', '--to is given with --from live, which copies what there is now', 'say --from object-store')] : []),
    ...(from === 'backup' && to !== undefined && archive === undefined ? [new UserError('usage', `--to is given, and ${title} archives no write-ahead log, without which there is only the moment of the backup`, 'leave --to out')] : []),
    ...(from === 'live' && inPlace ? [new UserError('usage', '--in-place deletes the live cluster, and --from live needs it', 'say --from object-store')] : []),
  ];
}

function nameErrors({ live, name, request }: RestoreFacts, repository: Repository, clusters: readonly Cluster[]): UserError[] {
  if (request.inPlace) return request.name === undefined || request.name === live.name ? [] : [new UserError('usage', `--name ${request.name} is given with --in-place, which keeps the name ${live.name}`, 'leave out one of them')];
  const errors: UserError[] = [];
  if (!/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/.test(name)) errors.push(new UserError('name-invalid', `the copy would be named ${JSON.stringify(name)}`, 'say another with --name: at most 50 lower-case letters, digits and "-", starting with a letter, since CNPG makes names of Services from it'));
  const taken = postgresClusters(repository, clusters).find(({ object, namespace, by }) => by !== undefined && object.name === name && namespace === live.namespace);
  if (taken !== undefined) errors.push(new UserError('object-taken', `there is a cluster ${live.namespace}/${name} already, which Kustomization ${taken.by!} applies`, name === live.name ? 'give the copy another name, or say --in-place' : 'give the copy another name: --name NAME'));
  return errors;
}

/** No two clusters may ever write one archive, and none what it reads. */
function archiveErrors({ live, archive, archivesAs }: RestoreFacts, repository: Repository, clusters: readonly Cluster[]): UserError[] {
  if (archivesAs === undefined) return [];
  if (archive === undefined) return [new UserError('backup-missing', `--archive-as ${archivesAs} is given, and Cluster ${live.namespace}/${live.name} has no archive to lie beside`, 'leave it out')];
  if (!/^[^/\s]{1,200}$/.test(archivesAs)) return [new UserError('value-invalid', `--archive-as ${JSON.stringify(archivesAs)} is no name of a folder`, 'write the name of one folder in the destination')];
  if (archivesAs === archive.serverName) return [new UserError('recovery-overwrites-source', `--archive-as ${archivesAs} is where Cluster ${live.namespace}/${live.name} archives: ${archive.location}/${archivesAs}`, 'write another name, or leave it out')];
  const writer = writerOf(live, archivesAs, repository, clusters);
  return writer === undefined ? [] : [new UserError('archive-taken', `--archive-as ${archivesAs} is where Cluster ${writer} archives: ${archive.location}/${archivesAs}`, 'write another name, or leave it out')];
}

function freeServerName(live: LiveDatabase, { serverName }: DatabaseArchive, repository: Repository, clusters: readonly Cluster[]): string {
  let name = nextServerName(live.name, serverName);
  while (name === serverName || writerOf(live, name, repository, clusters) !== undefined) name = nextServerName(live.name, name);
  return name;
}

/** Who archives beside the live database under that name. */
function writerOf(live: LiveDatabase, serverName: string, repository: Repository, clusters: readonly Cluster[]): string | undefined {
  const place = { ...archiveOf(live.object)!, serverName };
  const others = postgresClusters(repository, clusters).filter(({ by, namespace }) => by !== undefined && (!place.location.startsWith('ObjectStore ') || namespace === live.namespace));
  const found = others.find((other) => isSameArchive(place, archiveOf(other)));
  return found === undefined ? undefined : `${found.namespace}/${found.object.name}`;
}

function attempt<Result>(made: () => Result, errors: UserError[]): Result | undefined {
  try {
    return made();
  } catch (error) {
    if (!UserError.is(error)) throw error;
    errors.push(error);
    return undefined;
  }
}
