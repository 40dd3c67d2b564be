import { findingsOf } from '../check-tree';
import { scheduled } from './database';

test.each([
  ['0 2 * * *', 'it has the schedule "0 2 * * *", which is 5 fields; CNPG reads six, seconds first', 'write "0 0 2 * * *"'],
  ['0 0 2 31 2 *', 'it has the schedule "0 0 2 31 2 *", which never comes', 'name a day that its months have'],
])('the schedule %s is an error', async (schedule, message, fix) => {
  expect(await findingsOf('backup-schedule-invalid', { 'shop/backup.yaml': scheduled(schedule) })).toEqual([`shop/backup.yaml:7 error ScheduledBackup shop/nightly: ${message}\n  fix: ${fix}`]);
});

test.each(['0 0 2 * * *', '@daily', '${SCHEDULE}'])('the schedule %s is fine', async (schedule) => {
  expect(await findingsOf('backup-schedule-invalid', { 'shop/backup.yaml': scheduled(schedule) })).toEqual([]);
});
