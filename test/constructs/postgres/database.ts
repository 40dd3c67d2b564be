import { Directory, gcs, initdb, PostgresCluster, type GitopsApp, type PostgresClusterProps } from 'fluxwright';
import { testApp } from 'fluxwright/testing';

/** A directory `server` with the cluster `pg`, backed up to a bucket. */
export function database(props: Partial<PostgresClusterProps> = {}): { app: GitopsApp; server: Directory; cluster: PostgresCluster } {
  const app = testApp();
  const server = new Directory(app, 'server', { namespace: 'server' });
  const cluster = new PostgresCluster(server, 'pg', {
    instances: 3,
    storage: { size: '10Gi' },
    bootstrap: initdb({ database: 'shop', owner: 'shop' }),
    backups: gcs('gs://shop-backups', { retentionPolicy: '30d' }),
    ...props,
  });
  return { app, server, cluster };
}

/** A generated file without its first line. */
export function fileAt(app: GitopsApp, path: string): string {
  const file = app.toTree().get(path);
  if (file === undefined) throw new Error(`no file ${path}`);
  return file.bytes.toString('utf8').replace(/^.*\n/, '');
}

/** The data of a generated file's only object. */
export function objectAt(app: GitopsApp, path: string): Readonly<Record<string, any>> {
  const file = app.toTree().get(path);
  if (file?.type !== 'manifests' || file.documents.length !== 1) throw new Error(`no single object in ${path}`);
  return file.documents[0]!.object as Readonly<Record<string, any>>;
}

/** What an action throws, as the user reads it. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
}
