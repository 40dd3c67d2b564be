import { UserError } from '../errors';
import { mappingAt, type Data } from '../model/fields';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';
import { postgresClusters, type PostgresCluster } from '../model/postgres-clusters';
import type { Repository } from '../model/repository';
import { nearestTo } from '../nearest';
import { visible } from '../visible';

/** A CNPG Cluster that Flux applies: what backups and recoveries are derived from. */
export interface LiveDatabase {
  readonly name: string;
  readonly namespace: string;
  readonly spec: Data;
  readonly labels: Data;
  readonly annotations: Data;
  readonly object: PostgresCluster;
  /** The cluster of Flux that it runs in. */
  readonly cluster: Cluster;
  /** The Flux Kustomizations that apply it. */
  readonly kustomizations: readonly FluxKustomization[];
}

/** Every CNPG Cluster that Flux applies, by cluster of Flux. */
export function liveDatabases(repository: Repository, clusters: readonly Cluster[]): LiveDatabase[] {
  const found = new Map<string, LiveDatabase>();
  for (const one of postgresClusters(repository, clusters)) {
    const { object, namespace, cluster, by } = one;
    if (cluster === undefined) continue;
    const key = `${cluster.name}\n${namespace}/${object.name}`;
    const kustomizations = [...(found.get(key)?.kustomizations ?? []), ...cluster.kustomizations.filter((kustomization) => kustomization.key === by)];
    const { data, name } = object;
    found.set(key, { name, namespace, spec: mappingAt(data, 'spec'), labels: mappingAt(data, 'metadata.labels'), annotations: mappingAt(data, 'metadata.annotations'), object: one, cluster, kustomizations: [...new Set(kustomizations)] });
  }
  return [...found.values()];
}

/**
 * The one that a person means by `name` or `namespace/name`.
 * @throws UserError `reference-invalid` with the nearest one, `usage` where several have the name
 */
export function findLiveDatabase(repository: Repository, clusters: readonly Cluster[], typed: string): LiveDatabase {
  const all = liveDatabases(repository, clusters);
  const found = all.filter(({ name, namespace }) => name === typed || `${namespace}/${name}` === typed);
  if (found.length === 1) return knownByItsFiles(found[0]!);
  if (found.length === 0) throw unknown(typed, all, clusters);
  const places = [...new Set(found.map(({ namespace, name }) => `${namespace}/${name}`))];
  if (places.length > 1) throw new UserError('usage', `there are ${places.length} clusters ${JSON.stringify(typed)}: ${places.join(', ')}`, `say which: ${places[0]!}`);
  throw new UserError('usage', `${places[0]!} runs in ${found.length} clusters: ${found.map(({ cluster }) => cluster.name).join(', ')}`, `say which: --cluster ${found[0]!.cluster.name}`);
}

/** Nobody decrypts or substitutes in a file that is applied by hand. */
function knownByItsFiles(found: LiveDatabase): LiveDatabase {
  const { object: { object }, namespace, name } = found;
  const title = `Cluster ${namespace}/${name}`;
  if (object.unresolved !== undefined && object.unresolved.length > 0) {
    throw new UserError('variable-unset', `${title} has the variable ${object.unresolved.join(', ')}, whose value is not in this tree`, 'have postBuild.substitute say it, or take the manifest from the cluster: kubectl get cluster.postgresql.cnpg.io -o yaml');
  }
  if (JSON.stringify(object.data).includes('ENC[AES256_GCM,')) {
    throw new UserError('value-invalid', `${title} is encrypted in ${object.source?.file ?? 'the tree'}, so that nothing can be derived from it`, 'encrypt Secrets alone, and name them in the Cluster');
  }
  const invalid = [namespace, name].find((word) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(word));
  if (invalid !== undefined) throw new UserError('name-invalid', `${JSON.stringify(`${namespace}/${name}`)} is no name that Kubernetes takes`, 'mend it in the tree first');
  return found;
}

function unknown(typed: string, all: readonly LiveDatabase[], clusters: readonly Cluster[]): UserError {
  const names = typed.includes('/') ? all.map(({ namespace, name }) => `${namespace}/${name}`) : all.map(({ name }) => name);
  const near = nearestTo(typed, names);
  const failed = clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ key, failure }) => (failure === undefined ? [] : `Kustomization ${key} cannot be built, so that what is in there is not known: ${visible(failure, 300)}`)));
  const known = [...new Set(all.map(({ namespace, name }) => `${namespace}/${name}`))];
  const fix = near !== undefined ? `write ${near}` : known.length > 0 ? `there is ${known.slice(0, 10).join(', ')}` : 'name a Cluster of CloudNativePG that a Flux Kustomization applies';
  const unbuilt = failed.slice(0, 3).map((line) => `; ${line}`).join('');
  return new UserError('reference-invalid', `${all.length === 0 ? 'Flux applies no Cluster of CloudNativePG here' : `Flux applies no Cluster ${JSON.stringify(typed)}`}${unbuilt}`, fix);
}
