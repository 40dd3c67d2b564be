import { DEFAULT_FLUX_RELEASE, isAtLeast } from '../../flux/releases';
import { releaseOf } from '../../flux/served-versions';
import { installedFlux } from '../../model/flux-release';
import type { Cluster } from '../../model/flux-kustomization';
import type { CheckContext } from '../check-context';

/** Whether a cluster's Flux refuses variables without a value; before 2.9 it put nothing in their place. */
export function isStrict({ repository, settings }: CheckContext, cluster: Cluster): boolean {
  const release = installedFlux(cluster, repository)?.release ?? (settings.flux === undefined ? undefined : releaseOf(settings.flux)) ?? DEFAULT_FLUX_RELEASE;
  return isAtLeast(release, '2.9');
}

/** What Flux does with a variable without a value, to end a sentence. */
export function withoutValue(context: CheckContext, cluster: Cluster): string {
  return isStrict(context, cluster) ? 'Flux refuses the Kustomization' : 'nothing is put there, and Flux 2.9 refuses the Kustomization';
}
