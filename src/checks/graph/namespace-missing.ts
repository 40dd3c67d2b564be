import { at, textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import { matchesObject } from '../object-pattern';
import { slip } from '../references/name-typo';
import type { Report, Rule } from '../rule';
import { dependsOnUnknown, namedIn, openKustomizations, orderOf, place, type Named } from './cluster-facts';

export const namespaceMissing: Rule = {
  id: 'namespace-missing',
  severity: 'warning',
  why: 'An object in a namespace that does not exist is refused, and its whole Kustomization with it.',
  example: `kind: ConfigMap
metadata:
  namespace: shp # the Namespace is called "shop"`,
  fix: 'add a Namespace object to what the Kustomization applies; or, if something outside this repository creates the namespace, list it under "outsiders" in fluxwright.yaml',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',

  *find(context) {
    for (const cluster of context.clusters) {
      const told = new Set<string>();
      for (const kustomization of cluster.kustomizations) yield* missing(context, cluster, kustomization, told);
    }
  },
};

/** Those of every cluster, and Flux's own. */
export const KNOWN_NAMESPACES = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);

/** One report for each namespace of a Kustomization, at the first object in it; one for a whole cluster, where nothing creates it. */
function* missing(context: CheckContext, cluster: Cluster, kustomization: FluxKustomization, told: Set<string>): Generator<Report> {
  const creators = creatorsOf(cluster);
  let before: ReadonlySet<FluxKustomization> | undefined;
  for (const [namespace, [first, ...more]] of byNamespace(kustomization)) {
    if (KNOWN_NAMESPACES.has(namespace) || isPlaceholder(namespace) || creators.byHand.has(namespace)) continue;
    if (context.settings.outsiders.some((pattern) => matchesObject(pattern, { kind: 'Namespace', namespace: undefined, name: namespace }))) continue;
    const from = creators.applied.get(namespace) ?? [];
    if (from.includes(kustomization)) continue;
    const earlier = (before ??= orderOf(cluster).before(kustomization));
    if (from.some((one) => earlier.has(one)) || (from.length > 0 && dependsOnUnknown(cluster, kustomization))) continue;
    const candidates = from.length > 0 ? [] : [...creators.applied.keys(), ...creators.byHand, ...KNOWN_NAMESPACES];
    const isSlip = candidates.some((one) => slip(namespace, one) === 'sure');
    if (!isSlip && openKustomizations(context, cluster).some((one) => from.length === 0 || one === kustomization || earlier.has(one))) continue;
    if (from.length === 0 && told.has(namespace)) continue;
    told.add(namespace);
    const others = more.length === 0 ? '' : more.length === 1 ? `, as does 1 more object of ${kustomization.key}` : `, as do ${more.length} more objects of ${kustomization.key}`;
    const nearest = nearestTo(namespace, candidates);
    yield {
      at: { object: first!.object, path: ['metadata', 'namespace'] },
      message: from.length > 0
        ? `lies in the namespace ${namespace}, which ${from[0]!.key} creates, and ${kustomization.key} does not depend on that${others}`
        : `lies in the namespace ${namespace}, which nothing in this cluster creates${others}`,
      fix: from.length > 0 ? `add "- name: ${from[0]!.name}" to dependsOn of ${kustomization.key}` : nearest === undefined ? undefined : `write "namespace: ${nearest}", if that is meant, or add a Namespace object`,
      in: place(cluster, kustomization),
    };
  }
}

function byNamespace(kustomization: FluxKustomization): ReadonlyMap<string, readonly Named[]> {
  const found = new Map<string, Named[]>();
  for (const named of namedIn(kustomization)) {
    const { namespace, kind } = named.identity;
    if (namespace === undefined || namespace === '' || kind === 'Namespace') continue;
    const same = found.get(namespace);
    if (same === undefined) found.set(namespace, [named]);
    else same.push(named);
  }
  return found;
}

/** What makes each namespace: Namespace objects, and HelmReleases that make the one they install to. */
export const creatorsOf = memoized((cluster: Cluster) => {
  const applied = new Map<string, FluxKustomization[]>();
  const byHand = new Set<string>(cluster.byHand.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name));
  for (const kustomization of cluster.kustomizations) {
    // whoever applies a Kustomization by hand has made its namespace
    if (kustomization.parent === undefined) byHand.add(kustomization.namespace);
    for (const { object, identity } of namedIn(kustomization)) {
      const namespace = object.kind === 'Namespace' && object.group === '' ? identity.name : createdByRelease(object.kind, object.data, identity.namespace);
      if (namespace !== undefined) applied.set(namespace, [...(applied.get(namespace) ?? []), kustomization]);
    }
  }
  return { applied, byHand };
});

/** The namespace that a HelmRelease makes; its own has to be there before it. */
function createdByRelease(kind: string, data: unknown, own: string | undefined): string | undefined {
  const target = textAt(data, 'spec.targetNamespace');
  return kind === 'HelmRelease' && at(data, 'spec.install.createNamespace') === true && target !== own ? target : undefined;
}
