import type { FluxRelease } from '../flux/releases';
import { releaseOf } from '../flux/served-versions';
import { listAt, mappingAt, textAt } from './fields';
import type { Cluster } from './flux-kustomization';
import type { Repository } from './repository';

/** Which Flux a cluster runs, and where that stands. */
export interface InstalledFlux {
  readonly release: FluxRelease;
  readonly file: string;
}

/**
 * The Flux release of a cluster, from what its tree installs: gotk-components, or the version of a FluxInstance. Undefined
 * where the tree does not tell.
 */
export function installedFlux(cluster: Cluster, repository: Repository): InstalledFlux | undefined {
  const applied = [...cluster.kustomizations.flatMap(({ objects }) => objects), ...cluster.byHand];
  for (const { group, kind, data, source } of applied) {
    if (source === undefined) continue;
    const version = group === 'fluxcd.controlplane.io' && kind === 'FluxInstance' ? textAt(data, 'spec.distribution.version') : componentVersion(kind, data);
    const release = version === undefined ? undefined : releaseOf(version);
    if (release !== undefined) return { release, file: source.file };
  }
  return beside(cluster, repository);
}

/** Flux labels all that it installs with its own version. */
function componentVersion(kind: string, data: Readonly<Record<string, unknown>>): string | undefined {
  if (kind !== 'Namespace' && kind !== 'Deployment' && kind !== 'CustomResourceDefinition') return undefined;
  const labels = mappingAt(data, 'metadata.labels');
  return labels['app.kubernetes.io/part-of'] === 'flux' ? textAt(labels, ['app.kubernetes.io/version']) : undefined;
}

/** gotk-components.yaml beside a sync file that a person applies. */
function beside({ kustomizations }: Cluster, repository: Repository): InstalledFlux | undefined {
  for (const { files } of kustomizations) {
    for (const file of files) {
      if (!file.endsWith('gotk-components.yaml')) continue;
      const source = repository.tree.get(file);
      const version = source?.type === 'manifests' ? /^# Flux Version: (\S+)/m.exec(source.text)?.[1] : undefined;
      const release = version === undefined ? undefined : releaseOf(version);
      if (release !== undefined) return { release, file };
    }
  }
  return undefined;
}

/** The versions that a CRD among the applied objects serves, by `group/Kind`. */
export function servedByTree(cluster: Cluster): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { kind, data } of cluster.kustomizations.flatMap(({ objects }) => objects)) {
    if (kind !== 'CustomResourceDefinition') continue;
    const [group, of] = [textAt(data, 'spec.group'), textAt(data, 'spec.names.kind')];
    found.set(`${group}/${of}`, listAt(data, 'spec.versions').flatMap((version) => (mappingAt({ version }, 'version')['served'] === true ? [textAt(version, 'name') ?? ''] : [])));
  }
  return found;
}
