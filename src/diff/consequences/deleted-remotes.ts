import type { FluxKustomization } from '../../model/flux-kustomization';
import type { State } from '../state';
import type { Consequence, Rule } from './consequence';
import { clusterPairs } from './cluster-pairs';
import { prunes } from './pruned-objects';
import { evidenceOf, type World } from './world';

const RULE: Rule = { text: 'what leaves a Flux Kustomization with prune: true is deleted from the cluster, wherever it was fetched from', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune' };

/** What a Flux Kustomization no longer fetches: its objects are not in the repository, and go all the same. Another version of a release comes in its place. */
export function deletedRemotes(world: World): Consequence[] {
  return clusterPairs(world).flatMap(({ name, before, after }) => before.kustomizations.flatMap((was): Consequence[] => {
    const is = after.kustomizations.find(({ key }) => key === was.key);
    if (is === undefined || !prunes(is) || was.objects.some(({ fetchedFrom }) => fetchedFrom !== undefined)) return [];
    const still = new Set(remotes(is, world.after).map(withoutVersion));
    return remotes(was, world.before).filter((url) => !still.has(withoutVersion(url))).map((url): Consequence => ({
      class: 'object-deleted', severity: 'danger', title: `deletes all that comes from ${url}`, affected: [],
      evidence: evidenceOf(world, [...was.files, was.object.source?.file], RULE),
      appliers: [world.names.applier(name, was.key)], advice: ['--rendered tells what that is, after: fluxwright upstream fetch'],
    }));
  }));
}

function remotes({ path }: FluxKustomization, { walker }: State): string[] {
  return path === undefined ? [] : walker.walk(path).remote.map(({ reference }) => reference.target);
}

function withoutVersion(url: string): string {
  return url.replace(/v?\d+(\.\d+)+[\w.-]*?(?=[/?&]|\.ya?ml|$)/g, '').replace(/\?ref=.*$/, '');
}
