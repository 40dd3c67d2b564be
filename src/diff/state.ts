import { discoverClusters, walkingBuilder } from '../model/clusters';
import { textsAt } from '../model/fields';
import type { Builder, Cluster } from '../model/flux-kustomization';
import { referencesOf, resolveTarget, type Reference } from '../model/kustomization-file';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import type { Tree } from '../tree/tree';
import { BOOTSTRAP, isTemplateOfBootstrap } from './bootstrap';
import type { Applier } from './changes';
import type { StageNames } from './stage-names';

/** One side of a diff: a repository, and what its clusters apply. */
export interface State {
  readonly repository: Repository;
  readonly walker: Walker;
  readonly clusters: readonly Cluster[];
}

/** Makes what builds the Flux Kustomizations of a repository. */
export type BuilderFor = (repository: Repository, walker: Walker) => Builder | Promise<Builder>;

/** Reads a tree as a Flux repository. Without a builder, by walking along kustomization files. */
export async function readState(tree: Tree, builderFor?: BuilderFor): Promise<State> {
  const repository = new Repository(tree);
  const walker = new Walker(repository);
  const clusters = await discoverClusters(repository, walker, (await builderFor?.(repository, walker)) ?? walkingBuilder(walker));
  return { repository, walker, clusters };
}

/** What a kustomization.yaml makes of a file. */
export interface FileUse {
  readonly role: Reference['role'];
  /** Whether it is the input of a secretGenerator. */
  readonly isSecret: boolean;
}

/** What the kustomization files of a state name their files for. */
export function fileUses({ repository }: State): ReadonlyMap<string, readonly FileUse[]> {
  const found = new Map<string, FileUse[]>();
  for (const kustomization of repository.kustomizations.values()) {
    for (const { target, role, path } of referencesOf(kustomization)) {
      const file = resolveTarget(kustomization.directory, target);
      if (file === undefined || !repository.tree.has(file)) continue;
      const use = { role, isSecret: path[0] === 'secretGenerator' };
      const known = found.get(file);
      if (known === undefined) found.set(file, [use]);
      else known.push(use);
    }
  }
  return found;
}

/** By file: what reads it. What a person applies comes last, and only if nothing else does. */
export function fileAppliers({ clusters, walker, repository }: State, names: StageNames): ReadonlyMap<string, readonly Applier[]> {
  const found = new Map<string, Applier[]>();
  const add = (file: string, applier: Applier): void => {
    const known = found.get(file);
    if (known === undefined) found.set(file, [applier]);
    else if (!known.includes(applier)) known.push(applier);
  };
  for (const cluster of clusters) {
    const here = new Set<string>();
    for (const { key, files, path, data } of cluster.kustomizations) {
      const applier = names.applier(cluster.name, key);
      const components = textsAt(data, 'spec.components').map((component) => resolveTarget(path ?? '', component)).filter((directory) => directory !== undefined && repository.isDirectory(directory));
      for (const file of [...files, ...components.flatMap((directory) => [...walker.walk(directory!).files])]) {
        add(file, applier);
        here.add(file);
      }
    }
    const byHand = byHandApplier(cluster, repository, names);
    for (const { source } of cluster.byHand) if (source !== undefined && !here.has(source.file)) add(source.file, byHand);
  }
  return found;
}

/** What applies the objects of a cluster that no Flux Kustomization does: a person, or bootstrap where it is yet to be done. */
export function byHandApplier(cluster: Cluster, repository: Repository, names: StageNames): Applier {
  return names.applier(cluster.name, isTemplateOfBootstrap(cluster, repository) ? BOOTSTRAP : undefined);
}
