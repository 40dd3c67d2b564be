import { isKustomizationPath } from '../../model/kustomization-file';
import { identityTitle } from '../../model/source-object';
import type { Consequence } from './consequence';
import { dataOf } from './deleted-objects';
import type { PrunedObjects } from './pruned-objects';
import { evidenceOf, type World } from './world';

const RULE = { text: 'the former Kustomization prunes what left it, and the new one applies it, in either order: if the former comes first, the object is deleted and made anew', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune' };

/** Objects that another Flux Kustomization applies from now on, by the two. */
export function movedObjects(world: World, { moved, ended }: PrunedObjects): Consequence[] {
  const groups = new Map<string, typeof moved[number][]>();
  for (const one of moved) {
    if (ended.some(({ kustomization }) => kustomization === one.before.by)) continue; // told with its end
    const key = `${one.cluster}\0${one.before.by.key}\0${one.after.by.key}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group): Consequence => {
    const [{ cluster, before, after }] = group as [typeof moved[number]];
    const titles = group.map((one) => `${identityTitle(one.before.object)}${dataOf(one.before.object) === undefined ? '' : ', which holds data'}`);
    const what = group.length === 1 ? identityTitle(before.object) : `${group.length} objects`;
    const files = [...group.flatMap((one) => [one.before.object.source?.file, one.after.object.source?.file]), ...[...before.by.files, ...after.by.files].filter(isKustomizationPath), before.by.object.source?.file, after.by.object.source?.file];
    return {
      class: 'moved-between-kustomizations',
      severity: group.some((one) => MATTERS.has(one.before.object.kind) || dataOf(one.before.object) !== undefined) ? 'danger' : 'warning',
      title: `moves ${what} from Flux Kustomization ${before.by.key} to ${after.by.key}: deleted by the one and created by the other, in either order`,
      affected: group.length === 1 ? [] : titles,
      evidence: evidenceOf(world, files, RULE),
      appliers: [world.names.applier(cluster, after.by.key)],
      advice: [
        `commit first, where it is: the annotation kustomize.toolkit.fluxcd.io/prune: disabled, and wait until ${before.by.key} has applied it`,
        'commit the move, with the annotation',
        `wait until ${after.by.key} is Ready: the label kustomize.toolkit.fluxcd.io/name of the object names it then`,
        'commit without the annotation',
      ],
    };
  });
}

/** Kinds that people notice the absence of. */
const MATTERS: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition', 'Deployment', 'StatefulSet', 'DaemonSet', 'Service', 'Ingress', 'HelmRelease', 'Kustomization', 'Gateway', 'HTTPRoute', 'VirtualService']);
