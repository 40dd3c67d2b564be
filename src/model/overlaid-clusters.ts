import type { AppliedObject } from './applied-object';
import { isMapping, mapping, textAt, type Data } from './fields';
import { referencesOf, resolveTarget, type KustomizationFile } from './kustomization-file';
import { isPostgresCluster } from './postgres-clusters';
import type { Repository } from './repository';
import { isSetAside } from './set-aside';
import { Walker } from './walk';

/**
 * CNPG Clusters of overlays that no Flux Kustomization builds yet, such as those that branches or restores are made from: the
 * base, with what the overlay's patch says. They count as written in the patch.
 */
export function overlaidClusters(repository: Repository, reached: ReadonlySet<string>): AppliedObject[] {
  const walker = new Walker(repository);
  return [...repository.kustomizations.values()].flatMap((kustomization) => {
    if (reached.has(kustomization.path) || kustomization.isComponent || isSetAside(kustomization.path)) return [];
    return patchedClusters(kustomization, repository).flatMap((patch): AppliedObject[] => {
      const base = walker.walk(kustomization.directory).objects.find((object) => isPostgresCluster(object) && object.name === patch.name);
      const namespace = textAt(kustomization.data, 'namespace') ?? base?.namespace;
      return base === undefined ? [] : [{ ...patch, namespace, data: mapping(merged(base.data, patch.data)), source: patch }];
    });
  });
}

function patchedClusters(kustomization: KustomizationFile, repository: Repository): ReturnType<Repository['objectsIn']> {
  return referencesOf(kustomization).flatMap(({ target, role }) => {
    const path = role === 'patches' ? resolveTarget(kustomization.directory, target) : undefined;
    return path === undefined ? [] : repository.objectsIn(path).filter(isPostgresCluster);
  });
}

/** As kustomize merges into kinds that it does not know: mappings by key, all else as a whole. */
function merged(base: unknown, patch: unknown): unknown {
  if (!isMapping(base) || !isMapping(patch)) return patch;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch satisfies Data)) {
    if (value === null) delete result[key];
    else result[key] = key in base ? merged(base[key], value) : value;
  }
  return result;
}
