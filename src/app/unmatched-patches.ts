import { UserError } from '../errors';
import { matcherOf } from '../flux/re2';
import { readDocuments } from '../yaml/read';
import { Builds, type BuiltObject, type BuiltObjects } from './built-objects';
import type { KustomizePatch, KustomizeTarget } from './kustomization-file';
import type { PlacedDirectory } from './layout';

/**
 * Patches that find no object, as far as all objects are known. kustomize says nothing of one with a target, and fails for one
 * without; a component's has to find its object wherever the component is applied.
 */
export function unmatchedPatches(directories: readonly PlacedDirectory[]): UserError[] {
  const builds = new Builds(directories);
  const errors: UserError[] = [];
  for (const placed of directories) {
    if (placed.directory.kustomizationKind === 'Component') continue;
    const patching = [...builds.componentsOf(placed), placed].filter((each) => (each?.kustomization.patches ?? []).length > 0);
    if (patching.length === 0) continue;
    const build = builds.patched(placed);
    if (!build.complete) continue;
    for (const owner of patching) {
      for (const patch of owner!.kustomization.patches!) errors.push(...problemWith(patch, owner!, placed, build));
    }
  }
  return errors;
}

function problemWith(patch: KustomizePatch, owner: PlacedDirectory, placed: PlacedDirectory, { objects }: BuiltObjects): UserError[] {
  const targets = patch.target === undefined ? bodiesOf(patch, owner).map(namedObject) : [selected(patch.target)];
  return targets.filter((target) => target !== undefined && !objects.some(target.matches)).map((target) => {
    const { directory } = placed;
    const isComponent = owner !== placed;
    const place = `${directory.path} (${directory.node.path})`;
    const alike = [...new Set(objects.filter(({ kind }) => kind === target!.kind).map(({ kind, names, namespaces }) => `${kind} ${quoted(names.at(-1)!, namespaces.at(-1))}`))].sort();
    return new UserError(
      'patch-invalid',
      `${describe(patch, owner)} changes ${target!.description}, and ${isComponent ? `${place}, which applies the component,` : place} has no such object`,
      `${isComponent ? 'leave the component out, or take in' : 'take in'} a base that has it, or mend the ${patch.target === undefined ? 'name' : 'target'}${alike.length === 0 ? '' : `: there is ${alike.join(', ')}`}`,
    );
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
function bodiesOf(patch: KustomizePatch, { directory, files }: PlacedDirectory): unknown[] {
  if (patch.patch !== undefined) return readDocuments(patch.patch, directory.pathOf('kustomization.yaml')).documents.map(({ object }) => object);
  const file = files.find(({ path }) => path === directory.pathOf(patch.path ?? ''));
  return file?.type === 'manifests' ? file.documents.map(({ object }) => object) : [];
}

function describe({ path }: KustomizePatch, { directory, files }: PlacedDirectory): string {
  const file = directory.pathOf(path ?? 'kustomization.yaml');
  const owner = files.find((each) => each.path === file)?.props.claimedBy ?? directory.node.path;
  return `${file} (${owner})${path === undefined ? ': a patch' : ''}`;
}
