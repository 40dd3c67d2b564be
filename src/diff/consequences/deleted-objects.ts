import { listAt, mappingAt, textAt } from '../../model/fields';
import { isKustomizationPath } from '../../model/kustomization-file';
import { identityTitle } from '../../model/source-object';
import { isFluxKustomization } from '../../model/sources';
import type { AppliedObject } from '../../model/applied-object';
import type { Consequence } from './consequence';
import { GUARDS } from './exposed';
import type { Pruned, PrunedObjects } from './pruned-objects';
import { appliedIn, evidenceOf, type World } from './world';

const PRUNE = { text: 'what leaves a Flux Kustomization with prune: true is deleted from the cluster', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune' };
const KEEP = 'to keep it, annotate it first, in a commit of its own: kustomize.toolkit.fluxcd.io/prune: disabled';

/** What prune deletes, and what goes with it: data, all of a namespace, all objects of a kind, or itself alone. */
export function deletedObjects(world: World, { pruned }: PrunedObjects): Consequence[] {
  const namespaces = new Set(pruned.filter(({ object }) => object.kind === 'Namespace').map(({ object, cluster }) => `${cluster} ${object.name}`));
  const isTold = ({ object: { namespace }, cluster }: Pruned): boolean => namespace !== undefined && namespaces.has(`${cluster} ${namespace}`); // with its namespace
  return pruned.flatMap((one) => {
    const consequence = deleted(world, one);
    return consequence === undefined || (consequence.class === 'object-deleted' && isTold(one)) ? [] : consequence;
  });
}

function deleted(world: World, one: Pruned): Consequence | undefined {
  const { object, by, cluster } = one;
  const title = identityTitle(object);
  const files = [object.source?.file, ...(one.with === undefined ? [...by.files].filter(isKustomizationPath) : []), by.object.source?.file];
  const base = {
    evidence: evidenceOf(world, files, PRUNE),
    appliers: [world.names.applier(cluster, by.key)],
    advice: [KEEP],
  };
  const data = dataOf(object);
  if (data !== undefined) return { ...base, class: 'data-deleted', severity: 'danger', title: `deletes ${title}${data}`, affected: [] };
  if (object.kind === 'Namespace') {
    const inside = objectsIn(world, cluster, ({ namespace }) => namespace === object.name);
    return { ...base, class: 'namespace-deleted', severity: 'danger', title: `deletes ${title}, and everything in it`, affected: inside, evidence: { ...base.evidence, rule: NAMESPACE } };
  }
  if (object.kind === 'CustomResourceDefinition') {
    const [group, kind] = [textAt(object.data, 'spec.group'), textAt(object.data, 'spec.names.kind')];
    const instances = objectsIn(world, cluster, (other) => other.group === group && other.kind === kind);
    return { ...base, class: 'crd-deleted', severity: 'danger', title: `deletes ${title}, and every ${kind ?? 'object of its kind'} in the cluster`, affected: instances, evidence: { ...base.evidence, rule: CRD } };
  }
  if (one.with !== undefined || isFluxKustomization(object)) return undefined; // told with the Flux Kustomization that takes it along
  if (GUARDS.has(object.kind)) return undefined; // told by what it let in
  const more = object.kind === 'HelmRelease' ? ', and uninstalls the chart' : '';
  return { ...base, class: 'object-deleted', severity: 'warning', title: `deletes ${title}${more}`, affected: [] };
}

const NAMESPACE = { text: 'deleting a Namespace deletes all that is in it, whoever applied it', link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/' };
const CRD = { text: 'deleting a CustomResourceDefinition deletes all objects of its kind', link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#delete-a-customresourcedefinition' };

/** What is lost with an object beside itself; '' for one that stands for itself alone. */
export function lossOf(object: Pick<AppliedObject, 'group' | 'kind' | 'data'>): string {
  if (object.kind === 'Namespace') return ', and everything in it';
  return object.kind === 'CustomResourceDefinition' ? ', and all objects of its kind' : dataOf(object) ?? '';
}

/** What is lost with an object that holds data; undefined for one that holds none. */
export function dataOf({ group, kind, data }: Pick<AppliedObject, 'group' | 'kind' | 'data'>): string | undefined {
  if (kind === 'StatefulSet' && group === 'apps') {
    if (listAt(data, 'spec.volumeClaimTemplates').length === 0) return undefined;
    const policy = textAt(mappingAt(data, 'spec.persistentVolumeClaimRetentionPolicy'), 'whenDeleted');
    return policy === 'Delete' ? ', and its volume claims with their data' : '; its volume claims stay, and belong to nobody';
  }
  if (kind === 'PersistentVolumeClaim' && group === '') return ', and its volume with all data, unless its StorageClass retains it';
  if (kind === 'PersistentVolume' && group === '') return ', which a claim stands on';
  return DATA.has(`${group}/${kind}`) || /(^|\.)cnrm\.cloud\.google\.com$/.test(group) && /^(SQL|Storage|BigQuery|Spanner|Redis|AlloyDB|Firestore)/.test(kind) ? ', and its data with it' : undefined;
}

/** Kinds whose deletion deletes volumes or services with data. */
const DATA: ReadonlySet<string> = new Set([
  'postgresql.cnpg.io/Cluster', 'postgresql.cnpg.io/Database', 'acid.zalan.do/postgresql', 'postgres-operator.crunchydata.com/PostgresCluster', 'mysql.oracle.com/InnoDBCluster',
  'k8s.mariadb.com/MariaDB', 'kafka.strimzi.io/Kafka', 'kafka.strimzi.io/KafkaNodePool', 'kafka.strimzi.io/KafkaTopic', 'elasticsearch.k8s.elastic.co/Elasticsearch',
  'mongodbcommunity.mongodb.com/MongoDBCommunity', 'psmdb.percona.com/PerconaServerMongoDB', 'pxc.percona.com/PerconaXtraDBCluster', 'rabbitmq.com/RabbitmqCluster',
  'redis.redis.opstreelabs.in/Redis', 'databases.spotahome.com/RedisFailover', 'minio.min.io/Tenant', 'objectbucket.io/ObjectBucketClaim', 'ceph.rook.io/CephCluster',
  'ceph.rook.io/CephBlockPool', 'ceph.rook.io/CephFilesystem', 'ceph.rook.io/CephObjectStore', 'longhorn.io/Volume', 'snapshot.storage.k8s.io/VolumeSnapshot',
]);

function objectsIn({ before }: World, cluster: string, matches: (object: AppliedObject) => boolean): string[] {
  const applied = [...appliedIn(before.clusters.find(({ name }) => name === cluster)).values()].filter(({ object }) => matches(object));
  return applied.sort((a, b) => Number(dataOf(b.object) !== undefined) - Number(dataOf(a.object) !== undefined)).map(({ object }) => `${identityTitle(object)}${dataOf(object) ?? ''}`);
}
