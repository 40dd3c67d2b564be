import { at, textAt, type Data } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { Repository } from '../../model/repository';
import { identityKey } from '../../model/source-object';
import { isFluxKustomization } from '../../model/sources';
import type { AppliedObject } from '../../model/applied-object';
import { isTemplateOfBootstrap } from '../bootstrap';
import { clusterPairs } from './cluster-pairs';
import { appliedIn, isSuspended, type AppliedAt, type World } from './world';

/** An object that Flux deletes, since nothing applies it any more. */
export interface Pruned extends AppliedAt {
  readonly cluster: string;
  /** The Flux Kustomization whose end takes it along; undefined where it only left the one that goes on. */
  readonly with: FluxKustomization | undefined;
}

/** An object that another Flux Kustomization applies than before, and that the former deletes. */
export interface Moved {
  readonly cluster: string;
  readonly before: AppliedAt;
  readonly after: AppliedAt;
}

export interface PrunedObjects {
  readonly pruned: readonly Pruned[];
  readonly moved: readonly Moved[];
  /** Flux Kustomizations that are deleted themselves. */
  readonly ended: readonly { readonly cluster: string; readonly kustomization: FluxKustomization }[];
  /** Flux Kustomizations that a person applied, and that are no longer there to be applied: they go on in the cluster. */
  readonly left: readonly { readonly cluster: string; readonly kustomization: FluxKustomization }[];
}

/** What Flux will delete in the clusters: `prune`, `deletionPolicy`, `suspend` and `prune: disabled` count as they do there. */
export function prunedObjects(world: World): PrunedObjects {
  const found = { pruned: [] as Pruned[], moved: [] as Moved[], ended: [] as PrunedObjects['ended'][number][], left: [] as PrunedObjects['left'][number][] };
  for (const { name, before, after } of clusterPairs(world)) {
    const [was, is] = [appliedIn(before), appliedIn(after)];
    const now = new Map(after.kustomizations.map((kustomization) => [kustomization.key, kustomization]));
    const ended = endedIn(before, after, is, world);
    for (const kustomization of ended) found.ended.push({ cluster: name, kustomization });
    for (const kustomization of leftBehind(before, after, world.before.repository)) if (!isBroken(kustomization.object, world)) found.left.push({ cluster: name, kustomization });
    for (const [key, { object, by }] of was) {
      const successor = now.get(by.key);
      const isEnding = ended.has(by);
      if (!isEnding && (successor === undefined || !prunes(successor))) continue;
      if (isEnding && !deletesWithItself(by)) continue;
      if (isKept(object.data) || isBroken(object, world) || object.generatedBy !== undefined && isReplaced(object, is)) continue;
      const elsewhere = is.get(key);
      if (elsewhere === undefined) found.pruned.push({ cluster: name, object, by, with: isEnding ? by : undefined });
      else if (elsewhere.by.key !== by.key) found.moved.push({ cluster: name, before: { object, by }, after: elsewhere });
    }
  }
  return found;
}

function isBroken({ source }: AppliedObject, { broken }: World): boolean {
  return source !== undefined && broken.has(source.file);
}

/** The Flux Kustomizations that are deleted: the one that applies them prunes them, or is deleted itself. */
function endedIn(before: Cluster, after: Cluster, is: ReadonlyMap<string, AppliedAt>, world: World): ReadonlySet<FluxKustomization> {
  const isTemplate = isTemplateOfBootstrap(before, world.before.repository);
  const now = new Map(after.kustomizations.map((kustomization) => [kustomization.key, kustomization]));
  const ended = new Set<FluxKustomization>();
  for (const kustomization of before.kustomizations) { // parents come first
    const { object, key } = kustomization;
    if (now.has(key) || is.has(identityKey(object)) || isKept(object.data) || isBroken(object, world)) continue;
    const owner = ownerOf(kustomization);
    if (owner === undefined) {
      if (isTemplate) ended.add(kustomization);
      continue; // a person applied it, and a person would have to delete it
    }
    const successor = now.get(owner.key);
    if (successor === undefined ? ended.has(owner) && deletesWithItself(owner) : prunes(successor)) ended.add(kustomization);
  }
  return ended;
}

/** The Flux Kustomizations of a cluster that a person applied, and that nobody finds in its files any more. */
export function leftBehind(before: Cluster, after: Cluster, repository: Repository): FluxKustomization[] {
  if (isTemplateOfBootstrap(before, repository)) return [];
  const now = new Set(after.kustomizations.map(({ key }) => key));
  return before.kustomizations.filter((kustomization) => !now.has(kustomization.key) && ownerOf(kustomization) === undefined);
}

/** The Flux Kustomization that applies another; bootstrap's own applies itself. */
function ownerOf(kustomization: FluxKustomization): FluxKustomization | undefined {
  return kustomization.parent ?? (kustomization.objects.some((one) => isFluxKustomization(one) && one.name === kustomization.name) ? kustomization : undefined);
}

/** Whether it deletes what leaves it; one that fails, or is suspended, does nothing. */
export function prunes(kustomization: FluxKustomization): boolean {
  return at(kustomization.data, 'spec.prune') === true && !isSuspended(kustomization) && kustomization.failure === undefined && isBuilt(kustomization);
}

/** A path that is not there fails before anything is deleted. */
export function isBuilt({ path, files }: FluxKustomization): boolean {
  return path !== undefined && files.size > 0;
}

/** Whether it deletes what it applied when it is deleted itself. */
export function deletesWithItself(kustomization: Pick<FluxKustomization, 'data'>): boolean {
  const policy = textAt(kustomization.data, 'spec.deletionPolicy') ?? 'MirrorPrune';
  if (isSuspended(kustomization) || policy === 'Orphan') return false;
  return policy === 'MirrorPrune' ? at(kustomization.data, 'spec.prune') === true : true;
}

/** Whether Flux is told to leave it in the cluster. */
export function isKept(data: Data): boolean {
  return ['annotations', 'labels'].some((field) => textAt(data, ['metadata', field, 'kustomize.toolkit.fluxcd.io/prune'])?.toLowerCase() === 'disabled');
}

/** A generated ConfigMap is followed by one with another hash behind its name. */
function isReplaced({ kind, namespace, name, generatedBy }: AppliedObject, is: ReadonlyMap<string, AppliedAt>): boolean {
  const stem = name.replace(HASH, '');
  return [...is.values()].some(({ object }) => object.generatedBy === generatedBy && object.kind === kind && object.namespace === namespace && object.name.replace(HASH, '') === stem);
}

const HASH = /-[a-z0-9]{10}$/;
