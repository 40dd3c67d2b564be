import { mappingAt, textAt } from '../../model/fields';
import { archiveOf, isRecovery, isSameArchive, recoveryArchiveOf, sourcesOf, type PostgresCluster } from '../../model/postgres-clusters';
import { isPlaceholder } from '../placeholder';
import type { Report, Rule } from '../rule';
import { postgresClustersOf } from './postgres-facts';

export const recoverySourceDiffers: Rule = {
  id: 'recovery-source-differs',
  severity: 'warning',
  why: 'A restore that names another bucket, server or service account than the live cluster uses was right once and has drifted since: it finds old backups, or none, or may not read them.',
  example: `# the live cluster backs up to gs://shop-backups
externalClusters:
  - {name: pg, barmanObjectStore: {destinationPath: gs://old-backups}}`,
  fix: 'take destination, server and service account from the live cluster; a construct derives them (RestoredCluster)',
  link: 'https://cloudnative-pg.io/documentation/current/recovery/#recovery-from-an-object-store',

  *find(context) {
    const all = postgresClustersOf(context);
    for (const cluster of all.filter(({ object }) => isRecovery(object.data))) {
      const [source] = sourcesOf(cluster, all);
      if (source !== undefined) yield* differences(cluster, source);
    }
  },
};

function* differences(cluster: PostgresCluster, source: PostgresCluster): Generator<Report> {
  const live = `${source.namespace}/${source.object.name}`;
  const [archive, wanted] = [recoveryArchiveOf(cluster), archiveOf(source)];
  if (archive !== undefined && wanted !== undefined && !isSameArchive(archive, wanted) && !isPlaceholder(`${archive.location}${wanted.location}`)) {
    yield { at: { object: cluster.object, path: archive.path }, message: `it is recovered from ${archive.location}, server ${archive.serverName}, while ${live} archives to ${wanted.location}, server ${wanted.serverName}` };
  }
  // whoever restores in the same namespace under another name is another service account: what matters is the cloud identity
  const [has, lives] = [cluster, source].map(({ object }) => identityOf(object.data));
  if (has !== undefined && lives !== undefined && has !== lives && !isPlaceholder(`${has}${lives}`)) {
    yield { at: { object: cluster.object, path: ['spec', 'serviceAccountTemplate'] }, message: `it acts as ${has}, while ${live} acts as ${lives}` };
  }
}

/** Who the pods are to the cloud. */
function identityOf(data: Readonly<Record<string, unknown>>): string | undefined {
  const annotations = mappingAt(data, 'spec.serviceAccountTemplate.metadata.annotations');
  return ['iam.gke.io/gcp-service-account', 'eks.amazonaws.com/role-arn', 'azure.workload.identity/client-id'].map((key) => textAt(annotations, [key])).find((value) => value !== undefined);
}
