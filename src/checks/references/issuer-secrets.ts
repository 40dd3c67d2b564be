import { isMapping, mappingAt, textAt, type Data, type Step } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import { memoized } from '../memoized';
import { SECRET, type ObjectReference } from './object-reference';
import { releasesOf, subjectsOf } from './subjects';

/**
 * The Secrets that an Issuer or ClusterIssuer reads: of its solvers, of Vault, of its own authority. The key of its ACME
 * account is made, and what a webhook is configured by is that webhook's affair.
 */
export function issuerSecrets(issuer: Data, namespace: string | undefined): ObjectReference[] {
  const found: ObjectReference[] = [];
  const enter = (name: string | undefined, key: string | undefined, path: readonly Step[]): void => {
    if (name !== undefined && name !== '') found.push({ target: SECRET, name, namespace, path: [...path, 'name'], neededBy: 'resource', ...(key === undefined ? {} : { keys: [{ key, path: [...path, 'key'] }] }) });
  };
  const visit = (value: unknown, path: readonly Step[]): void => {
    if (path.length > 12) return;
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
    if (!isMapping(value)) return;
    for (const [field, child] of Object.entries(value)) {
      if (field === 'privateKeySecretRef' || field === 'webhook') continue;
      if (/secretRef$/i.test(field) && isMapping(child)) enter(textAt(child, 'name'), textAt(child, 'key'), [...path, field]);
      else visit(child, [...path, field]);
    }
  };
  visit(mappingAt(issuer, 'spec'), ['spec']);
  const own = textAt(issuer, 'spec.ca.secretName') ?? '';
  return own === '' ? found : [...found, { target: SECRET, name: own, namespace, path: ['spec', 'ca', 'secretName'], neededBy: 'resource' }];
}

/** Where cert-manager looks for the Secrets of a ClusterIssuer: beside itself, unless it is told otherwise; undefined if that is not known. */
export const clusterIssuerNamespace = memoized((cluster: Cluster): string | undefined => {
  const release = releasesOf(cluster).find(({ chart }) => chart === 'cert-manager');
  if (release !== undefined) return textAt(release.subject.object.data, 'spec.values.clusterResourceNamespace') ?? release.namespace;
  const controller = subjectsOf(cluster).find(({ identity }) => identity.kind === 'Deployment' && identity.name === 'cert-manager');
  return JSON.stringify(controller?.object.data ?? '').includes('--cluster-resource-namespace=$(POD_NAMESPACE)') ? controller?.identity.namespace : undefined;
});
