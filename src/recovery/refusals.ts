import { UserError } from '../errors';
import type { Cluster } from '../model/flux-kustomization';
import { archiveOf, isSameArchive, postgresClusters } from '../model/postgres-clusters';
import type { Repository } from '../model/repository';
import { takesSnapshots } from './archive';
import type { LiveDatabase } from './live-database';
import type { RestoreFacts } from './restore';

/** What CNPG cannot recover from. */
export function sourceErrors({ live, archive, request: { from, backup, to, inPlace } }: RestoreFacts): UserError[] {
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

/** Names that cannot be, or are taken. */
export function nameErrors({ live, name, request }: RestoreFacts, repository: Repository, clusters: readonly Cluster[]): UserError[] {
  if (request.inPlace) return request.name === undefined || request.name === live.name ? [] : [new UserError('usage', `--name ${request.name} is given with --in-place, which keeps the name ${live.name}`, 'leave out one of them')];
  const errors: UserError[] = [];
  if (!/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/.test(name)) errors.push(new UserError('name-invalid', `the copy would be named ${JSON.stringify(name)}`, 'say another with --name: at most 50 lower-case letters, digits and "-", starting with a letter, since CNPG makes names of Services from it'));
  const taken = postgresClusters(repository, clusters).find(({ object, namespace, by }) => by !== undefined && object.name === name && namespace === live.namespace);
  if (taken !== undefined) errors.push(new UserError('object-taken', `there is a cluster ${live.namespace}/${name} already, which Kustomization ${taken.by!} applies`, name === live.name ? 'give the copy another name, or say --in-place' : 'give the copy another name: --name NAME'));
  return errors;
}

/** No two clusters may ever write one archive, and none what it reads. */
export function archiveErrors({ live, archive, archivesAs }: RestoreFacts, repository: Repository, clusters: readonly Cluster[]): UserError[] {
  if (archivesAs === undefined) return [];
  if (archive === undefined) return [new UserError('backup-missing', `--archive-as ${archivesAs} is given, and Cluster ${live.namespace}/${live.name} has no archive to lie beside`, 'leave it out')];
  if (!/^[^/\s]{1,200}$/.test(archivesAs)) return [new UserError('value-invalid', `--archive-as ${JSON.stringify(archivesAs)} is no name of a folder`, 'write the name of one folder in the destination')];
  if (archivesAs === archive.serverName) return [new UserError('recovery-overwrites-source', `--archive-as ${archivesAs} is where Cluster ${live.namespace}/${live.name} archives: ${archive.location}/${archivesAs}`, 'write another name, or leave it out')];
  const writer = writerOf(live, archivesAs, repository, clusters);
  return writer === undefined ? [] : [new UserError('archive-taken', `--archive-as ${archivesAs} is where Cluster ${writer} archives: ${archive.location}/${archivesAs}`, 'write another name, or leave it out')];
}

/** Who archives beside the live database under that name. */
export function writerOf(live: LiveDatabase, serverName: string, repository: Repository, clusters: readonly Cluster[]): string | undefined {
  const place = { ...archiveOf(live.object)!, serverName };
  const others = postgresClusters(repository, clusters).filter(({ by, namespace }) => by !== undefined && (!place.location.startsWith('ObjectStore ') || namespace === live.namespace));
  const found = others.find((other) => isSameArchive(place, archiveOf(other)));
  return found === undefined ? undefined : `${found.namespace}/${found.object.name}`;
}
