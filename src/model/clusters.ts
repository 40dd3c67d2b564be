import type { AppliedObject } from './applied-object';
import { entryPoints, type EntryPoint } from './entry-points';
import { textAt, textsAt, type Data } from './fields';
import type { Build, Builder, BuildRequest, Cluster, FluxKustomization } from './flux-kustomization';
import { resolveTarget } from './kustomization-file';
import type { Repository } from './repository';
import { SourceRoots } from './source-roots';
import { isFluxKustomization } from './sources';
import type { Walker } from './walk';

/** Every cluster of a repository, with what Flux applies to it: from the entry points down, a generation of Flux Kustomizations at a time. */
export async function discoverClusters(repository: Repository, walker: Walker, build: Builder): Promise<Cluster[]> {
  const roots = new SourceRoots(repository);
  return Promise.all(entryPoints(repository, walker, roots).map(async (entry) => {
    const steps = bringUp(entry, repository, roots);
    let step = steps.next();
    while (step.done !== true) step = steps.next(await build(step.value));
    return step.value;
  }));
}

/** The same by walking, at once: no patches, no other program. */
export function walkClusters(repository: Repository, walker: Walker): Cluster[] {
  const roots = new SourceRoots(repository);
  return entryPoints(repository, walker, roots).map((entry) => {
    const steps = bringUp(entry, repository, roots);
    let step = steps.next();
    while (step.done !== true) step = steps.next(step.value.map((request) => walkBuild(request, walker)));
    return step.value;
  });
}

export function walkingBuilder(walker: Walker): Builder {
  return async (requests) => requests.map((request) => walkBuild(request, walker));
}

/** Flux adds its own components to those of the kustomization.yaml. */
function walkBuild({ path, object }: BuildRequest, walker: Walker): Build {
  const walks = [path, ...componentPaths(object.data, path)].map((directory) => walker.walk(directory));
  return { objects: walks.flatMap(({ objects }) => objects), files: new Set(walks.flatMap(({ files }) => [...files])) };
}

/** The folders of the components that a Flux Kustomization names, which are relative to its path. */
export function componentPaths(data: Data, path: string): string[] {
  return textsAt(data, 'spec.components').flatMap((component) => resolveTarget(path, component) ?? []);
}

/** Asks for the builds of a generation, and goes on with what they give. */
function* bringUp({ name, roots, byHand }: EntryPoint, repository: Repository, sourceRoots: SourceRoots): Generator<readonly BuildRequest[], Cluster, readonly Build[]> {
  const found = new Map<string, FluxKustomization>();
  const applied: AppliedObject[] = [...byHand];
  let generation = roots.map((object): Found => ({ object, parent: undefined }));
  while (generation.length > 0) {
    const fresh = withoutKnown(generation, found);
    const located = fresh.map((one) => ({ ...one, namespace: namespaceOf(one), applied, path: sourceRoots.pathOf({ data: one.object.data, namespace: namespaceOf(one), file: fileOf(one) }) }));
    const buildable = located.filter((one): one is typeof one & { path: string } => one.path !== undefined && repository.isDirectory(one.path));
    const builds = yield buildable;
    const next: Found[] = [];
    for (const one of located) {
      const index = buildable.indexOf(one as (typeof buildable)[number]);
      const kustomization = kustomizationOf(one, index < 0 ? undefined : builds[index]);
      found.set(kustomization.key, kustomization);
      applied.push(...kustomization.objects);
      for (const object of kustomization.objects) if (isFluxKustomization(object)) next.push({ object, parent: kustomization });
    }
    generation = next;
  }
  return { name, root: rootOf([...found.values()]), kustomizations: [...found.values()], byHand };
}

/** What stands before the written path in the path from the tree's root, for the first that is built from the tree. */
function rootOf(kustomizations: readonly FluxKustomization[]): string {
  const first = kustomizations.find(({ path }) => path !== undefined && path !== '');
  const written = resolveTarget('', textAt(first?.data, 'spec.path') ?? '') ?? '';
  return first?.path?.endsWith(`/${written}`) === true ? first.path.slice(0, -written.length - 1) : '';
}

/** A Flux Kustomization that was come upon, and what applies it. */
interface Found {
  readonly object: AppliedObject;
  readonly parent: FluxKustomization | undefined;
}

/** The first that is found under a name counts: bootstrap's own before the copy that it applies. */
function withoutKnown(found: readonly Found[], known: ReadonlyMap<string, FluxKustomization>): Found[] {
  const seen = new Set(known.keys());
  return found.filter((one) => {
    const key = keyOf(one);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function kustomizationOf(one: Found & { readonly path: string | undefined }, build: Build | undefined): FluxKustomization {
  const { object, parent, path } = one;
  return {
    key: keyOf(one),
    namespace: namespaceOf(one),
    name: object.name,
    object,
    data: object.data,
    parent,
    path,
    objects: build?.objects ?? [],
    files: build?.files ?? new Set(),
    failure: build?.failure,
    variables: build?.variables,
    unset: build?.unset,
    leftOut: build?.leftOut,
  };
}

/** Its own file, or that of the nearest ancestor which is written somewhere. */
function fileOf({ object, parent }: Found): string {
  return object.source?.file ?? object.generatedBy ?? (parent === undefined ? '' : fileOf({ object: parent.object, parent: parent.parent }));
}

function keyOf(one: Found): string {
  return `${namespaceOf(one)}/${one.object.name}`;
}

function namespaceOf({ object, parent }: Found): string {
  return object.namespace ?? (parent === undefined ? undefined : textAt(parent.data, 'spec.targetNamespace')) ?? 'flux-system';
}
