import { UserError } from '../errors';
import type { Data } from '../model/fields';
import type { Cluster } from '../model/flux-kustomization';
import type { Repository } from '../model/repository';
import { nextServerName } from '../postgres/server-name';
import { writeDocuments } from '../yaml/write';
import { databaseArchive, type DatabaseArchive } from './archive';
import { copySteps, wayBackFromCopy } from './copy-steps';
import { inPlaceSteps, wayBackInPlace } from './in-place-steps';
import type { LiveDatabase } from './live-database';
import { recoveredSpec, withoutOwnNames, type RecoverySource } from './recovered-spec';
import { archiveErrors, nameErrors, sourceErrors, writerOf } from './refusals';
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

function freeServerName(live: LiveDatabase, { serverName }: DatabaseArchive, repository: Repository, clusters: readonly Cluster[]): string {
  let name = nextServerName(live.name, serverName);
  while (name === serverName || writerOf(live, name, repository, clusters) !== undefined) name = nextServerName(live.name, name);
  return name;
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
