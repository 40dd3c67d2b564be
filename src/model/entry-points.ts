import { directoryOf } from '../tree/path';
import type { AppliedObject } from './applied-object';
import { listAt, textAt } from './fields';
import type { Repository } from './repository';
import { isPlaceholder, isSetAside } from './set-aside';
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
 * FluxInstance makes one; where there is none, whatever brings up others is taken for one. What nothing applies beside them
 * belongs to the nearest cluster if people apply by hand there, is a cluster of its own if it looks like one, and is
 * otherwise nothing that runs.
 */
export function entryPoints(repository: Repository, walker: Walker, sourceRoots: SourceRoots): EntryPoint[] {
  const all = repository.objects.filter(isFluxKustomization);
  const pathOf = ({ data, namespace = 'flux-system', file }: SourceObject): string | undefined => sourceRoots.pathOf({ data, namespace, file });
  const appliedBy = appliers(all, repository, walker, pathOf);
  // what another brings up is no entry, though its path reaches its own file
  const isBroughtUp = (one: SourceObject): boolean => appliedBy.get(one)!.some((other) => other !== one && !leadsTo(one, other, appliedBy));
  const bootstrapped = all.filter((one) => appliedBy.get(one)?.includes(one) && !isBroughtUp(one) && sourceRoots.appliesItself({ data: one.data, namespace: one.namespace ?? 'flux-system', file: one.file }));
  const isBootstrapped = new Set(bootstrapped);
  const instances = repository.objects.filter(({ group, kind, data }) => group === 'fluxcd.controlplane.io' && kind === 'FluxInstance' && textAt(data, 'spec.sync.path') !== undefined);
  const reachOf = (directory: string | undefined): SourceObject[] => (directory === undefined ? [] : reachedFrom(directory, repository, walker, pathOf));
  const entries: Entry[] = [
    ...bootstrapped.map((one) => draft(pathOf(one) ?? '', [one])),
    ...instances.map((instance) => ({ name: pathOf({ ...instance, data: synced(instance).data }) ?? '', roots: [synced(instance)], files: new Set([instance.file]) })),
  ].map((one) => ({ ...one, reached: reachOf(one.name).filter((found) => !isBootstrapped.has(found)) }));
  const reached = new Set(entries.flatMap((entry) => entry.reached));
  // one of a cycle is applied by another of it, so that neither is a root: the first of them is taken
  const unapplied = all.filter((one) => !isBootstrapped.has(one) && !reached.has(one) && !(appliedBy.get(one) ?? []).some((other) => other !== one && !leadsTo(one, other, appliedBy)));
  const live = unapplied.filter(({ file, name }) => !isSetAside(file) && !isPlaceholder(name));
  const found = groupsOf(live.length === 0 && entries.length === 0 ? unapplied : live);
  if (entries.length === 0) entries.push(...leading(found, (one) => reachOf(pathOf(one)), reachOf));
  const groups = entries.length === 0 ? outsideOfContent(found, pathOf) : found;
  settle(groups.filter((group) => !entries.some(({ roots }) => roots.some(({ source }) => group.roots.some((root) => root.source === source)))), entries);
  return entries.map(({ name, roots, files, reached: brought }) => {
    const synced = bootstrapped.length + instances.length > 0 ? [] : besides(walker.walk(name).files, [...brought, ...roots.flatMap(({ source }) => source ?? [])].map(pathOf), files);
    return { name, roots, byHand: [...files, ...synced].flatMap((file) => repository.objectsIn(file).map(asApplied)) };
  });
}

/** What lies in the folder of a cluster that is yet to be bootstrapped, and will be applied with its Flux Kustomizations, but not by them. */
function besides(files: ReadonlySet<string>, paths: readonly (string | undefined)[], known: ReadonlySet<string>): string[] {
  if (![...known].some((file) => files.has(file))) return [];
  const applied = new Set(paths);
  return [...files].filter((file) => !known.has(file) && !foldersAround(file).some((folder) => applied.has(folder)));
}

/** The folder of a file, and those that it lies in, the root last. */
function foldersAround(file: string): string[] {
  const folders = [directoryOf(file)];
  while (folders.at(-1) !== '') folders.push(directoryOf(folders.at(-1)!));
  return folders;
}

/** Groups that do not lie among what others build: beside `clusters/prod`, which builds `./apps`, one in `apps/base` is a file that nothing applies. */
function outsideOfContent(groups: readonly Draft[], pathOf: (one: SourceObject) => string | undefined): readonly Draft[] {
  const paths = new Map(groups.map((group) => [group, group.roots.flatMap(({ source }) => (source === undefined ? [] : pathOf(source) ?? []))]));
  const all = [...groups.map(({ name }) => name), ...[...paths.values()].flat()];
  const shared = commonFolder(all);
  const branch = (path: string): string => path.slice(shared.length).split('/')[0]!;
  const outside = groups.filter((group) => !groups.some((other) => other !== group && branch(other.name) !== branch(group.name) && paths.get(other)!.some((path) => branch(path) === branch(group.name))));
  return outside.length === 0 ? groups : outside;
}

