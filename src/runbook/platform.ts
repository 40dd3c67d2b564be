import type { CheckContext } from '../checks/check-context';
import type { AppliedObject } from '../model/applied-object';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';

/** What a runbook is written from. */
export interface Platform {
  /** Rendered, and without what downloads would add: the same on every machine. */
  readonly context: CheckContext;
  /** The file that it will lie in, from the root. */
  readonly output: string | undefined;
  /** The file that lists ephemeral environments. */
  readonly environments: string | undefined;
}

/** An object of a cluster, with what applies it. */
export interface Running {
  readonly object: AppliedObject;
  readonly namespace: string;
  readonly cluster: Cluster;
  readonly kustomization: FluxKustomization;
}

/** All that Flux applies, cluster by cluster. */
export function running({ clusters }: CheckContext): Running[] {
  return clusters.flatMap((cluster) => cluster.kustomizations.flatMap((kustomization) => kustomization.objects.map((object) => ({ object, namespace: object.namespace ?? kustomization.namespace, cluster, kustomization }))));
}

/** The clusters' names in front, where there are several. */
export function clusterColumn({ clusters }: CheckContext): { readonly head: readonly string[]; readonly of: (cluster: Cluster) => readonly string[] } {
  return clusters.length > 1 ? { head: ['cluster'], of: ({ name }) => [`\`${name}\``] } : { head: [], of: () => [] };
}
