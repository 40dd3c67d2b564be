import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors';
import { discoverClusters } from '../model/clusters';
import type { Build, Cluster, FluxKustomization } from '../model/flux-kustomization';
import { resolveTarget } from '../model/kustomization-file';
import { Repository } from '../model/repository';
import { isFluxKustomization } from '../model/sources';
import { Walker } from '../model/walk';
import { nearestTo } from '../nearest';
import type { Terminal } from './command';
import { openRenderer } from './open-renderer';
import { openRepository, type OpenedRepository } from './open-repository';

export interface RenderRequest {
  /** Names of Flux Kustomizations, and directories. */
  readonly names: readonly string[];
  readonly at?: string;
  readonly cluster?: string;
  readonly all: boolean;
}

/** What one Flux Kustomization, or one directory, comes to. */
export interface Render extends Pick<Build, 'objects' | 'failure' | 'unset' | 'leftOut'> {
  /** `flux-system/apps`; undefined for a directory. */
  readonly kustomization?: string;
  readonly cluster?: string;
  readonly path: string;
}

/**
 * Renders what was asked for.
 * @throws UserError `usage`, `reference-invalid` for what is not there, `tool-missing`
 */
export async function renderTargets(terminal: Terminal, request: RenderRequest): Promise<Render[]> {
  const { names, at, cluster, all } = request;
  if (names.length === 0 && !all) throw new UserError('usage', 'nothing to render is named', 'name Flux Kustomizations or directories, or say --all');
  if (names.length > 0 && at === undefined && names.every((name) => isExplicit(name) && isFolder(resolve(terminal.directory, name)))) return renderFolders(terminal, names);

  const opened = openRepository(terminal, undefined, at);
  const repository = new Repository(opened.tree);
  const walker = new Walker(repository);
  if (names.length > 0 && names.every((name) => isPlainDirectory(name, terminal, opened, repository))) {
    const staysInside = names.every((name) => !leadsOut(walker, directoryNamed(name, terminal, opened, repository)!));
    return opened.git !== undefined || staysInside ? renderDirectories(terminal, opened, repository, names) : renderFolders(terminal, names);
  }
  const renderer = await openRenderer(terminal, repository, walker);
  const clusters = clustersNamed(await discoverClusters(repository, walker, renderer.builder), cluster);
  if (all) return clusters.flatMap((one) => one.kustomizations.map((kustomization) => asRender(kustomization, one)));

  const errors: UserError[] = [];
  const renders: Render[] = [];
  for (const name of names) {
    const found = kustomizationsNamed(clusters, name);
    const directory = directoryNamed(name, terminal, opened, repository);
    if (found.length > 0 && !(isExplicit(name) && directory !== undefined)) renders.push(...found);
    else if (directory !== undefined) renders.push({ ...(await renderer.directory(directory)), path: directory });
    else errors.push(unknown(name, clusters));
  }
  if (errors.length > 0) throw UserError.all(errors);
  return renders;
}

async function renderDirectories(terminal: Terminal, opened: OpenedRepository, repository: Repository, names: readonly string[]): Promise<Render[]> {
  const renderer = await openRenderer(terminal, repository, new Walker(repository));
  return Promise.all(names.map(async (name) => {
    const build = await renderer.directory(directoryNamed(name, terminal, opened, repository)!);
    return { ...build, path: name.replace(/\/+$/, '') || '/' };
  }));
}

/** Directories alone need no more of a repository than they are made of. */
async function renderFolders(terminal: Terminal, names: readonly string[]): Promise<Render[]> {
  const byRoot = new Map<string, string[]>();
  for (const name of names) {
    const root = rootOf(terminal, resolve(terminal.directory, name));
    byRoot.set(root, [...(byRoot.get(root) ?? []), name]);
  }
  const renders = await Promise.all([...byRoot].map(async ([root, own]) => {
    const opened = openRepository(terminal, root);
    return renderDirectories(terminal, opened, new Repository(opened.tree), own);
  }));
  return renders.flat();
}