/** The longest folder that all paths lie in, with a slash behind it. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths;
  let folder = first.includes('/') ? directoryOf(first) : '';
  while (folder !== '' && !rest.every((path) => path.startsWith(`${folder}/`))) folder = directoryOf(folder);
  return folder === '' ? '' : `${folder}/`;
}

/** The groups that bring up Flux Kustomizations beside their own, with those that lie below them: a tree syncs them. */
function leading(groups: readonly Draft[], reachOf: (one: SourceObject) => SourceObject[], below: (directory: string) => SourceObject[]): Entry[] {
  const led = groups.map((group) => ({ group, reached: group.roots.flatMap(({ source }) => (source === undefined ? [] : reachOf(source))) }));
  return led.filter(({ reached }) => reached.length > 0).map(({ group, reached }) => {
    const known = new Set([...reached, ...group.roots.map(({ source }) => source)]);
    const beside = groups.filter((other) => other !== group).flatMap(({ roots }) => roots.flatMap(({ source }) => source ?? []));
    const found = new Set(below(group.name));
    const more = beside.filter((one) => found.has(one) && !known.has(one) && one.file.startsWith(`${group.name}/`));
    return { name: group.name, roots: [...group.roots, ...more.map(asApplied)], files: new Set([...group.files, ...more.map(({ file }) => file)]), reached };
  });
}

/** Finds a cluster for each group that no entry point brings up. */
function settle(groups: readonly Draft[], entries: Entry[]): void {
  const firm = [...entries];
  const collides = (group: Draft, { reached, roots }: Entry): boolean => {
    const names = new Set([...reached, ...roots].map(keyOf));
    return group.roots.some((root) => names.has(keyOf(root)));
  };
  const homes = groups.map((group) => ({ group, home: nearestTo(group.name, firm) }));
  const joining = homes.filter(({ group, home }) => home !== undefined && !collides(group, home));
  const byHand = (entry: Entry): boolean => joining.filter(({ home }) => home === entry).reduce((sum, { group }) => sum + group.roots.length, 0) > entry.reached.length;
  const handed = new Set(firm.filter(byHand));
  const manyByHand = groups.reduce((sum, { roots }) => sum + roots.length, 0) > firm.reduce((sum, { reached }) => sum + reached.length, 0);
  for (const { group, home } of homes) {
    const joins = home !== undefined && handed.has(home) && !collides(group, home);
    if (joins) {
      home.roots.push(...group.roots);
      for (const file of group.files) home.files.add(file);
    } else if (!isAmongItsOwn(group, home) && (home === undefined && manyByHand || firm.some((entry) => collides(group, entry) || areBeside(entry.name, group.name)))) {
      entries.push({ ...group, reached: [] });
    }
  }
}

/** Whether a group lies in the folder of a bootstrapped cluster, so that it is one that this does not list. */
function isAmongItsOwn({ name }: Draft, home: Draft | undefined): boolean {
  return home?.name.endsWith('/flux-system') === true && name.startsWith(`${directoryOf(home.name)}/`);
}

/** Whether two folders are clusters beside each other; what lies beside Flux's own folder are the namespaces of its cluster. */
function areBeside(a: string, b: string): boolean {
  return !a.endsWith('/flux-system') && a !== '' && b !== '' && a !== b && directoryOf(a) !== '' && directoryOf(a) === directoryOf(b);
}

function keyOf({ namespace = 'flux-system', name }: Pick<AppliedObject, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** For each Flux Kustomization, those whose paths apply it. */
function appliers(all: readonly SourceObject[], repository: Repository, walker: Walker, pathOf: (one: SourceObject) => string | undefined): Map<SourceObject, SourceObject[]> {
  const found = new Map<SourceObject, SourceObject[]>();
  for (const kustomization of all) {
    const path = pathOf(kustomization);
    if (path === undefined || !repository.isDirectory(path)) continue;
    for (const { source } of walker.walk(path).objects) {
      if (source !== undefined && isFluxKustomization(source)) found.set(source, [...(found.get(source) ?? []), kustomization]);
    }
  }
  return found;
}

interface Draft {
  readonly name: string;
  readonly roots: AppliedObject[];
  readonly files: Set<string>;
}

/** A draft with all Flux Kustomizations that it brings up. */
interface Entry extends Draft {
  readonly reached: readonly SourceObject[];
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
function nearestTo<Candidate extends Draft>(directory: string, entries: readonly Candidate[]): Candidate | undefined {
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
