import { archiveOf, isSameArchive, recoveryArchiveOf } from '../../model/postgres-clusters';
import { isPlaceholder } from '../placeholder';
import type { Rule } from '../rule';
import { postgresClustersOf } from './postgres-facts';

export const recoveryOverwritesSource: Rule = {
  id: 'recovery-overwrites-source',
  severity: 'error',
  why: 'A cluster that archives to the very place it is recovered from fails with "Expected empty archive"; forced, it would write over the backups that it lives on.',
  example: `bootstrap: {recovery: {source: pg}}
backup: {barmanObjectStore: {destinationPath: gs://backups, serverName: pg}}
externalClusters:
  - {name: pg, barmanObjectStore: {destinationPath: gs://backups}}`,
  fix: 'give its own backup another serverName or destinationPath',
  link: 'https://cloudnative-pg.io/documentation/current/recovery/#restoring-into-a-cluster-with-a-backup-section',

  *find(context) {
    for (const cluster of postgresClustersOf(context)) {
      const [archive, source] = [archiveOf(cluster), recoveryArchiveOf(cluster)];
      if (archive === undefined || source === undefined || !isSameArchive(source, archive) || isPlaceholder(archive.location)) continue;
      yield { at: { object: cluster.object, path: archive.path }, message: `it archives to ${archive.location}, server ${archive.serverName}, which it is recovered from` };
    }
  },
};
