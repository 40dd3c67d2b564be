import { listAt, mapping, textAt, type Data } from './fields';
import { resolveTarget } from './kustomization-file';
import type { Repository } from './repository';
import type { SourceReference } from './sources';
import type { SourceObject } from './source-object';

/** Where a path of a generated artifact comes from: the source that it was copied out of, and the path there. */
export interface ArtifactOrigin {
  readonly source: SourceReference;
  readonly path: string;
}

/** What an ArtifactGenerator copies together. */
export interface Artifact {
  readonly generator: SourceObject;
  /** Its place in `spec.artifacts`. */
  readonly index: number;
  readonly copies: readonly Copied[];
}

/**
 * The artifact that a reference in a file names, if a generator of the tree makes it. Clusters have generators of the same
 * names: the one that lies nearest to the file is meant.
 */
export function artifactNamed(objects: readonly SourceObject[], { namespace, name }: SourceReference, file: string): Artifact | undefined {
  const found = objects.flatMap((generator): Artifact[] => {
    if (!isArtifactGenerator(generator) || (generator.namespace ?? namespace) !== namespace) return [];
    const artifacts = listAt(generator.data, 'spec.artifacts');
    const index = artifacts.findIndex((one) => textAt(one, 'name') === name);
    return index < 0 ? [] : [{ generator, index, copies: listAt(artifacts[index], 'copy').map(mapping).flatMap(copied) }];
  });
  const steps = found.map(({ generator }) => sharedSteps(generator.file, file));
  return found[steps.indexOf(Math.max(...steps))];
}

function sharedSteps(one: string, other: string): number {
  const [steps, others] = [one.split('/'), other.split('/')];
  const differing = steps.findIndex((step, index) => step !== others[index]);
  return differing < 0 ? steps.length : differing;
}

/**
 * Follows a path of an artifact back to what is copied there. Undefined where nothing is, or several things below it: those
 * lie together in the artifact alone.
 */
export function artifactOrigin({ generator, copies }: Artifact, path: string): ArtifactOrigin | undefined {
  const below = copies.filter(({ to }) => isWithin(to, path));
  const found = copies.find(({ to }) => isWithin(path, to)) ?? (below.length === 1 ? below[0] : undefined);
  const source = listAt(generator.data, 'spec.sources').find((one) => found !== undefined && textAt(one, 'alias') === found.alias);
  if (found === undefined || source === undefined) return undefined;
  return {
    source: { kind: textAt(source, 'kind') ?? 'GitRepository', namespace: textAt(source, 'namespace') ?? generator.namespace ?? 'flux-system', name: textAt(source, 'name') ?? '' },
    path: isWithin(path, found.to) ? resolveTarget(found.from, path.slice(found.to.length).replace(/^\//, '')) ?? found.from : found.from,
  };
}

/** Whether an artifact has a folder: something is copied there, to a folder above, or below it. */
export function holdsPath({ copies }: Artifact, path: string): boolean {
  return copies.some(({ to }) => isWithin(path, to) || isWithin(to, path));
}

/** The folders of an artifact, as far as what is copied lies in the tree. */
export function foldersIn({ generator, copies }: Artifact, repository: Repository): string[] {
  const root = rootOf(generator.file, copies, repository);
  const all = root === undefined ? [] : repository.directories();
  return [...new Set(copies.flatMap(({ from, to }) => {
    const start = joined(root ?? '', from);
    return [to, ...all.filter((folder) => folder !== start && isWithin(folder, start)).map((folder) => joined(to, folder.slice(start.length).replace(/^\//, '')))];
  }))].filter((folder) => folder !== '');
}

/** The folder that what is copied is seen from: the tree's root, or one on the way to the generator's file. */
function rootOf(file: string, copies: readonly Copied[], repository: Repository): string | undefined {
  const steps = file.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('/')).concat('').reverse()
    .find((folder) => copies.some(({ from }) => repository.isDirectory(joined(folder, from))));
}

function joined(folder: string, path: string): string {
  return folder === '' || path === '' ? `${folder}${path}` : `${folder}/${path}`;
}

export function isArtifactGenerator({ group, kind }: Pick<SourceObject, 'group' | 'kind'>): boolean {
  return group === 'source.extensions.fluxcd.io' && kind === 'ArtifactGenerator';
}

/** What is copied from one place of a source to one of an artifact. */
export interface Copied {
  readonly alias: string;
  /** The folder of the source whose contents are copied, or a file. */
  readonly from: string;
  /** The folder of the artifact that they are copied to, or the file. */
  readonly to: string;
}

/** `@alias/apps/**` to `@artifact/apps/`; a folder without a slash behind it is copied as a whole, as cp does. */
function copied(copy: Data): Copied[] {
  const from = /^@([^/]+)\/(.*)$/.exec(textAt(copy, 'from') ?? '');
  const to = /^@artifact\/(.*)$/.exec(textAt(copy, 'to') ?? '');
  if (from === null || to === null) return [];
  const [alias, pattern] = [from[1]!, from[2]!];
  const wild = pattern.search(/[*?[]/);
  const folder = wild >= 0 ? pattern.slice(0, pattern.lastIndexOf('/', wild) + 1) : pattern;
  const keepsName = wild < 0 && folder !== '' && !folder.endsWith('/') && to[1]!.endsWith('/');
  return [{ alias, from: trimmed(folder), to: trimmed(keepsName ? `${to[1]!}${folder.slice(folder.lastIndexOf('/') + 1)}` : to[1]!) }];
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

/** Whether a path is a folder, or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
