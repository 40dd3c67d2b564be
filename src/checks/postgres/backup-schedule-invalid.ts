import { textAt } from '../../model/fields';
import { scheduleProblem } from '../../postgres/schedule';
import type { Rule } from '../rule';

export const backupScheduleInvalid: Rule = {
  id: 'backup-schedule-invalid',
  severity: 'error',
  why: 'CNPG reads six fields, seconds first: a line of crontab with five is refused, or fires at another time, and a day that never comes means no backup.',
  example: `kind: ScheduledBackup
spec:
  schedule: "0 2 * * *"`,
  fix: 'write six fields, such as "0 0 2 * * *" for 02:00 every day',
  link: 'https://cloudnative-pg.io/documentation/current/backup/#scheduled-backups',

  *find({ repository }) {
    for (const object of repository.objects) {
      const schedule = object.kind === 'ScheduledBackup' && object.group === 'postgresql.cnpg.io' ? textAt(object.data, 'spec.schedule') : undefined;
      const found = schedule === undefined ? undefined : scheduleProblem(schedule);
      if (found !== undefined) yield { at: { object, path: ['spec', 'schedule'] }, message: `it ${found.problem}`, fix: found.fix };
    }
  },
};
