import type { Cluster } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import { memoized } from '../memoized';
import { fluxReferences } from './flux-references';
import { clusterIssuerNamespace, issuerSecrets } from './issuer-secrets';
import type { ObjectReference } from './object-reference';
import { podReferences } from './pod-references';
import { resourceReferences } from './resource-references';
import { routeReferences, solverReferences } from './route-references';
import { subjectsOf, type Subject } from './subjects';

export interface FoundReference {
  readonly subject: Subject;
  readonly reference: ObjectReference;
}

/** Every reference of every object of a cluster of which the namespace is known. */
export const referencesOfCluster = memoized((cluster: Cluster): readonly FoundReference[] => subjectsOf(cluster).flatMap((subject) => {
  const { identity: { group, kind }, object } = subject;
  const ofIssuer = group === 'cert-manager.io' && kind === 'ClusterIssuer' ? issuerSecrets(object.data, clusterIssuerNamespace(cluster)) : [];
  return [...referencesOf(subject), ...ofIssuer].map((reference) => ({ subject, reference }));
}));

export const referencesOf = memoized(({ object, identity }: Subject): readonly ObjectReference[] => {
  const { namespace, group, kind } = identity;
  const named = { group, kind, data: object.data };
  if (namespace === undefined || isPlaceholder(namespace)) return kind === 'ClusterIssuer' ? solverReferences(named, undefined) : [];
  return [...solverReferences(named, namespace), ...podReferences(named, namespace), ...fluxReferences(named, namespace), ...routeReferences(named, namespace), ...resourceReferences(named, namespace)];
});
