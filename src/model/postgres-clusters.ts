import type { AppliedObject } from './applied-object';
import { at, listAt, mappingAt, textAt, type Data, type Step } from './fields';
import type { Cluster } from './flux-kustomization';
import { overlaidClusters } from './overlaid-clusters';
import type { Repository } from './repository';

const GROUP = 'postgresql.cnpg.io';

/** A CNPG Cluster, wherever it lies: Flux applies it, or a person does. */
export interface PostgresCluster {
  readonly object: AppliedObject;
  readonly namespace: string;
  /** The cluster of Flux that applies it; undefined for what is applied by hand. */
  readonly cluster: Cluster | undefined;
  /** The key of the Flux Kustomization that applies it. */
  readonly by: string | undefined;
}

/** Where write-ahead logs and base backups are. */
export interface Archive {
  /** The destination, or the name of the plugin's ObjectStore. */
  readonly location: string;
  /** The folder in it. */
  readonly serverName: string;
  /** Where it stands in the Cluster. */
  readonly path: readonly Step[];
}

/** All CNPG Clusters, those that Flux applies first. */
export function postgresClusters(repository: Repository, clusters: readonly Cluster[]): PostgresCluster[] {
  const applied = clusters.flatMap((cluster) => cluster.kustomizations.flatMap(({ key, objects }) => (
    objects.filter(isPostgresCluster).map((object): PostgresCluster => ({ object, namespace: object.namespace ?? 'default', cluster, by: key }))
  )));
  const overlaid = overlaidClusters(repository, new Set(clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ files }) => [...files]))));
  const sources = new Set(applied.map(({ object }) => object.source));
  const loose = repository.objects.filter((source) => isPostgresCluster(source) && !sources.has(source)).map((source): AppliedObject => ({ ...source, source }));
  return [...applied, ...[...overlaid, ...loose].map((object): PostgresCluster => ({ object, namespace: object.namespace ?? 'default', cluster: undefined, by: undefined }))];
}

export function isPostgresCluster({ group, kind }: { readonly group: string; readonly kind: string }): boolean {
  return group === GROUP && kind === 'Cluster';
}

/** Where a cluster archives; undefined if nowhere. */
export function archiveOf({ object: { data, name } }: PostgresCluster): Archive | undefined {
  const store = at(data, 'spec.backup.barmanObjectStore');
  if (store !== undefined) return inStore(store, name, ['spec', 'backup', 'barmanObjectStore']);
  const index = listAt(data, 'spec.plugins').findIndex((plugin) => textAt(plugin, 'name')?.startsWith('barman-cloud') === true && at(plugin, 'enabled') !== false);
  return index < 0 ? undefined : byPlugin(mappingAt(listAt(data, 'spec.plugins')[index], 'parameters'), name, ['spec', 'plugins', index, 'parameters']);
}

/** Where it is recovered, or copied, from; undefined for one that is not. */
export function recoveryArchiveOf({ object: { data } }: PostgresCluster): Archive | undefined {
  const source = textAt(data, 'spec.bootstrap.recovery.source') ?? textAt(data, 'spec.replica.source');
  const index = listAt(data, 'spec.externalClusters').findIndex((external) => textAt(external, 'name') === source);
  if (source === undefined || index < 0) return undefined;
  const external = listAt(data, 'spec.externalClusters')[index];
  const store = at(external, 'barmanObjectStore');
  if (store !== undefined) return inStore(store, source, ['spec', 'externalClusters', index, 'barmanObjectStore']);
  const parameters = at(external, 'plugin.parameters');
  return parameters === undefined ? undefined : byPlugin(mappingAt(external, 'plugin.parameters'), source, ['spec', 'externalClusters', index, 'plugin', 'parameters']);
}

/** The clusters that a recovery takes its data from, as far as names tell. */
export function sourcesOf(restored: PostgresCluster, all: readonly PostgresCluster[]): PostgresCluster[] {
  // a live cluster may have been recovered itself once
  const others = all.filter((other) => other.object.source !== restored.object.source && (!isRecovery(other.object.data) || (other.by !== undefined && archiveOf(other) !== undefined)));
  const { data } = restored.object;
  const host = textAt(listAt(data, 'spec.externalClusters').find((external) => textAt(external, 'name') === textAt(data, 'spec.bootstrap.pg_basebackup.source')), 'connectionParameters.host');
  if (host !== undefined) return others.filter(({ object }) => new RegExp(`^${escaped(object.name)}-(rw|ro|r)(\\.|$)`).test(host));
  const archive = recoveryArchiveOf(restored);
  if (archive === undefined) return [];
  const same = others.filter((other) => isSameArchive(archive, archiveOf(other)));
  if (same.length > 0) return same;
  const named = others.filter(({ object }) => object.name === archive.serverName || object.name === textAt(data, 'spec.bootstrap.recovery.source'));
  // one that lives under the same name elsewhere, in the same bucket, is hardly another database
  return named.length > 0 ? named : others.filter((other) => other.object.name === restored.object.name && archiveOf(other)?.location === archive.location);
}

export function isRecovery(data: Data): boolean {
  return at(data, 'spec.bootstrap.recovery') !== undefined || at(data, 'spec.bootstrap.pg_basebackup') !== undefined || at(data, 'spec.replica.source') !== undefined;
}

export function isSameArchive(one: Archive, other: Archive | undefined): boolean {
  return other !== undefined && one.location === other.location && one.serverName === other.serverName;
}

function inStore(store: unknown, name: string, path: readonly Step[]): Archive | undefined {
  const destination = textAt(store, 'destinationPath');
  return destination === undefined ? undefined : { location: destination.replace(/\/+$/, ''), serverName: textAt(store, 'serverName') ?? name, path };
}

function byPlugin(parameters: Data, name: string, path: readonly Step[]): Archive | undefined {
  const store = textAt(parameters, 'barmanObjectName');
  return store === undefined ? undefined : { location: `ObjectStore ${store}`, serverName: textAt(parameters, 'serverName') ?? name, path };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
