import { Backup, Directory, FluxKustomization, GitRepository, YamlFile } from 'fluxwright';
import { database, fileAt, messageOf, objectAt } from './database';

test('says in its first lines that it is not synced and how to apply it, and no kustomization.yaml lists it', () => {
  const { app, server, cluster } = database();
  const backups = new Directory(server, 'backup');

  new Backup(backups, 'on-demand', { cluster, name: 'pg-before-upgrade' });

  expect(fileAt(app, 'k8s/server/backup/on-demand.yaml')).toMatchInlineSnapshot(`
"# Not synced by Flux: nothing lists this file. Apply it by hand when it is needed.
# One backup of the cluster server/pg:
#   kubectl apply -f k8s/server/backup/on-demand.yaml
#   kubectl -n server get backup.postgresql.cnpg.io/pg-before-upgrade
# It runs once. Before the next one, delete the object:
#   kubectl delete -f k8s/server/backup/on-demand.yaml
# The backup itself stays in the store.
apiVersion: postgresql.cnpg.io/v1
kind: Backup
metadata:
  name: pg-before-upgrade
  namespace: server
spec:
  cluster:
    name: pg
"
`);
  expect(fileAt(app, 'k8s/server/backup/kustomization.yaml')).not.toContain('on-demand');
});

test('is taken by any method of the cluster', () => {
  const { app, server, cluster } = database({ volumeSnapshot: { className: 'fast' } });

  new Backup(server, 'snapshot', { cluster, method: 'volumeSnapshot', online: false, target: 'primary' });

  expect(objectAt(app, 'k8s/server/snapshot.yaml')['spec']).toEqual({ cluster: { name: 'pg' }, target: 'primary', method: 'volumeSnapshot', online: false });
});

test('refuses a cluster without a destination', () => {
  const { server, cluster } = database({ backups: undefined });

  expect(messageOf(() => new Backup(server, 'on-demand', { cluster }))).toMatchInlineSnapshot(`
"Backup "server/on-demand" backs up PostgresCluster "server/pg", which has no backups
  fix: give the cluster backups: gcs(…), s3(…), azure(…) or an ObjectStore"
`);
});

test('refuses a place where Flux would apply it', () => {
  const { app, server, cluster } = database();
  const file = new YamlFile(server, 'file');
  const bare = new Directory(server, 'bare', { hasKustomization: false });
  const source = new GitRepository(server, 'source', { url: 'https://example.com/shop', branch: 'main' });
  new FluxKustomization(server, 'all', { applies: bare, source });

  const inFile = messageOf(() => new Backup(file as unknown as Directory, 'on-demand', { cluster }));
  new Backup(bare, 'on-demand', { cluster });

  expect(inFile).toMatchInlineSnapshot(`
"Backup "server/file/on-demand" is applied by hand and lies in a file or construct that Flux applies
  fix: put it directly into a Directory"
`);
  expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"Backup "server/bare/on-demand" is applied by hand, and FluxKustomization "server/all" applies all of k8s/server/bare, which has no kustomization.yaml
  fix: put it into another directory, or leave out hasKustomization: false"
`);
});

test('refuses variables, which nobody substitutes in a file that is applied by hand', () => {
  const { server } = database();
  const branch = new Directory(server, 'branch', { namespace: '${BRANCH}', variables: ['BRANCH'] });
  const { cluster } = database();
  const live = cluster.overlay(branch, 'pg', {});

  expect(messageOf(() => new Backup(branch, 'on-demand', { cluster: live }))).toMatchInlineSnapshot(`
"Backup "server/branch/on-demand" has the variable BRANCH, which nobody substitutes in a file that is applied by hand
  fix: derive it from a cluster that has values instead"
`);
});
