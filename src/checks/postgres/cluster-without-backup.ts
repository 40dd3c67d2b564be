import { at, textAt } from '../../model/fields';
import { archiveOf, isRecovery } from '../../model/postgres-clusters';
import type { Rule } from '../rule';
import { postgresClustersOf } from './postgres-facts';

export const clusterWithoutBackup: Rule = {
  id: 'cluster-without-backup',
  severity: 'warning',
  needs: 'render',
  why: 'A database without base backups cannot be restored: replicas repeat every mistake, and an archive of write-ahead logs is nothing without a base backup to start from.',
  example: `kind: Cluster # of postgresql.cnpg.io
spec:
  instances: 3
  storage: {size: 20Gi} # and no backup`,
  fix: 'add a backup to object storage and a ScheduledBackup; suppress this with a reason where the data may be lost',
  link: 'https://cloudnative-pg.io/documentation/current/backup/',

  *find(context) {
    const schedules = context.repository.objects.filter(({ group, kind }) => group === 'postgresql.cnpg.io' && kind === 'ScheduledBackup');
    for (const cluster of postgresClustersOf(context)) {
      // what is applied by hand is a restore or a try; what is applied in several places is said once
      if (cluster.by === undefined || isRecovery(cluster.object.data)) continue;
      const { object } = cluster;
      const of = `${cluster.cluster!.name}: ${cluster.by}`;
      if (archiveOf(cluster) === undefined && at(object.data, 'spec.backup.volumeSnapshot') === undefined) {
        yield { at: { object, path: ['spec'] }, message: 'it has no backup', in: of };
      } else if (!schedules.some(({ data }) => textAt(data, 'spec.cluster.name') === object.name || textAt(data, 'spec.cluster.name')?.includes('${') === true)) {
        yield { at: { object, path: ['spec', 'backup'] }, message: 'no ScheduledBackup names it, so that no base backup is ever taken', fix: 'add a ScheduledBackup for it', in: of };
      }
    }
  },
};
