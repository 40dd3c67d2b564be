import type { AppliedObject } from '../../model/applied-object';
import { identityKey, identityTitle } from '../../model/source-object';
import type { FluxKustomization } from '../../model/flux-kustomization';
import type { Consequence } from './consequence';
import { lossOf } from './deleted-objects';
import { deletesWithItself, isBuilt, isKept, type PrunedObjects } from './pruned-objects';
import { clusterPairs, successorsAmong } from './cluster-pairs';
import { evidenceOf, type World } from './world';

const RULE = { text: 'when a Flux Kustomization is deleted, all that it applied is deleted with it, unless its deletionPolicy says otherwise', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy' };

/** Flux Kustomizations that are removed, or come back under another name: Flux takes that for the end of one and the begin of another. */
export function removedKustomizations(world: World, { ended, pruned, moved, left }: PrunedObjects): Consequence[] {
  return [
    ...ended.map(({ cluster, kustomization }): Consequence => {
      const renamed = successorTo(world, cluster, kustomization);
      const gone = pruned.filter((one) => one.cluster === cluster && one.with === kustomization).map(({ object }) => object);
      const recreated = moved.filter((one) => one.cluster === cluster && one.before.by === kustomization).map(({ before: { object } }) => object);
      const affected = [...losses([...gone, ...recreated]), ...remoteOf(world, kustomization)];
      return {
        ...told(world, cluster, kustomization, renamed, affected),
        severity: affected.length === 0 ? 'notice' : 'danger',
        title: renamed === undefined
          ? `removes Flux Kustomization ${kustomization.key}${affected.length === 0 ? '' : ', and deletes all that it applied'}`
          : `renames Flux Kustomization ${kustomization.key} to ${renamed.key}${affected.length === 0 ? '' : ': all that it applied is deleted by the one and created by the other, in either order'}`,
        advice: affected.length === 0 ? [] : [
          `commit first: spec.deletionPolicy: Orphan for ${kustomization.key}, and wait until it is Ready`,
          renamed === undefined ? 'then remove it, and delete by hand what really has to go' : `then rename it, and wait until ${renamed.key} is Ready: it adopts the objects`,
        ],
      };
    }),
    ...left.map(({ cluster, kustomization }): Consequence => {
      const renamed = successorTo(world, cluster, kustomization);
      const affected = deletesWithItself(kustomization) ? [...losses(kustomization.objects.filter(({ data }) => !isKept(data))), ...remoteOf(world, kustomization)] : [];
      return {
        ...told(world, cluster, kustomization, renamed, affected),
        severity: affected.length === 0 ? 'notice' : renamed === undefined ? 'warning' : 'danger',
        title: `${renamed === undefined ? `removes Flux Kustomization ${kustomization.key} from` : `renames Flux Kustomization ${kustomization.key} to ${renamed.key} in`} what a person applies: ${kustomization.name} goes on until it is deleted${affected.length === 0 ? '' : ', and takes along then all that it applied'}`,
        advice: affected.length === 0 ? [] : [
          `apply first: spec.deletionPolicy: Orphan for ${kustomization.key}`,
          ...(renamed === undefined ? [] : [`then rename it, apply it, and wait until ${renamed.key} is Ready: it adopts the objects`]),
          `kubectl delete kustomizations.kustomize.toolkit.fluxcd.io ${kustomization.name} --namespace ${kustomization.namespace}`,
        ],
      };
    }),
  ];
}

function told(world: World, cluster: string, kustomization: FluxKustomization, renamed: FluxKustomization | undefined, affected: readonly string[]): Pick<Consequence, 'class' | 'affected' | 'evidence' | 'appliers'> {
  const files = [kustomization.object.source?.file, renamed?.object.source?.file, kustomization.parent?.object.source?.file];
  return { class: 'kustomization-removed', affected, evidence: evidenceOf(world, files, RULE), appliers: [world.names.applier(cluster, kustomization.key)] };
}

/** What a Flux Kustomization comes back as: a new one with its path, or with most of its objects. */
function successorTo(world: World, cluster: string, kustomization: FluxKustomization): FluxKustomization | undefined {
  const { before, after } = clusterPairs(world).find(({ name }) => name === cluster)!;
  const fresh = after.kustomizations.filter(({ key }) => !before.kustomizations.some((one) => one.key === key));
  return fresh.find((one) => one.path !== undefined && one.path === kustomization.path) ?? fresh.find((one) => shareMost(one, kustomization));
}

/** What it fetches: which objects those are is not known here, and they go all the same. */
function remoteOf({ before: { walker } }: World, kustomization: FluxKustomization): string[] {
  if (kustomization.path === undefined || !deletesWithItself(kustomization) || kustomization.objects.some(({ fetchedFrom }) => fetchedFrom !== undefined)) return [];
  return walker.walk(kustomization.path).remote.map(({ reference }) => `all of ${reference.target}`);
}

/** What is lost most comes first. */
function losses(objects: readonly AppliedObject[]): string[] {
  return [...objects].sort((a, b) => Number(lossOf(b) !== '') - Number(lossOf(a) !== '')).map((object) => `${identityTitle(object)}${lossOf(object)}`);
}

function shareMost(one: FluxKustomization, other: FluxKustomization): boolean {
  const keys = new Set(one.objects.map(identityKey));
  return other.objects.length > 0 && other.objects.filter((object) => keys.has(identityKey(object))).length * 2 > other.objects.length;
}

/** Clusters of which nothing is left: what their Flux reads is gone, so that it stops. */
export function vanishedClusters(world: World): Consequence[] {
  const successor = successorsAmong(world.after.clusters);
  return world.before.clusters.filter((cluster) => cluster.kustomizations.length > 0 && successor(cluster) === undefined).map((cluster): Consequence => ({
      class: 'kustomization-fails', severity: 'danger', title: `nothing is left of the cluster at ${cluster.name}: its Flux fails, and what it applied stays as it is`, affected: [],
      evidence: evidenceOf(world, cluster.kustomizations.map(({ object }) => object.source?.file), NOT_FOUND),
      appliers: cluster.kustomizations.slice(0, 1).map(({ key }) => world.names.applier(cluster.name, key)),
      advice: ['where it only moved, tell its Flux: flux bootstrap with the new path'],
    }));
}

const NOT_FOUND = { text: 'a Kustomization whose path is not found is not Ready, and prunes nothing', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path' };

/** Flux Kustomizations whose path is no longer there: they fail, and delete nothing. */
export function failingKustomizations(world: World): Consequence[] {
  return clusterPairs(world).flatMap(({ name, before, after }) => after.kustomizations.flatMap((kustomization): Consequence[] => {
    const was = before.kustomizations.find(({ key }) => key === kustomization.key);
    if (was?.failure === undefined && kustomization.failure !== undefined) return [unbuildable(world, name, kustomization, was)];
    if (was === undefined || !isBuilt(was) || isBuilt(kustomization) || (kustomization.path === undefined && was.path !== undefined && kustomization.object.data === was.object.data)) return [];
    return [{
      class: 'kustomization-fails', severity: 'danger', title: `Flux Kustomization ${kustomization.key} fails: there is nothing at its path any more; what it applied stays as it is`, affected: [],
      evidence: evidenceOf(world, [kustomization.object.source?.file, ...was.files], NOT_FOUND),
      appliers: [world.names.applier(name, kustomization.key)],
      advice: ['remove the Flux Kustomization, too, if what it applied is to be deleted; else mend its path'],
    }];
  }));
}

const NOT_BUILT = { text: 'a Kustomization that cannot be built is not Ready, and neither applies nor prunes anything', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#ready-kustomization' };

function unbuildable(world: World, cluster: string, kustomization: FluxKustomization, was: FluxKustomization | undefined): Consequence {
  const files = [...kustomization.files, ...(was?.files ?? [])];
  const broken = files.find((file) => world.broken.has(file)); // kustomize names the same place in its own way
  return {
    class: 'kustomization-fails', severity: 'danger', title: `Flux Kustomization ${kustomization.key} ${was === undefined ? 'cannot' : 'can no longer'} be built: ${broken === undefined ? kustomization.failure! : world.broken.get(broken)!}`, affected: [],
    evidence: evidenceOf(world, broken === undefined ? files : [broken], NOT_BUILT),
    appliers: [world.names.applier(cluster, kustomization.key)],
    advice: ['mend what it says: until then Flux applies nothing of it, and deletes nothing'],
  };
}
