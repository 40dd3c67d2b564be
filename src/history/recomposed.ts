import { isKustomizationPath } from '../model/kustomization-file';
import type { Arrival } from './arrival';
import type { Scope } from './scope';

/**
 * Whether a part of a tree may be told to have had what it took in later: a scope holds what it is made from at one time,
 * and something was added to it after files elsewhere changed.
 * @param arrivals newest first
 */
export function mayBeRecomposed(arrivals: readonly Arrival[], scope: Scope): boolean {
  const latest = arrivals.findIndex(({ files }) => files.some(({ path, before }) => (scope.isElsewhere(path) ? isKustomizationPath(path) && before !== undefined : isKustomizationPath(path) || before === undefined)));
  return latest >= 0 && arrivals.slice(latest + 1).some(({ files }) => files.some(({ path }) => scope.isElsewhere(path)));
}
