import { textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { Repository } from '../../model/repository';
import type { SourceObject } from '../../model/source-object';
import { isSource, sourceReference } from '../../model/sources';
import { baseName, directoryOf, relativePath } from '../../tree/path';

/** How Flux gets into a cluster and learns of the tree. */
export type Entry =
  /** `flux bootstrap`, which writes gotk-components and gotk-sync and applies them. */
  | { readonly by: 'flux-bootstrap'; readonly directory: string; readonly sync: FluxKustomization | undefined; readonly source: Source | undefined }
  /** The Flux operator, told by a FluxInstance. */
  | { readonly by: 'flux-operator'; readonly instance: SourceObject }
  /** The Flux operator, whose FluxInstance the chart `flux-instance` makes. */
  | { readonly by: 'flux-instance-chart'; readonly release: SourceObject }
  /** Somebody with kubectl. */
  | { readonly by: 'hand' };

/** Where the tree lies for the cluster, as far as its own source says. */
export interface Source {
  readonly url: string | undefined;
  readonly branch: string | undefined;
}

export function entryOf(cluster: Cluster, repository: Repository): Entry {
  const roots = cluster.kustomizations.filter(({ parent }) => parent === undefined);
  const instance = roots.map(({ object }) => object.source).find((source) => source?.kind === 'FluxInstance');
  if (instance !== undefined) return { by: 'flux-operator', instance };
  const sync = roots.find(({ object }) => object.source !== undefined && baseName(object.source.file) === 'gotk-sync.yaml');
  if (sync !== undefined) {
    const folder = directoryOf(sync.object.source!.file);
    return { by: 'flux-bootstrap', directory: baseName(folder) === sync.namespace ? directoryOf(folder) : folder, sync, source: sourceOf(sync, repository) };
  }
  const release = cluster.kustomizations.flatMap(({ objects }) => objects).find(({ kind, name, data, source }) => (kind === 'HelmRelease' || kind === 'ResourceSet') && source !== undefined && [textAt(data, 'spec.chart.spec.chart'), textAt(data, 'spec.chartRef.name'), name].includes('flux-instance'))?.source;
  if (release !== undefined) return { by: 'flux-instance-chart', release };
  return awaitsBootstrap(cluster, roots, repository) ? { by: 'flux-bootstrap', directory: cluster.name, sync: undefined, source: undefined } : { by: 'hand' };
}

/** Before its first bootstrap, a cluster's folder has Kustomizations whose source is the one that bootstrap will make. */
function awaitsBootstrap(cluster: Cluster, roots: readonly FluxKustomization[], repository: Repository): boolean {
  if (roots.length === 0) return false;
  const isMade = repository.objects.some(({ group, kind, name }) => group === 'source.toolkit.fluxcd.io' && kind === 'GitRepository' && name === 'flux-system');
  return !isMade && roots.every(({ data, namespace, object }) => {
    const { kind, name } = sourceReference(data, namespace);
    return kind === 'GitRepository' && name === 'flux-system' && object.source !== undefined && liesBelow(object.source.file, cluster.name);
  });
}

function sourceOf({ data, namespace, object }: FluxKustomization, repository: Repository): Source {
  const reference = sourceReference(data, namespace);
  const found = repository.objectsIn(object.source!.file).find((one) => isSource(reference, one));
  return { url: textAt(found?.data, 'spec.url'), branch: textAt(found?.data, 'spec.ref.branch') };
}

export function liesBelow(file: string, directory: string): boolean {
  return directory === '' || file.startsWith(`${directory}/`);
}

/** A directory as Flux's paths are written: from where they begin. */
export function fluxPath({ root }: Cluster, directory: string): string {
  const path = relativePath(root, directory);
  return path === '.' ? './' : `./${path}`;
}