/** Where a directory is built from: the top of its working tree, or, outside of Git, as far up as its files lead. */
function rootOf(terminal: Terminal, folder: string): string {
  const opened = openRepository(terminal, folder);
  if (opened.git !== undefined) return opened.root;
  for (let root = folder; ; root = dirname(root)) {
    const repository = new Repository(openRepository(terminal, root).tree);
    if (!leadsOut(new Walker(repository), relative(root, folder).split(sep).join('/')) || root === dirname(root)) return root;
  }
}

/** Whether a directory is made of files beyond the root. */
function leadsOut(walker: Walker, directory: string): boolean {
  return walker.walk(directory).missing.some(({ kustomization, reference }) => resolveTarget(kustomization.directory, reference.target) === undefined);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Whether a name can only be meant as a path. */
function isExplicit(name: string): boolean {
  return /^\.{0,2}\/|^\.{1,2}$|\/$/.test(name);
}

/** Whether a name is that of a directory, and of no Flux Kustomization as far as the files tell. */
function isPlainDirectory(name: string, terminal: Terminal, opened: OpenedRepository, repository: Repository): boolean {
  if (directoryNamed(name, terminal, opened, repository) === undefined) return false;
  return isExplicit(name) || !repository.objects.some((object) => isFluxKustomization(object) && (object.name === name || `${object.namespace ?? 'flux-system'}/${object.name}` === name));
}

function directoryNamed(name: string, terminal: Terminal, { root }: OpenedRepository, repository: Repository): string | undefined {
  const fromHere = relative(root, resolve(terminal.directory, name)).split(sep).join('/');
  return [fromHere, resolveTarget('', name)].find((path) => path !== undefined && !path.startsWith('..') && repository.isDirectory(path));
}

/** The clusters that a person means by a name: the path of an entry point, or a step of it. */
export function clustersNamed(clusters: readonly Cluster[], name: string | undefined): readonly Cluster[] {
  if (name === undefined) return clusters;
  const wanted = name.replace(/^\.\//, '').replace(/\/$/, '');
  const exact = clusters.filter((cluster) => cluster.name === wanted);
  const found = exact.length > 0 ? exact : clusters.filter((cluster) => cluster.name.split('/').includes(wanted));
  if (found.length > 0) return found;
  const names = clusters.map((cluster) => cluster.name);
  const near = nearestTo(wanted, names) ?? names.find((one) => one.endsWith(`/${nearestTo(wanted, names.map((path) => path.slice(path.lastIndexOf('/') + 1))) ?? ''}`));
  throw new UserError('reference-invalid', `there is no cluster "${name}"`, near === undefined ? `there is ${names.join(', ') || 'none'}` : `write ${near}`);
}

function kustomizationsNamed(clusters: readonly Cluster[], name: string): Render[] {
  return clusters.flatMap((cluster) => cluster.kustomizations.filter((one) => one.key === name || one.name === name).map((one) => asRender(one, cluster)));
}

function asRender({ key, path, objects, failure, unset, leftOut, data }: FluxKustomization, { name }: Cluster): Render {
  const absent = path === undefined ? `its source is another repository than this: ${JSON.stringify(data['spec'] ?? null).slice(0, 200)}` : undefined;
  return { kustomization: key, cluster: name, path: path ?? '', objects, failure: failure ?? absent, unset, leftOut };
}

function unknown(name: string, clusters: readonly Cluster[]): UserError {
  const keys = clusters.flatMap(({ kustomizations }) => kustomizations.map(({ key }) => key));
  const near = nearestTo(name, name.includes('/') ? keys : keys.map((key) => key.slice(key.indexOf('/') + 1)));
  const isCluster = clusters.some((cluster) => cluster.name === name || cluster.name.split('/').includes(name));
  const fix = isCluster ? `that is a cluster: write --all --cluster ${name}` : near !== undefined ? `write ${near}` : keys.length === 0 ? 'name a directory' : `name one of ${[...new Set(keys)].slice(0, 10).join(', ')}, or a directory`;
  return new UserError('reference-invalid', `"${name}" is no Flux Kustomization and no directory of this repository`, fix);
}
