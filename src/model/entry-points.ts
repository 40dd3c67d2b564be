import { directoryOf } from '../tree/path';
import type { AppliedObject } from './applied-object';
import { listAt, textAt } from './fields';
import type { Repository } from './repository';
import type { SourceObject } from './source-object';
import type { SourceRoots } from './source-roots';
import { isFluxKustomization } from './sources';
import type { Walker } from './walk';

/** Where a cluster begins: Flux Kustomizations that no other applies. */
export interface EntryPoint {
  /** The directory that it is bootstrapped from. */
  readonly name: string;
  readonly roots: readonly AppliedObject[];
  /** What lies beside the roots in their files and is applied with them. */
  readonly byHand: readonly AppliedObject[];
}

/**
 * The entry points of a repository. A Flux Kustomization that applies the file it lies in was made by `flux bootstrap`, and a
 * FluxInstance makes one; every other one that nothing applies belongs to the cluster that is nearest.
 */
export function entryPoints(repository: Repository, walker: Walker, sourceRoots: SourceRoots): EntryPoint[] {
  const all = repository.objects.filter(isFluxKustomization);
  const pathOf = ({ data, namespace = 'flux-system', file }: SourceObject): string | undefined => sourceRoots.pathOf({ data, namespace, file });
  const appliedBy = new Map<SourceObject, SourceObject[]>();
  for (const kustomization of all) {
    const path = pathOf(kustomization);
    if (path === undefined || !repository.isDirectory(path)) continue;
    for (const { source } of walker.walk(path).objects) {
      if (source !== undefined && isFluxKustomization(source)) appliedBy.set(source, [...(appliedBy.get(source) ?? []), kustomization]);
    }
  }
  const bootstrapped = all.filter((one) => appliedBy.get(one)?.includes(one) && sourceRoots.appliesItself({ data: one.data, namespace: one.namespace ?? 'flux-system', file: one.file }));
  const instances = repository.objects.filter(({ group, kind, data }) => group === 'fluxcd.controlplane.io' && kind === 'FluxInstance' && textAt(data, 'spec.sync.path') !== undefined);
  const entries: Draft[] = [
    ...bootstrapped.map((one) => draft(pathOf(one) ?? '', [one])),
    ...instances.map((instance) => ({ name: pathOf({ ...instance, data: synced(instance).data }) ?? '', roots: [synced(instance)], files: new Set([instance.file]) })),
  ];
  const reached = new Set(entries.flatMap(({ name }) => reachedFrom(name, repository, walker, pathOf)));
  // one of a cycle is applied by another of it, so that neither is a root: the first of them is taken
  const loose = all.filter((one) => !bootstrapped.includes(one) && !reached.has(one) && !(appliedBy.get(one) ?? []).some((other) => other !== one && !leadsTo(one, other, appliedBy)));
  for (const group of groupsOf(loose)) {
    const nearest = nearestTo(group.name, entries.slice(0, bootstrapped.length + instances.length));
    if (nearest === undefined) entries.push(group);
    else {
      nearest.roots.push(...group.roots);
      for (const file of group.files) nearest.files.add(file);
    }
  }
  return entries.map(({ name, roots, files }) => ({
    name,
    roots,
    byHand: [...files].flatMap((file) => repository.objectsIn(file).map(asApplied)),
  }));
}

interface Draft {
  readonly name: string;
  readonly roots: AppliedObject[];
  readonly files: Set<string>;
}

function draft(name: string, roots: readonly SourceObject[]): Draft {
  return { name, roots: roots.map(asApplied), files: new Set(roots.map(({ file }) => file)) };
}

function asApplied(source: SourceObject): AppliedObject {
  const { apiVersion, group, kind, namespace, name, data } = source;
  return { apiVersion, group, kind, namespace, name, data, source };
}

/** The Flux Kustomization that the Flux operator makes for an instance with `sync`. */
function synced(instance: SourceObject): AppliedObject {
  const sync = (field: string): string | undefined => textAt(instance.data, `spec.sync.${field}`);
  const name = sync('name') ?? instance.namespace ?? 'flux-system';
  const namespace = instance.namespace ?? 'flux-system';
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1', group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace, name, source: instance,
    data: {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name, namespace },
      spec: { path: sync('path'), prune: true, sourceRef: { kind: sync('kind'), name } },
    },
  };
}

/** The Flux Kustomizations that come up from a directory, however deep. */
function reachedFrom(directory: string, repository: Repository, walker: Walker, pathOf: (one: SourceObject) => string | undefined): SourceObject[] {
  const found = new Set<SourceObject>();
  const pending = [directory];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (!repository.isDirectory(path)) continue;
    for (const { source } of walker.walk(path).objects) {
      if (source === undefined || !isFluxKustomization(source) || found.has(source)) continue;
      found.add(source);
      const next = pathOf(source);
      if (next !== undefined) pending.push(next);
    }
  }
  return [...found];
}

/** Whether `from` applies `to`, in however many steps. */
function leadsTo(from: SourceObject, to: SourceObject, appliedBy: ReadonlyMap<SourceObject, readonly SourceObject[]>): boolean {
  const seen = new Set<SourceObject>();
  const pending = [to];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    for (const parent of appliedBy.get(one) ?? []) {
      if (parent === from) return true;
      if (!seen.has(parent)) pending.push(parent);
      seen.add(parent);
    }
  }
  return false;
}

/** Loose ones of one directory belong together, and so do those of neighbours where no two have one name. */
function groupsOf(loose: readonly SourceObject[]): Draft[] {
  const groups = new Map<string, SourceObject[]>();
  for (const one of loose) {
    const directory = directoryOf(one.file);
    groups.set(directory, [...(groups.get(directory) ?? []), one]);
  }
  const byParent = new Map<string, [string, SourceObject[]][]>();
  for (const group of groups) byParent.set(directoryOf(group[0]), [...(byParent.get(directoryOf(group[0])) ?? []), group]);
  return [...byParent].flatMap(([parent, neighbours]) => {
    const names = neighbours.flatMap(([, ones]) => ones.map(({ namespace, name }) => `${namespace}/${name}`));
    const dependencies = neighbours.flatMap(([, ones]) => ones.flatMap(({ data }) => listAt(data, 'spec.dependsOn').map((dependency) => textAt(dependency, 'name'))));
    const areOne = new Set(names).size === names.length && (neighbours.length === 1 || dependencies.some((name) => name !== undefined));
    if (neighbours.length > 1 && areOne) return [draft(parent, neighbours.flatMap(([, ones]) => ones))];
    return neighbours.map(([directory, ones]) => draft(directory, ones));
  });
}

/** The bootstrapped cluster that shares the longest way with a directory; the only one, if there is one. */
function nearestTo(directory: string, entries: readonly Draft[]): Draft | undefined {
  if (entries.length <= 1) return entries[0];
  const shared = entries.map((entry) => ({ entry, steps: sharedSteps(entry.name, directory) }));
  const most = Math.max(...shared.map(({ steps }) => steps));
  const nearest = shared.filter(({ steps }) => steps === most);
  return nearest.length === 1 && most > 0 ? nearest[0]!.entry : undefined;
}

function sharedSteps(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  const end = left.findIndex((step, index) => step !== right[index]);
  return end < 0 ? left.length : end;
}
