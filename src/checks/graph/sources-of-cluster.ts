import { isArtifactGenerator } from '../../model/artifact-generators';
import { listAt, mappingAt, textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { sourceReference, type SourceReference } from '../../model/sources';
import { memoized } from '../memoized';
import { namedIn } from './cluster-facts';

/** Every source that a cluster has, by `Kind/namespace/name`: those that are applied, and those that it has from elsewhere. */
export const sourcesOf = memoized((cluster: Cluster): ReadonlySet<string> => {
  const found = new Set<string>();
  const enter = (kind: string, namespace: string | undefined, name: string): void => void found.add(sourceKey({ kind, namespace: namespace ?? 'flux-system', name }));
  const applied = [...cluster.kustomizations.flatMap((one) => namedIn(one).map(({ object, identity }) => ({ ...identity, data: object.data }))), ...cluster.byHand];
  for (const { group, kind, namespace, name, data } of applied) {
    if (group === 'source.toolkit.fluxcd.io') enter(kind, namespace, name);
    if (isArtifactGenerator({ group, kind })) for (const artifact of listAt(data, 'spec.artifacts')) enter('ExternalArtifact', namespace, textAt(artifact, 'name') ?? '');
    if (kind === 'FluxInstance') enter(textAt(data, 'spec.sync.kind') ?? 'GitRepository', namespace, textAt(data, 'spec.sync.name') ?? namespace ?? 'flux-system');
    if (kind === 'ResourceSet') for (const resource of listAt(data, 'spec.resources')) enter(textAt(resource, 'kind') ?? '', textAt(resource, 'metadata.namespace'), textAt(resource, 'metadata.name') ?? '');
  }
  for (const key of fromElsewhere(cluster, found)) found.add(key);
  return found;
});

export function sourceKey({ kind, namespace, name }: SourceReference): string {
  return `${kind}/${namespace}/${name}`;
}

/**
 * What a cluster begins with stands in no file before flux bootstrap has run: the source of its first Kustomizations, and
 * of most others. Where these differ, the first are the ones that are mistaken.
 */
function fromElsewhere(cluster: Cluster, known: ReadonlySet<string>): string[] {
  const counts = new Map<string, number>();
  let [beginsElsewhere, beginsHere] = [false, false];
  for (const { data, namespace, parent, object } of cluster.kustomizations) {
    const key = sourceKey(sourceReference(data, namespace));
    if (object.kind !== 'Kustomization') continue;
    if (parent === undefined && known.has(key)) beginsHere = true;
    if (known.has(key)) continue;
    beginsElsewhere ||= parent === undefined;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (!beginsElsewhere || beginsHere) return [];
  const bootstrap = [...counts.keys()].filter((key) => /^(GitRepository|OCIRepository|Bucket)\/[^/]+\/flux-system$/.test(key));
  if (bootstrap.length > 0) return bootstrap;
  const most = Math.max(0, ...counts.values());
  return [...counts].filter(([key, count]) => count === most && !key.startsWith('ExternalArtifact/')).map(([key]) => key);
}

/** Kustomizations whose source does not exist: nothing is built for them, wherever their paths seem to lead. */
export const lostKustomizations = memoized((cluster: Cluster): ReadonlySet<FluxKustomization> => {
  const known = sourcesOf(cluster);
  return new Set(cluster.kustomizations.filter(({ object, data, namespace }) => object.kind === 'Kustomization' && !known.has(sourceKey(sourceReference(data, namespace)))));
});

/** The source of a HelmRelease's chart, with where the release names it. */
export function chartSource(data: unknown, namespace: string): { readonly reference: SourceReference; readonly path: readonly string[] } | undefined {
  for (const path of [['spec', 'chart', 'spec', 'sourceRef'], ['spec', 'chartRef']]) {
    const written = mappingAt(data, path);
    const [kind, name] = [textAt(written, 'kind'), textAt(written, 'name')];
    if (kind !== undefined && name !== undefined) return { reference: { kind, name, namespace: textAt(written, 'namespace') ?? namespace }, path };
  }
  return undefined;
}
