import type { AppliedObject } from '../../model/applied-object';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import { identityTitle } from '../../model/source-object';
import { isSource, sourceReference, type SourceReference } from '../../model/sources';
import { nearestTo } from '../../nearest';
import type { CheckContext } from '../check-context';
import { matchesObject } from '../object-pattern';
import type { Report, Rule } from '../rule';
import { isInBrokenFile, isSettled, place } from './cluster-facts';
import { helmReleasesOf } from './helm-releases';
import { chartSource, lostKustomizations, sourceKey, sourcesOf } from './sources-of-cluster';

export const sourceMissing: Rule = {
  id: 'source-missing',
  severity: 'error',
  why: 'A Kustomization or HelmRelease whose source does not exist never gets anything to apply.',
  example: `spec:
  sourceRef:
    kind: GitRepository
    name: flux-sytem # the GitRepository is called "flux-system"`,
  fix: 'name a source that the cluster has, with its namespace if that is another, or add the source to what Flux applies',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference',

  *find(context) {
    for (const cluster of context.clusters) {
      const found = new Map<string, Missing[]>();
      for (const missing of missingIn(context, cluster)) found.set(sourceKey(missing.reference), [...(found.get(sourceKey(missing.reference)) ?? []), missing]);
      for (const [first, ...more] of found.values()) yield told(context, cluster, first!, more.length);
    }
  },
};

/** An object that names a source which is not there. */
interface Missing {
  readonly object: AppliedObject;
  readonly applier: FluxKustomization;
  readonly reference: SourceReference;
  readonly path: readonly string[];
}

function* missingIn(context: CheckContext, cluster: Cluster): Generator<Missing> {
  for (const kustomization of cluster.kustomizations) {
    const { object, data, namespace, parent } = kustomization;
    if (object.kind !== 'Kustomization' || object.source?.kind === 'FluxInstance' || !isSettled(context, parent, object, 'sourceRef')) continue;
    const reference = sourceReference(data, namespace);
    if (isMissing(context, cluster, reference)) yield { object, applier: kustomization, reference, path: ['spec', 'sourceRef'] };
  }
  for (const { object, kustomization, namespace } of helmReleasesOf(cluster)) {
    const source = chartSource(object.data, namespace);
    if (source === undefined || !['sourceRef', 'chartRef'].every((field) => isSettled(context, kustomization, object, field))) continue;
    if (isMissing(context, cluster, source.reference)) yield { object, applier: kustomization, ...source };
  }
}

function isMissing(context: CheckContext, cluster: Cluster, reference: SourceReference): boolean {
  const { kind, namespace, name } = reference;
  if (name === '' || isPlaceholder(`${name}${namespace}${kind}`) || sourcesOf(cluster).has(sourceKey(reference)) || isInBrokenFile(context, name)) return false;
  return !context.settings.outsiders.some((pattern) => matchesObject(pattern, reference));
}

/** One report for each source, at the first that names it. */
function told(context: CheckContext, cluster: Cluster, { object, applier, reference, path }: Missing, more: number): Report {
  const fix = fixFor(context, reference, sourcesOf(cluster));
  const lost = lostKustomizations(cluster);
  return {
    at: { object, path },
    message: `names the ${reference.kind} ${reference.namespace}/${reference.name}, which does not exist in this cluster${more === 0 ? '' : more === 1 ? ', as does 1 more object' : `, as do ${more} more objects`}`,
    fix,
    // one that is built elsewhere may apply anything; but hardly what a slip of the pen would call so
    severity: fix === undefined && cluster.kustomizations.some((one) => one.path === undefined && !lost.has(one)) ? 'warning' : 'error',
    in: place(cluster, applier),
  };
}

function fixFor({ repository }: CheckContext, reference: SourceReference, known: ReadonlySet<string>): string | undefined {
  const { kind, namespace, name } = reference;
  const keys = [...known].map((key) => key.split('/') as [string, string, string]);
  const elsewhere = keys.find(([ofKind, , called]) => ofKind === kind && called === name);
  if (elsewhere !== undefined) return `add "namespace: ${elsewhere[1]}": the ${kind} lies there`;
  const otherKind = keys.find(([, of, called]) => of === namespace && called === name);
  if (otherKind !== undefined) return `write "kind: ${otherKind[0]}": that is what ${namespace}/${name} is`;
  const nearest = nearestTo(name, keys.filter(([ofKind]) => ofKind === kind).map(([, , called]) => called));
  if (nearest !== undefined) return `write "name: ${nearest}", if that is meant`;
  const unapplied = repository.objects.find((object) => isSource(reference, object));
  return unapplied === undefined ? undefined : `have Flux apply ${unapplied.file}: ${identityTitle(unapplied)} lies there, and no Kustomization of this cluster builds it`;
}
