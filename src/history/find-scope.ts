import { StageNames } from '../diff/stage-names';
import { walkClusters } from '../model/clusters';
import type { Cluster } from '../model/flux-kustomization';
import { referencesOf, resolveTarget } from '../model/kustomization-file';
import type { Repository } from '../model/repository';
import type { SourceObject } from '../model/source-object';
import { Walker } from '../model/walk';
import { baseName, directoryOf } from '../tree/path';
import { scopeOf, type Scope } from './scope';

/** What of a tree somebody means by a word: a path, a stage's cluster, a Flux Kustomization, folders of that name, or an object. */
export function findScope(repository: Repository, name: string): Scope | undefined {
  const walker = new Walker(repository);
  const path = resolveTarget('', name.replace(/\/+$/, ''));
  if (path !== undefined && repository.tree.has(path)) return scopeOf(path, [path]);

  const clusters = walkClusters(repository, walker);
  const whole = clusters.filter((cluster) => cluster.name === path); // its folder alone holds few of its versions
  if (whole.length > 0) return clusterScope(whole);
  if (path !== undefined && path !== '' && repository.isDirectory(path)) return folderScope(repository, walker, [path], path);

  const names = new StageNames(clusters.map((cluster) => cluster.name));
  const own = clusters.filter((cluster) => cluster.name === name || names.applier(cluster.name, undefined).stage === name);
  if (own.length > 0) return clusterScope(own);

  const applied = clusters.flatMap(({ kustomizations }) => kustomizations.filter((one) => one.name === name || one.key === name));
  if (applied.length > 0) return scopeOf(`Kustomization ${[...new Set(applied.map(({ key }) => key))].join(', ')}`, [], new Set(applied.flatMap(({ files, object }) => [...files, ...(object.source === undefined ? [] : [object.source.file])])));

  const alike = repository.directories().filter((directory) => baseName(directory) === name).sort();
  if (alike.length > 0) return folderScope(repository, walker, alike, alike.length > 3 ? `${alike.length} folders called ${name}` : alike.join(', '));

  const objects = repository.objects.filter((one) => one.name === name || `${one.kind}/${one.name}`.toLowerCase() === name.toLowerCase());
  return objects.length === 0 ? undefined : objectScope(repository, walker, objects, name);
}

/** What there is to ask about, the clusters first. */
export function scopeExamples(repository: Repository): string[] {
  const clusters = walkClusters(repository, new Walker(repository));
  return [...new Set([...clusters.map(({ name }) => name), ...clusters.flatMap(({ kustomizations }) => kustomizations.map((one) => one.name))])];
}

/** What could have been meant. */
export function knownScopes(repository: Repository): string[] {
  const clusters = walkClusters(repository, new Walker(repository));
  const folders = repository.directories();
  return [...new Set([...clusters.flatMap(({ name, kustomizations }) => [name, ...kustomizations.map((one) => one.name)]), ...repository.objects.map((one) => one.name), ...folders, ...folders.map(baseName), ...[...repository.tree.paths()]])].sort();
}

/** All that Flux applies in clusters, wherever it lies. */
function clusterScope(clusters: readonly Cluster[]): Scope {
  const names = clusters.map((cluster) => cluster.name);
  return scopeOf(names.join(', '), names, new Set(clusters.flatMap(({ kustomizations, byHand }) => [...kustomizations.flatMap(({ files }) => [...files]), ...byHand.flatMap(({ source }) => source?.file ?? [])])));
}

/** Objects of a name, such as a Deployment or a HelmRelease, with the kustomization files that may set their images and versions. */
function objectScope(repository: Repository, walker: Walker, objects: readonly SourceObject[], name: string): Scope {
  const wanted = new Set(objects);
  const building = [...repository.kustomizations.values()].filter(({ directory }) => walker.walk(directory).objects.some(({ source }) => source !== undefined && wanted.has(source)));
  const patches = building.flatMap((kustomization) => referencesOf(kustomization).flatMap(({ role, target }) => (role === 'patches' ? resolveTarget(kustomization.directory, target) ?? [] : [])));
  return scopeOf(`${[...new Set(objects.map(({ kind }) => kind))].sort().join(', ')} ${name.slice(name.indexOf('/') + 1)}`, objects.map(({ file }) => file), new Set([...building.map(({ path }) => path), ...patches]));
}

/** Folders, and what their kustomization files take from elsewhere: a base is part of the stage that it is built into. */
function folderScope(repository: Repository, walker: Walker, folders: readonly string[], title: string): Scope {
  const inside = new Set(folders.flatMap((folder) => [folder, ...repository.directories().filter((directory) => directory.startsWith(`${folder}/`))]));
  const built = [...repository.kustomizations.values()].filter(({ path }) => inside.has(directoryOf(path)));
  return scopeOf(title, folders, new Set(built.flatMap(({ directory }) => [...walker.walk(directory).files])));
}
