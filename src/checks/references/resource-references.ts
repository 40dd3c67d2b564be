import { at, isMapping, listAt, mappingAt, textAt, type Data, type Step } from '../../model/fields';
import { isPostgresCluster } from '../../model/postgres-clusters';
import { issuerSecrets } from './issuer-secrets';
import { attachedGateways, istioGateways } from './route-references';
import { SECRET, SERVICE, STORAGE_CLASS, targetKind, type ObjectReference } from './object-reference';

type Resource = { readonly group: string; readonly kind: string; readonly data: Data };

/** What other objects name: targets of autoscalers, classes of volumes, stores, issuers, credentials of databases. */
export function resourceReferences(object: Resource, namespace: string): ObjectReference[] {
  const { group, kind, data } = object;
  if (group === 'autoscaling' && kind === 'HorizontalPodAutoscaler') return scaled(data, ['spec', 'scaleTargetRef'], namespace);
  if (group === 'autoscaling.k8s.io' && kind === 'VerticalPodAutoscaler') return scaled(data, ['spec', 'targetRef'], namespace);
  if (group === 'keda.sh' && kind === 'ScaledObject') return scaled(data, ['spec', 'scaleTargetRef'], namespace);
  if (group === 'flagger.app' && kind === 'Canary') return [
    ...scaled(data, ['spec', 'targetRef'], namespace), ...scaled(data, ['spec', 'autoscalerRef'], namespace),
    ...istioGateways(data, ['spec', 'service', 'gateways'], namespace), ...attachedGateways(listAt(data, 'spec.service.gatewayRefs'), ['spec', 'service', 'gatewayRefs'], namespace),
  ];
  if (group === 'cert-manager.io' || group === 'networking.k8s.io' || group === 'gateway.networking.k8s.io') return certificateReferences(object, namespace);
  if (group === 'external-secrets.io') return storeReferences(data, namespace);
  if (isPostgresCluster(object)) return [...databaseReferences(data, namespace), ...storageClass(data, ['spec', 'storage', 'storageClass'])];
  if (group === 'barmancloud.cnpg.io') return secretKeys(mappingAt(data, 'spec'), ['spec'], namespace);
  if (group === '' && kind === 'PersistentVolumeClaim') return storageClass(data, ['spec', 'storageClassName']);
  if (group === '' && kind === 'ServiceAccount') return listAt(data, 'imagePullSecrets').flatMap((secret, index) => secretNamed(secret, ['imagePullSecrets', index], namespace, true));
  if (group === 'apps' && kind === 'StatefulSet') {
    const service = textAt(data, 'spec.serviceName') ?? '';
    return [
      ...listAt(data, 'spec.volumeClaimTemplates').flatMap((_, index) => storageClass(data, ['spec', 'volumeClaimTemplates', index, 'spec', 'storageClassName'])),
      ...(service === '' ? [] : [{ target: SERVICE, name: service, namespace, path: ['spec', 'serviceName'], neededBy: 'resource' as const }]),
    ];
  }
  return [];
}

function scaled(data: Data, path: readonly Step[], namespace: string): ObjectReference[] {
  const [name, kind] = [textAt(data, [...path, 'name']), textAt(data, [...path, 'kind']) ?? 'Deployment'];
  return name === undefined || name === '' ? [] : [{ target: targetKind(textAt(data, [...path, 'apiVersion']), kind), name, namespace, path: [...path, 'name'], neededBy: 'resource' }];
}

function certificateReferences({ group, kind, data }: Resource, namespace: string): ObjectReference[] {
  if (kind === 'Certificate' || kind === 'CertificateRequest') {
    const issuer = mappingAt(data, 'spec.issuerRef');
    return (textAt(issuer, 'group') ?? 'cert-manager.io') !== 'cert-manager.io' ? [] : issuerNamed(textAt(issuer, 'kind') ?? 'Issuer', textAt(issuer, 'name'), namespace, ['spec', 'issuerRef', 'name']);
  }
  if (group === 'cert-manager.io') return kind === 'Issuer' ? issuerSecrets(data, namespace) : [];
  if (kind !== 'Ingress' && kind !== 'Gateway') return [];
  const annotations = ['metadata', 'annotations'];
  if (textAt(data, [...annotations, 'cert-manager.io/issuer-group']) !== undefined) return [];
  return [
    ...issuerNamed('ClusterIssuer', textAt(data, [...annotations, 'cert-manager.io/cluster-issuer']), namespace, [...annotations, 'cert-manager.io/cluster-issuer']),
    ...issuerNamed('Issuer', textAt(data, [...annotations, 'cert-manager.io/issuer']), namespace, [...annotations, 'cert-manager.io/issuer']),
  ];
}

