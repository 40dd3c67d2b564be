import { listAt, mapping, textAt, type Data } from './fields';
import { resolveTarget } from './kustomization-file';
import type { SourceReference } from './sources';
import type { SourceObject } from './source-object';

/** Where a path of a generated artifact comes from: the source that it was copied out of, and the path there. */
export interface ArtifactOrigin {
  readonly source: SourceReference;
  readonly path: string;
}

/**
 * Follows a path of an ExternalArtifact back through the ArtifactGenerator that copies it together. Undefined where no
 * generator makes the artifact, or nothing is copied to that path or beside it.
 */
export function artifactOrigin(objects: readonly SourceObject[], artifact: SourceReference, path: string): ArtifactOrigin | undefined {
  for (const generator of objects) {
    if (!isArtifactGenerator(generator) || (generator.namespace ?? artifact.namespace) !== artifact.namespace) continue;
    const made = listAt(generator.data, 'spec.artifacts').find((one) => textAt(one, 'name') === artifact.name);
    const origin = made === undefined ? undefined : originIn(generator, listAt(made, 'copy').map(mapping), path);
    if (origin !== undefined) return origin;
  }
  return undefined;
}

export function isArtifactGenerator({ group, kind }: Pick<SourceObject, 'group' | 'kind'>): boolean {
  return group === 'source.extensions.fluxcd.io' && kind === 'ArtifactGenerator';
}

function originIn(generator: SourceObject, copies: readonly Data[], path: string): ArtifactOrigin | undefined {
  const parsed = copies.flatMap((copy) => copied(copy));
  const exact = parsed.find(({ to }) => isWithin(path, to));
  // a path that nothing is copied to lies beside those that are, where the layout of the source was kept
  const found = exact ?? parsed.map(withoutSharedEnd).find(({ to }) => isWithin(path, to));
  if (found === undefined) return undefined;
  const source = listAt(generator.data, 'spec.sources').find((one) => textAt(one, 'alias') === found.alias);
  if (source === undefined) return undefined;
  return {
    source: { kind: textAt(source, 'kind') ?? 'GitRepository', namespace: textAt(source, 'namespace') ?? generator.namespace ?? 'flux-system', name: textAt(source, 'name') ?? '' },
    path: resolveTarget(found.from, path.slice(found.to.length).replace(/^\//, '')) ?? found.from,
  };
}

interface Copied {
  readonly alias: string;
  /** The folder of the source whose contents are copied. */
  readonly from: string;
  /** The folder of the artifact that they are copied to. */
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

function withoutSharedEnd({ alias, from, to }: Copied): Copied {
  const [a, b] = [from.split('/'), to.split('/')];
  while (a.length > 0 && b.length > 0 && a.at(-1) === b.at(-1)) {
    a.pop();
    b.pop();
  }
  return { alias, from: a.join('/'), to: b.join('/') };
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
