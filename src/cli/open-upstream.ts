import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors';
import { Repository } from '../model/repository';
import { nearestTo } from '../nearest';
import { shellWord } from '../publish/shell-word';
import { fromRoot } from '../publish/typed-paths';
import { placesOf, type ReleasePlaces } from '../releases/place-release';
import { directoryOf, relativePath } from '../tree/path';
import type { Git } from '../tree/git';
import type { Tree } from '../tree/tree';
import { fetchBytes, type FetchLimits } from '../upstream/fetch-upstream';
import { locationOf, parseLock, type LockedRelease } from '../upstream/lock-file';
import { LOCK_NAME, nameIn } from '../upstream/release-url';
import { findUpstream, sha256Of, verifyDigest } from '../upstream/upstream-cache';
import { visible } from '../visible';
import type { Terminal } from './command';
import { openRepository } from './open-repository';
import { listedUrls } from './pinned-releases';

/** The lock file, and the repository around it. */
export interface OpenedUpstream {
  readonly root: string;
  readonly tree: Tree;
  readonly git: Git | undefined;
  /** The lock file, from the root. */
  readonly path: string;
  /** Undefined where there is no file yet. */
  readonly text: string | undefined;
  readonly releases: readonly LockedRelease[];
}

/**
 * @param typed the lock file that was named
 * @param mayBeNew whether one that is not there is to be made
 * @throws UserError `reference-invalid` for one that is not there, `settings-invalid`
 */
export function openUpstream(terminal: Terminal, typed: string | undefined, mayBeNew = false): OpenedUpstream {
  const { tree, root, git } = openRepository(terminal);
  const path = typed === undefined ? findLock(tree, root, terminal.directory) : fromRoot(typed, '--file', { root, from: terminal.directory }, (one) => tree.has(one));
  const bytes = tree.get(path)?.bytes;
  if (bytes === undefined && typed !== undefined && !mayBeNew) throw new UserError('reference-invalid', `there is no file ${visible(typed)}`, 'name a lock file of the repository, or leave --file out');
  const text = bytes?.toString('utf8');
  return { root, tree, git, path, text, releases: parseLock(text ?? '', path) };
}

/** The nearest one, from the folder up; else a new one beside cdk8s.yaml, or at the root. */
function findLock(tree: Tree, root: string, directory: string): string {
  const inRoot = (file: string): string => relative(root, file).split(sep).join('/');
  const folders: string[] = [];
  for (let folder = directory; folder.startsWith(root); folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) break;
  }
  const known = folders.find((folder) => tree.has(inRoot(join(folder, LOCK_NAME)))) ?? folders.find((folder) => existsSync(join(folder, 'cdk8s.yaml')));
  return known === undefined ? LOCK_NAME : inRoot(join(known, LOCK_NAME));
}

/** @throws UserError `reference-invalid` with the nearest name there is */
export function releaseNamed({ tree, releases, path, text }: OpenedUpstream, name: string): LockedRelease {
  const found = releases.find((release) => release.name === name);
  if (found !== undefined) return found;
  const near = nearestTo(name, releases.map((release) => release.name));
  const listed = listedUrls(new Repository(tree)).find((url) => nameIn(url) === name);
  const known = releases.length === 0 || listed !== undefined ? `lock it first: fluxwright upstream add ${listed ?? 'URL'}` : `${path} has ${releases.map((release) => release.name).join(', ')}`;
  throw new UserError('reference-invalid', `${text === undefined ? `there is no ${path}` : `${path} locks no release`} ${text === undefined ? `that would lock ${JSON.stringify(visible(name))}` : JSON.stringify(visible(name))}`, near === undefined || listed !== undefined ? known : `write ${shellWord(near)}`);
}

/** The copy of a release in the repository, from the root; undefined for one that has none. */
export function copyOf({ path }: OpenedUpstream, release: LockedRelease): string | undefined {
  const directory = directoryOf(path);
  return release.path === undefined ? undefined : directory === '' ? release.path : `${directory}/${release.path}`;
}

/**
 * Where a copy is to be kept, from the lock file's folder.
 * @param typed as `--path` has it
 */
export function lockPathOf(terminal: Terminal, { root, path: lock }: OpenedUpstream, typed: string): string {
  const directory = directoryOf(lock);
  const file = relative(root, resolve(terminal.directory, typed)).split(sep).join('/');
  if (file === '..' || file.startsWith('../')) throw new UserError('usage', `--path ${visible(typed)} leads out of the root, ${root}`, 'name what lies in it');
  if (directory !== '' && !file.startsWith(`${directory}/`)) throw new UserError('usage', `--path ${visible(typed)} is not below the folder of ${lock}`, `name a file below ${directory}`);
  const inside = relativePath(directory, file);
  if (!/\.ya?ml$/.test(inside)) throw new UserError('usage', `--path ${visible(typed)} is no file of manifests`, 'name one that ends in .yaml');
  return inside;
}

export function placesIn(opened: OpenedUpstream, release: LockedRelease): ReleasePlaces {
  return placesOf(opened.tree, { url: locationOf(release), sha256: release.sha256, path: copyOf(opened, release) });
}

/** Releases are megabytes; what is larger is something else, and reading it as YAML would take all memory. */
const MOST_BYTES = 32 * 1024 * 1024;

/** @param timeout in seconds, as it was typed */
export function limitsOf(terminal: Terminal, timeout: string): FetchLimits {
  const seconds = Number(timeout);
  if (!(seconds > 0 && seconds <= 3600)) throw new UserError('usage', `--timeout ${visible(timeout)} is no number of seconds`, 'write one above 0, at most 3600');
  return { maxBytes: MOST_BYTES, timeoutMilliseconds: seconds * 1000, proxies: terminal.environment };
}

/**
 * The bytes of a locked release: from the repository, from the cache, or from where it is published.
 * @throws UserError `download-failed`, `digest-mismatch`
 */
export async function bytesOf(opened: OpenedUpstream, release: LockedRelease, limits: FetchLimits): Promise<Buffer> {
  const copy = opened.tree.get(copyOf(opened, release) ?? '')?.bytes;
  if (copy !== undefined && sha256Of(copy) === release.sha256) return copy;
  const cached = findUpstream(release.sha256);
  if (cached !== undefined) return cached;
  const [other] = placesIn(opened, release).copies.map((path) => opened.tree.get(path)!.bytes).filter((bytes) => sha256Of(bytes) === release.sha256);
  if (other !== undefined) return other;
  const bytes = Buffer.from(await fetchBytes(locationOf(release), limits));
  verifyDigest(bytes, release.sha256, locationOf(release));
  return bytes;
}
