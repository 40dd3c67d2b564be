import { UserError } from '../errors';
import { matcherOf } from '../flux/re2';
import { ManifestFile } from '../tree/file';
import { Builds, type BuiltObject, type BuiltObjects } from './built-objects';
import type { KustomizePatch, KustomizeTarget } from './kustomization-file';
import type { PlacedDirectory } from './layout';
import { metadataOf, whereabouts } from './object-metadata';
import { pathFrom } from './reach';

/**
 * Patches that find no object, as far as all objects are known. kustomize says nothing of one with a target, and fails for one
 * without; a component's has to find its object wherever the component is applied.
 */
export function unmatchedPatches(directories: readonly PlacedDirectory[]): UserError[] {
  const builds = new Builds(directories);
  return directories.flatMap((placed) => [...inDirectory(placed, builds), ...inFluxKustomizations(placed, builds)]);
}

function inDirectory(placed: PlacedDirectory, builds: Builds): UserError[] {
  const { directory } = placed;
  if (directory.kustomizationKind === 'Component') return [];
  const place = `${directory.path} (${directory.node.path})`;
  const components = builds.componentsOf(placed).flatMap((component) => patchesOf(component, `${place}, which applies the component,`, LEAVE_OUT));
  const patches = [...components, ...patchesOf(placed, place, TAKE_IN)];
  return patches.length === 0 ? [] : withoutObject(patches, builds.patched(placed));
}

/** What a Flux Kustomization changes after the directory that it applies has been built. */
function inFluxKustomizations({ objects }: PlacedDirectory, builds: Builds): UserError[] {
  return objects.flatMap((one) => {
    const { apiVersion, kind } = metadataOf(one);
    if (kind !== 'Kustomization' || !apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) return [];
    const { path = '', components = [], patches = [] } = (one.object['spec'] ?? {}) as { path?: string; components?: readonly string[]; patches?: readonly KustomizePatch[] };
    const applied = builds.at(pathFrom('', path));
    if (applied === undefined || components.length + patches.length === 0) return [];
    const place = `${applied.directory.path}, which it applies,`;
    const added = `${applied.directory.path}, to which ${whereabouts(one)} adds the component,`;
    return withoutObject([
      ...components.flatMap((component) => patchesOf(builds.at(pathFrom(applied.directory.path, component)), added, LEAVE_OUT)),
      ...patches.map((patch) => ({ patch, subject: `${whereabouts(one)}: a patch`, place, remedy: TAKE_IN, bodies: () => bodiesOf(patch) })),
    ], builds.built(applied));
  });
}

/** A patch, with the words for where it is and for where its object should be. */
interface PlacedPatch {
  readonly patch: KustomizePatch;
  readonly subject: string;
  readonly place: string;
  readonly remedy: string;
  readonly bodies: () => unknown[];
}

const TAKE_IN = 'take in a base that has it';
const LEAVE_OUT = 'leave the component out, or take in a base that has it';

function patchesOf(owner: PlacedDirectory | undefined, place: string, remedy: string): PlacedPatch[] {
  return (owner?.kustomization.patches ?? []).map((patch) => ({ patch, subject: subjectOf(patch, owner!), place, remedy, bodies: () => bodiesOf(patch, owner) }));
}

function withoutObject(patches: readonly PlacedPatch[], { objects, complete }: BuiltObjects): UserError[] {
  if (!complete) return [];
  return patches.flatMap(({ patch, subject, place, remedy, bodies }) => {
    const targets = patch.target === undefined ? bodies().map(namedObject) : [selected(patch.target)];
    return targets.filter((target) => target !== undefined && !objects.some(target.matches)).map((target) => {
      const alike = [...new Set(objects.filter(({ kind }) => kind === target!.kind).map(({ kind, names, namespaces }) => `${kind} ${quoted(names.at(-1)!, namespaces.at(-1))}`))].sort();
      const known = alike.length === 0 ? '' : `: there is ${alike.join(', ')}`;
      return new UserError('patch-invalid', `${subject} changes ${target!.description}, and ${place} has no such object`, `${remedy}, or mend the ${patch.target === undefined ? 'name' : 'target'}${known}`);
    });
  });
}

interface Target {
  readonly description: string;
  readonly kind: string | undefined;
  readonly matches: (object: BuiltObject) => boolean;
}

/** What a patch without a target names: one object, by all of its identity. */
function namedObject(body: unknown): Target | undefined {
  const { apiVersion, kind, metadata } = (body ?? {}) as { apiVersion?: string; kind?: string; metadata?: { name?: string; namespace?: string } };
  const { name, namespace } = metadata ?? {};
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  return {
    description: `${kind} ${quoted(name, namespace)}`,
    kind,
    matches: (object) => object.apiVersion === apiVersion && object.kind === kind && object.names.includes(name) && object.namespaces.some((each) => effective(each) === effective(namespace)),
  };
}

function quoted(name: string, namespace = ''): string {
  return JSON.stringify(namespace === '' ? name : `${namespace}/${name}`);
}

/** kustomize takes no namespace for `default`. */
function effective(namespace: string | undefined): string {
  return namespace === undefined || namespace === '' ? 'default' : namespace;
}

/** What a target selects. Labels and annotations may be anybody's, so they do not decide. */
function selected({ group, version, kind, name, namespace, labelSelector, annotationSelector }: KustomizeTarget): Target | undefined {
  if ([group, version, kind, name, namespace].some((pattern) => pattern !== undefined && matcherOf(pattern) === undefined)) return undefined;
  const fits = (pattern: string | undefined, values: readonly string[]): boolean => pattern === undefined || pattern === '' || values.some((value) => matcherOf(`^(?:${pattern})$`)!.test(value));
  const said = Object.entries({ group, version, kind, name, namespace, labelSelector, annotationSelector }).filter(([, value]) => value !== undefined);
  return {
    description: `what the target { ${said.map(([field, value]) => `${field}: ${JSON.stringify(value)}`).join(', ')} } selects`,
    kind,
    matches: (object) => {
      const [itsVersion = '', itsGroup = ''] = object.apiVersion.split('/').reverse();
      return fits(group, [itsGroup]) && fits(version, [itsVersion]) && fits(kind, [object.kind]) && fits(name, object.names) && fits(namespace, object.namespaces.map(effective));
    },
  };
}

/** The documents of a patch, or none for what is not ours to read, such as an encrypted file. */
function bodiesOf(patch: KustomizePatch, owner?: PlacedDirectory): unknown[] {
  if (patch.patch !== undefined) return ManifestFile.fromText('patch', patch.patch).documents.map(({ object }) => object);
  const file = owner?.files.find(({ path }) => path === owner.directory.pathOf(patch.path ?? ''));
  return file?.type === 'manifests' ? file.documents.map(({ object }) => object) : [];
}

function subjectOf({ path }: KustomizePatch, { directory, files }: PlacedDirectory): string {
  const file = directory.pathOf(path ?? 'kustomization.yaml');
  const owner = files.find((each) => each.path === file)?.props.claimedBy ?? directory.node.path;
  return `${file} (${owner})${path === undefined ? ': a patch' : ''}`;
}
