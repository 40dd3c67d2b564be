import { StageNames } from '../diff/stage-names';
import { UserError } from '../errors';
import { walkClusters } from '../model/clusters';
import type { Cluster } from '../model/flux-kustomization';
import type { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { nearestTo } from '../nearest';
import { baseName, directoryOf } from '../tree/path';
import { isInside, joined, overlaysIn, type StagePair } from './stage-pair';

/**
 * What two stages have to do with each other: two folders; the paths of the same Flux Kustomizations in two clusters; or
 * the folders of two names that lie side by side.
 * @param folderOf the folder of the tree that somebody means by a word, if it is one
 * @throws UserError `reference-invalid` for a name of nothing, with the nearest one; `usage` for a stage and itself
 */
export function findStages(repository: Repository, from: string, to: string, folderOf: (typed: string) => string | undefined): StagePair[] {
  const clusters = walkClusters(repository, new Walker(repository));
  const pairs = pairsOf(repository, clusters, [from, to], [folderOf(from), folderOf(to)]);
  if (pairs.some((pair) => pair.from === pair.to) || from === to) throw new UserError('usage', `${from} and ${to} are the same stage`, 'name two stages');
  const nested = pairs.find((pair) => isInside(pair.from, pair.to) || isInside(pair.to, pair.from));
  if (nested !== undefined) throw new UserError('usage', `one of ${nested.from} and ${nested.to} lies in the other, so that they are no two stages`, 'name two folders of overlays that lie side by side');
  if (pairs.length > 0) return pairs;
  const known = stageNames(repository, clusters);
  const unknown = [from, to].filter((name) => folderOf(name) === undefined && !known.has(name) && !isSibling(repository, name, [folderOf(from), folderOf(to)]));
  if (unknown.length > 0) throw UserError.all(unknown.map((name) => unknownStage(name, known)));
  throw new UserError('reference-invalid', `${from} and ${to} have no overlays in common: nothing that kustomize builds lies at the same place in both`, 'name two folders of overlays, such as apps/overlays/staging and apps/overlays/production');
}

type Two<T> = readonly [T, T];

function pairsOf(repository: Repository, clusters: readonly Cluster[], names: Two<string>, folders: Two<string | undefined>): StagePair[] {
  const [from, to] = folders;
  if (from !== undefined && to !== undefined) {
    const own = havingOverlays(repository, [{ from, to }]);
    if (own.length > 0) return havingOverlays(repository, [...own, ...siblingsBelow(repository, names, [from, to])]);
    return appliedPairs(repository, clusters, [from, to]); // a cluster's folder, and its overlays elsewhere
  }
  if (from !== undefined || to !== undefined) {
    const sibling = joined(directoryOf(from ?? to!), from === undefined ? names[0] : names[1]);
    return repository.isDirectory(sibling) ? havingOverlays(repository, [{ from: from ?? sibling, to: to ?? sibling }]) : [];
  }
  const applied = appliedPairs(repository, clusters, names);
  return applied.length > 0 ? applied : havingOverlays(repository, siblingPairs(repository, names));
}

function appliedPairs(repository: Repository, clusters: readonly Cluster[], names: Two<string>): StagePair[] {
  const two = twoClusters(clusters, names);
  return two === undefined ? [] : havingOverlays(repository, pathPairs(two));
}

/**
 * The paths that only one of two clusters applies, as sentences: nothing of the other stands against them. None where the
 * stages are no clusters.
 */
export function appliedByOne(repository: Repository, from: string, to: string, folderOf: (typed: string) => string | undefined): string[] {
  const folders = [folderOf(from), folderOf(to)] as const;
  if (folders.every((folder) => folder !== undefined) && havingOverlays(repository, [{ from: folders[0]!, to: folders[1]! }]).length > 0) return [];
  const two = twoClusters(walkClusters(repository, new Walker(repository)), [folders[0] ?? from, folders[1] ?? to]);
  if (two === undefined) return [];
  const pairs = havingOverlays(repository, pathPairs(two));
  if (pairs.length === 0) return [];
  return two.flatMap(({ cluster, stage }, index) => cluster.kustomizations.flatMap(({ key, path }) => {
    const other = two[1 - index]!;
    const isCompared = path === undefined || other.cluster.kustomizations.some((one) => one.path === path || isSame({ key, stage }, { key: one.key, stage: other.stage }))
      || pairs.some((pair) => isInside(index === 0 ? pair.from : pair.to, path));
    return isCompared ? [] : [`${path}, which Kustomization ${key} of ${cluster.name} applies: ${other.cluster.name} has no such Kustomization`];
  }));
}

interface NamedCluster {
  readonly cluster: Cluster;
  /** What people call it. */
  readonly stage: string;
}

function twoClusters(clusters: readonly Cluster[], names: Two<string>): Two<NamedCluster> | undefined {
  const stages = new StageNames(clusters.map(({ name }) => name));
  const known = clusters.map((cluster): NamedCluster => ({ cluster, stage: stages.applier(cluster.name, undefined).stage }));
  const [from, to] = names.map((name) => known.filter(({ cluster, stage }) => cluster.name === name || cluster.name === `${name}/flux-system` || stage === name));
  return from?.length === 1 && to?.length === 1 ? [from[0]!, to[0]!] : undefined;
}

/** The paths that two clusters apply under the same names. */
function pathPairs([from, to]: Two<NamedCluster>): StagePair[] {
  return from.cluster.kustomizations.flatMap(({ key, path }): StagePair[] => {
    const others = to.cluster.kustomizations;
    const other = (others.find((one) => one.key === key) ?? others.find((one) => isSame({ key, stage: from.stage }, { key: one.key, stage: to.stage })))?.path;
    return path === undefined || other === undefined || path === other ? [] : [{ from: path, to: other }];
  });
}

interface StagedKey {
  readonly key: string;
  readonly stage: string;
}

/** Whether two Kustomizations have one name, or names that differ in their stage's alone, such as `shop-dev` and `shop-prod`. */
function isSame(one: StagedKey, other: StagedKey): boolean {
  const words = ({ key, stage }: StagedKey): string => key.split(/([-/.])/).map((word) => (word === stage ? '' : word)).join('\0');
  return one.key === other.key || words(one) === words(other);
}

/** Folders of the two names in the same folder. */
function siblingPairs(repository: Repository, [first, second]: Two<string>): StagePair[] {
  return repository.directories().filter((directory) => baseName(directory) === first).flatMap((from): StagePair[] => {
    const to = joined(directoryOf(from), second);
    return repository.isDirectory(to) ? [{ from, to }] : [];
  });
}

/** What two folders share their names with, where words were typed and no paths: `images/staging` beside `staging`. */
function siblingsBelow(repository: Repository, names: Two<string>, [from, to]: Two<string>): StagePair[] {
  const parent = directoryOf(from);
  const isNamed = directoryOf(to) === parent && [from, to].every((folder, index) => baseName(folder) === names[index]);
  return isNamed ? siblingPairs(repository, names).filter((pair) => isInside(parent, pair.from)) : [];
}

/** Those with something to build, outermost first and each once. */
function havingOverlays(repository: Repository, pairs: readonly StagePair[]): StagePair[] {
  const distinct = [...new Map(pairs.map((pair) => [`${pair.from}\0${pair.to}`, pair])).values()].sort((a, b) => (a.from < b.from ? -1 : 1));
  return distinct.filter((pair) => (
    [pair.from, pair.to].every((folder) => overlaysIn(repository, folder).length > 0)
    && !distinct.some((other) => other !== pair && isInside(other.from, pair.from) && isInside(other.to, pair.to) && pair.from.slice(other.from.length) === pair.to.slice(other.to.length))
  ));
}

function isSibling(repository: Repository, name: string, folders: Two<string | undefined>): boolean {
  return folders.some((folder) => folder !== undefined && repository.isDirectory(joined(directoryOf(folder), name)));
}

/** Every word that names a stage: clusters, and folders with overlays that have others beside them. */
function stageNames(repository: Repository, clusters: readonly Cluster[]): ReadonlySet<string> {
  const names = new StageNames(clusters.map(({ name }) => name));
  const overlays = overlaysIn(repository, '').filter((directory) => directory !== '' && repository.directoriesIn(directoryOf(directory)).length > 1);
  return new Set([...clusters.flatMap(({ name }) => [name, names.applier(name, undefined).stage]), ...overlays, ...overlays.map(baseName)]);
}

function unknownStage(name: string, known: ReadonlySet<string>): UserError {
  const near = nearestTo(name, known);
  const words = [...known].filter((one) => !one.includes('/')).sort();
  const alike = words.filter((one) => one.includes(name));
  const some = (alike.length > 0 ? alike : words).slice(0, 8);
  return new UserError('reference-invalid', `there is no stage ${JSON.stringify(name)}: no cluster, folder or overlay is called so`, near !== undefined ? `write ${near}` : some.length === 0 ? 'name folders with a kustomization.yaml' : `there is ${some.join(', ')}`);
}
