import type { AppliedObject } from '../../model/applied-object';
import type { Repository } from '../../model/repository';
import type { FindSource, VariableSource } from './variables';

/**
 * Finds ConfigMaps and Secrets that variables come from: among what the cluster has, as far as that is known, the latest list
 * last; else anywhere in the tree, where that of the nearest folder is taken for the cluster's.
 */
export function sourceFinder(known: readonly (readonly AppliedObject[])[], repository: Repository, from: string): FindSource {
  return ({ kind, namespace, name }) => {
    const isIt = (one: VariableSource): boolean => one.group === '' && one.kind === kind && one.name === name && (one.namespace ?? namespace) === namespace;
    for (const objects of known) {
      const found = objects.find(isIt);
      if (found !== undefined) return found;
    }
    // not yet applied at this point: another Kustomization may bring it, or a kustomization.yaml moves it to its namespace
    const written = repository.objects.filter((one) => isIt({ ...one, namespace: one.namespace ?? namespace }));
    return written.sort((a, b) => sharedLength(b.file, from) - sharedLength(a.file, from))[0];
  };
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