function issuerNamed(kind: string, name: string | undefined, namespace: string, path: readonly Step[]): ObjectReference[] {
  if (name === undefined || name === '' || (kind !== 'Issuer' && kind !== 'ClusterIssuer')) return [];
  return [{ target: { group: 'cert-manager.io', kind }, name, namespace: kind === 'Issuer' ? namespace : undefined, path, neededBy: 'resource' }];
}

function storeReferences(data: Data, namespace: string): ObjectReference[] {
  return ['spec', 'spec.externalSecretSpec'].flatMap((owner) => {
    const path = [...owner.split('.'), 'secretStoreRef'];
    const [name, kind] = [textAt(data, [...path, 'name']), textAt(data, [...path, 'kind']) ?? 'SecretStore'];
    if (name === undefined || name === '' || (kind !== 'SecretStore' && kind !== 'ClusterSecretStore')) return [];
    return [{ target: { group: 'external-secrets.io', kind }, name, namespace: kind === 'SecretStore' ? namespace : undefined, path: [...path, 'name'], neededBy: 'resource' as const }];
  });
}

/** What a CNPG Cluster has to find before it starts. */
function databaseReferences(data: Data, namespace: string): ObjectReference[] {
  return [
    ...secretField(data, ['spec', 'superuserSecret', 'name'], namespace),
    ...secretField(data, ['spec', 'bootstrap', 'initdb', 'secret', 'name'], namespace),
    ...listAt(data, 'spec.managed.roles').flatMap((_, index) => secretField(data, ['spec', 'managed', 'roles', index, 'passwordSecret', 'name'], namespace)),
    ...listAt(data, 'spec.imagePullSecrets').flatMap((secret, index) => secretNamed(secret, ['spec', 'imagePullSecrets', index], namespace, true)),
    ...secretKeys(mappingAt(data, 'spec.backup'), ['spec', 'backup'], namespace),
    ...listAt(data, 'spec.externalClusters').flatMap((external, index) => secretKeys(external, ['spec', 'externalClusters', index], namespace)),
  ];
}

/** Every `{name, key}` below: how CNPG names a key of a Secret. */
function secretKeys(value: unknown, path: readonly Step[], namespace: string, depth = 0): ObjectReference[] {
  if (depth > 8) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => secretKeys(item, [...path, index], namespace, depth + 1));
  if (!isMapping(value)) return [];
  const [name, key] = [textAt(value, 'name'), textAt(value, 'key')];
  if (name !== undefined && key !== undefined) return [{ target: SECRET, name, namespace, path: [...path, 'name'], neededBy: 'resource', keys: [{ key, path: [...path, 'key'] }] }];
  return Object.entries(value).flatMap(([field, child]) => secretKeys(child, [...path, field], namespace, depth + 1));
}

function secretNamed(owner: unknown, path: readonly Step[], namespace: string, isOftenHandmade = false): ObjectReference[] {
  const name = textAt(owner, 'name');
  return name === undefined || name === '' ? [] : [{ target: SECRET, name, namespace, path: [...path, 'name'], neededBy: 'resource', isOftenHandmade }];
}

function secretField(data: Data, path: readonly Step[], namespace: string): ObjectReference[] {
  const name = textAt(data, path);
  return name === undefined || name === '' ? [] : [{ target: SECRET, name, namespace, path, neededBy: 'resource' }];
}

function storageClass(data: Data, path: readonly Step[]): ObjectReference[] {
  const name = at(data, path);
  return typeof name !== 'string' || name === '' ? [] : [{ target: STORAGE_CLASS, name, namespace: undefined, path, neededBy: 'resource' }];
}
