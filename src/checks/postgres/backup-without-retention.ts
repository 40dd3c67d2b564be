import { at, textAt } from '../../model/fields';
import { isRecovery } from '../../model/postgres-clusters';
import type { Rule } from '../rule';
import { postgresClustersOf } from './postgres-facts';

export const backupWithoutRetention: Rule = {
  id: 'backup-without-retention',
  severity: 'notice',
  needs: 'render',
  why: 'Without a retention policy every base backup and every write-ahead log is kept, and paid for, until somebody deletes them by hand, perhaps the wrong ones.',
  example: `backup:
  barmanObjectStore:
    destinationPath: gs://backups # and no retentionPolicy`,
  fix: 'add "retentionPolicy: 30d", or see to it in the bucket\'s lifecycle rules',
  link: 'https://cloudnative-pg.io/documentation/current/backup/#retention-policies',

  *find(context) {
    for (const { object, by, cluster } of postgresClustersOf(context)) {
      if (by === undefined || isRecovery(object.data) || at(object.data, 'spec.backup.barmanObjectStore') === undefined || at(object.data, 'spec.backup.retentionPolicy') !== undefined) continue;
      yield { at: { object, path: ['spec', 'backup'] }, message: `nothing ever deletes the backups in ${textAt(object.data, 'spec.backup.barmanObjectStore.destinationPath') ?? 'its bucket'}`, in: `${cluster!.name}: ${by}` };
    }
    for (const object of context.repository.objects) {
      if (object.group !== 'barmancloud.cnpg.io' || object.kind !== 'ObjectStore' || at(object.data, 'spec.retentionPolicy') !== undefined) continue;
      yield { at: { object, path: ['spec'] }, message: `nothing ever deletes the backups in ${textAt(object.data, 'spec.configuration.destinationPath') ?? 'its bucket'}` };
    }
  },
};
