import { Directory, gcs, ObjectStore, PostgresCluster, ScheduledBackup, type PostgresClusterProps, type ScheduledBackupProps } from 'fluxwright';
import { database, fileAt, messageOf, objectAt } from './database';

test('backs a cluster up by a schedule', () => {
  const { app, server, cluster } = database();

  new ScheduledBackup(server, 'nightly', { cluster, schedule: '0 0 2 * * *', backupOwnerReference: 'self' });

  expect(fileAt(app, 'k8s/server/nightly.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: nightly
spec:
  schedule: 0 0 2 * * *
  backupOwnerReference: self
  cluster:
    name: pg
"
`);
  expect(fileAt(app, 'k8s/server/kustomization.yaml')).toContain('- nightly.yaml');
});

test('writes every prop, and the escape hatch over them', () => {
  const { app, server, cluster } = database({ volumeSnapshot: { className: 'fast' } });

  new ScheduledBackup(server, 'snapshots', {
    cluster, schedule: '@hourly', immediate: true, suspend: true, backupOwnerReference: 'cluster', target: 'primary',
    method: 'volumeSnapshot', online: true, onlineConfiguration: { waitForArchive: true }, spec: { suspend: null },
  });

  expect(fileAt(app, 'k8s/server/snapshots.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: snapshots
spec:
  schedule: "@hourly"
  immediate: true
  suspend: null
  backupOwnerReference: cluster
  target: primary
  cluster:
    name: pg
  method: volumeSnapshot
  online: true
  onlineConfiguration:
    waitForArchive: true
"
`);
});

test('is taken by the plugin where the cluster archives through it', () => {
  const { app, server } = database();
  const store = new ObjectStore(server, 'store', { destination: gcs('gs://other-backups') });
  const cluster = new PostgresCluster(server, 'other', { storage: { size: '10Gi' }, backups: store });

  new ScheduledBackup(server, 'nightly', { cluster, schedule: '0 0 2 * * *' });

  expect(objectAt(app, 'k8s/server/nightly.yaml')['spec']).toEqual({
    schedule: '0 0 2 * * *', cluster: { name: 'other' }, method: 'plugin', pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' },
  });
});

test('is taken as a volume snapshot where the cluster has nothing else', () => {
  const { app, server, cluster } = database({ backups: undefined, volumeSnapshot: { className: 'fast' } });

  new ScheduledBackup(server, 'nightly', { cluster, schedule: '0 0 2 * * *' });

  expect(objectAt(app, 'k8s/server/nightly.yaml')['spec'].method).toBe('volumeSnapshot');
});

test('refuses a five-field crontab line, and says what to write', () => {
  expect(scheduling('0 2 * * *')).toMatchInlineSnapshot(`
"ScheduledBackup "server/nightly" has the schedule "0 2 * * *", which is 5 fields; CNPG reads six, seconds first
  fix: write "0 0 2 * * *""
`);
});

test.each([
  '0 0 2 * * *', '0 0 2 * * mon-fri', '*/10 0-5,30 */2 1,15 JAN-jun ?', '5/15 * * * * *', '0 0 0 29 2 *', '0 0 0 31 2 mon',
  '${HOUR}', '0 0 ${HOUR} * * *', '@daily', '@midnight', '@yearly', '@every 12h', '@every 1h30m', '  0  0 2 * * *  ',
])('takes the schedule "%s", as CNPG does', (schedule) => {
  expect(scheduling(schedule)).toBe('nothing');
});

test('refuses what is no schedule, and says which field is wrong', () => {
  const wrong = ['60 0 2 * * *', '0 0 24 * * *', '0 0 2 0 * *', '0 0 2 * 13 *', '0 0 2 * * 7', '0 0 2 * * mo', '0 5-3 2 * * *', '0 */0 2 * * *', '0 1/2/3 2 * * *', '0 -1 2 * * *', '@nightly', '@every 1 day', '@every 0s', '@every -1h'];

  expect(wrong.map(scheduling).join('\n')).toMatchInlineSnapshot(`
"ScheduledBackup "server/nightly" has the schedule "60 0 2 * * *", whose field for seconds is "60"
  fix: write seconds from 0 to 59, as one number, "*", a range "0-59", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "0 0 24 * * *", whose field for hours is "24"
  fix: write hours from 0 to 23, as one number, "*", a range "0-23", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "0 0 2 0 * *", whose field for days is "0"
  fix: write days from 1 to 31, as one number, "*", a range "1-31", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "0 0 2 * 13 *", whose field for months is "13"
  fix: write months from 1 to 12, as one number, "*", a range "1-12", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "0 0 2 * * 7", whose field for weekdays is "7"
  fix: write weekdays from 0 to 6, as one number, "*", a range "0-6", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "0 0 2 * * mo", whose field for weekdays is "mo"
  fix: write weekdays from 0 to 6, as one number, "*", a range "0-6", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "0 5-3 2 * * *", whose field for minutes is "5-3"
  fix: write minutes from 0 to 59, as one number, "*", a range "0-59", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "0 */0 2 * * *", whose field for minutes is "*/0"
  fix: write minutes from 0 to 59, as one number, "*", a range "0-59", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "0 1/2/3 2 * * *", whose field for minutes is "1/2/3"
  fix: write minutes from 0 to 59, as one number, "*", a range "0-59", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "0 -1 2 * * *", whose field for minutes is "-1"
  fix: write minutes from 0 to 59, as one number, "*", a range "0-59", a step "*/2" or a list of them
ScheduledBackup "server/nightly" has the schedule "@nightly", which is no descriptor that CNPG knows
  fix: write @hourly, @daily, @weekly, @monthly, @yearly or "@every 12h", or six fields, such as "0 0 2 * * *"
ScheduledBackup "server/nightly" has the schedule "@every 1 day", which is no descriptor that CNPG knows
  fix: write @hourly, @daily, @weekly, @monthly, @yearly or "@every 12h", or six fields, such as "0 0 2 * * *"
ScheduledBackup "server/nightly" has the schedule "@every 0s", which is no descriptor that CNPG knows
  fix: write @hourly, @daily, @weekly, @monthly, @yearly or "@every 12h", or six fields, such as "0 0 2 * * *"
ScheduledBackup "server/nightly" has the schedule "@every -1h", which is no descriptor that CNPG knows
  fix: write @hourly, @daily, @weekly, @monthly, @yearly or "@every 12h", or six fields, such as "0 0 2 * * *""
`);
});

test('refuses schedules of another length', () => {
  const wrong = ['', '0', '0 0 0 2 * * *', 'TZ=UTC 0 0 2 * * *'];

  expect(wrong.map(scheduling).join('\n')).toMatchInlineSnapshot(`
"ScheduledBackup "server/nightly" has the schedule "", which is 0 fields; CNPG reads six, seconds first
  fix: write six fields, such as "0 0 2 * * *" for 02:00 every day
ScheduledBackup "server/nightly" has the schedule "0", which is 1 field; CNPG reads six, seconds first
  fix: write six fields, such as "0 0 2 * * *" for 02:00 every day
ScheduledBackup "server/nightly" has the schedule "0 0 0 2 * * *", which is 7 fields; CNPG reads six, seconds first
  fix: write six fields, such as "0 0 2 * * *" for 02:00 every day
ScheduledBackup "server/nightly" has the schedule "TZ=UTC 0 0 2 * * *", which is 7 fields; CNPG reads six, seconds first
  fix: write six fields, such as "0 0 2 * * *" for 02:00 every day"
`);
});

test('refuses days that never come', () => {
  const wrong = ['0 0 2 31 2 *', '0 0 2 30 feb *', '0 0 2 31 4,6,9,11 *', '0 0 2 31 2 */2', '0 0 2 , * *'];

  expect(wrong.map(scheduling).join('\n')).toMatchInlineSnapshot(`
"ScheduledBackup "server/nightly" has the schedule "0 0 2 31 2 *", which never comes
  fix: name a day that its months have
ScheduledBackup "server/nightly" has the schedule "0 0 2 30 feb *", which never comes
  fix: name a day that its months have
ScheduledBackup "server/nightly" has the schedule "0 0 2 31 4,6,9,11 *", which never comes
  fix: name a day that its months have
ScheduledBackup "server/nightly" has the schedule "0 0 2 31 2 */2", which never comes
  fix: name a day that its months have
ScheduledBackup "server/nightly" has the schedule "0 0 2 , * *", which never comes
  fix: name a day that its months have"
`);
});

test('refuses a cluster that has no destination', () => {
  expect(backingUp({ backups: undefined }, {})).toMatchInlineSnapshot(`
"ScheduledBackup "server/nightly" backs up PostgresCluster "server/pg", which has no backups
  fix: give the cluster backups: gcs(…), s3(…), azure(…) or an ObjectStore"
`);
});

test('refuses a method that the cluster has no destination for, and props of another method', () => {
  expect([
backingUp({}, { method: 'plugin' }),
backingUp({}, { method: 'volumeSnapshot' }),
backingUp({ backups: undefined, volumeSnapshot: {} }, { method: 'barmanObjectStore' }),
backingUp({}, { online: false })].
join('\n')).toMatchInlineSnapshot(`
"ScheduledBackup "server/nightly" has method "plugin", and PostgresCluster "server/pg" can be backed up by barmanObjectStore alone
  fix: leave out method, or give the cluster an ObjectStore as backups
ScheduledBackup "server/nightly" has method "volumeSnapshot", and PostgresCluster "server/pg" can be backed up by barmanObjectStore alone
  fix: leave out method, or give the cluster volumeSnapshot: { className: … }
ScheduledBackup "server/nightly" has method "barmanObjectStore", and PostgresCluster "server/pg" can be backed up by volumeSnapshot alone
  fix: leave out method, or give the cluster backups: gcs(…), s3(…) or azure(…)
ScheduledBackup "server/nightly" has online with method "barmanObjectStore"
  fix: leave it out, or use method: 'volumeSnapshot'"
`);
});

test('names the cluster of an environment, wherever its spec was written', () => {
  const { server, cluster } = database({ backups: undefined, storage: undefined });
  const live = cluster.overlay(new Directory(server, 'prod', { resources: [] }), 'production', { storage: { size: '10Gi' }, backups: gcs('gs://shop-backups') });

  const schedule = messageOf(() => new ScheduledBackup(server, 'nightly', { cluster: live, schedule: '@daily' }));
  const ofThePart = messageOf(() => new ScheduledBackup(server, 'part', { cluster, schedule: '@daily' }));

  expect(schedule).toBe('nothing');
  expect(ofThePart).toContain('which has no backups');
});

function scheduling(schedule: string): string {
  return backingUp({}, { schedule });
}

function backingUp(cluster: Partial<PostgresClusterProps>, props: Partial<ScheduledBackupProps>): string {
  const { server, cluster: pg } = database(cluster);
  return messageOf(() => new ScheduledBackup(server, 'nightly', { cluster: pg, schedule: '0 0 2 * * *', ...props }));
}
