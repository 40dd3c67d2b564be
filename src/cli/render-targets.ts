import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors';
import { discoverClusters } from '../model/clusters';
import type { Build, Cluster, FluxKustomization } from '../model/flux-kustomization';
import { resolveTarget } from '../model/kustomization-file';
import { Repository } from '../model/repository';
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
  if (request.names.length === 0 && !request.all) throw new UserError('usage', 'nothing to render is named', 'name Flux Kustomizations or directories, or say --all');
  const folders = request.names.filter((name) => isFolder(resolve(terminal.directory, name)));
  if (folders.length > 0 && folders.length === request.names.length && request.at === undefined && folders.every(isPathLike)) return renderFolders(terminal, folders);

  const opened = openRepository(terminal, undefined, request.at);
  const repository = new Repository(opened.tree);
  const walker = new Walker(repository);
  const renderer = await openRenderer(terminal, repository, walker);
  const clusters = clustersNamed(await discoverClusters(repository, walker, renderer.builder), request.cluster);
  if (request.all) return clusters.flatMap((cluster) => cluster.kustomizations.map((kustomization) => asRender(kustomization, cluster)));

  const errors: UserError[] = [];
  const renders: Render[] = [];
  for (const name of request.names) {
    const found = kustomizationsNamed(clusters, name);
    const directory = directoryNamed(name, terminal, opened, repository);
    if (found.length > 0 && !(isExplicit(name) && directory !== undefined)) renders.push(...found);
    else if (directory !== undefined) renders.push({ ...(await renderer.directory(directory)), path: directory });
    else errors.push(unknown(name, clusters));
  }
  if (errors.length > 0) throw UserError.all(errors);
  return renders;
}

/** Directories alone need no more of a repository than they are made of. */
async function renderFolders(terminal: Terminal, folders: readonly string[]): Promise<Render[]> {
  const renders: Render[] = [];
  const known = new Map<string, { repository: Repository; walker: Walker }>();
  for (const name of folders) {
    const folder = resolve(terminal.directory, name);
    const { root } = rootOf(terminal, folder);
    if (!known.has(root)) {
      const repository = new Repository(openRepository(terminal, root).tree);
      known.set(root, { repository, walker: new Walker(repository) });
    }
    const { repository, walker } = known.get(root)!;
    const renderer = await openRenderer(terminal, repository, walker);
    const path = relative(root, folder).split(sep).join('/');
    renders.push({ ...(await renderer.directory(path)), path });
  }
  return renders;
}

/** Where a directory is built from: the top of its working tree, or, outside of Git, as far up as its files lead. */
function rootOf(terminal: Terminal, folder: string): { root: string } {
  const opened = openRepository(terminal, folder);
  if (opened.git !== undefined) return { root: opened.root };
  for (let root = folder; ; root = dirname(root)) {
    const repository = new Repository(openRepository(terminal, root).tree);
    const { missing } = new Walker(repository).walk(relative(root, folder).split(sep).join('/'));
    const leadsOut = missing.some(({ kustomization, reference }) => resolveTarget(kustomization.directory, reference.target) === undefined);
    if (!leadsOut || root === dirname(root)) return { root };
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Whether a name can only be meant as a path. */
function isExplicit(name: string): boolean {
  return /^\.{0,2}\/|^\.{1,2}$|\/$/.test(name);
}

function isPathLike(name: string): boolean {
  return isExplicit(name) || name.split('/').length > 2;
}

function directoryNamed(name: string, terminal: Terminal, { root }: OpenedRepository, repository: Repository): string | undefined {
  const fromHere = relative(root, resolve(terminal.directory, name)).split(sep).join('/');
  return [fromHere, resolveTarget('', name)].find((path) => path !== undefined && !path.startsWith('..') && repository.isDirectory(path));
}

function clustersNamed(clusters: readonly Cluster[], name: string | undefined): readonly Cluster[] {
  if (name === undefined) return clusters;
  const wanted = name.replace(/^\.\//, '').replace(/\/$/, '');
  const exact = clusters.filter((cluster) => cluster.name === wanted);
  const found = exact.length > 0 ? exact : clusters.filter((cluster) => cluster.name.split('/').includes(wanted));
  if (found.length > 0) return found;
  const names = clusters.map((cluster) => cluster.name);
  const near = nearestTo(wanted, names);
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
  const fix = near !== undefined ? `write ${near}` : keys.length === 0 ? 'name a directory' : `name one of ${[...new Set(keys)].slice(0, 10).join(', ')}, or a directory`;
  return new UserError('reference-invalid', `"${name}" is no Flux Kustomization and no directory of this repository`, fix);
}
