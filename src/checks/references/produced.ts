import { listAt, mappingAt, textAt, type Data } from '../../model/fields';
import { isPostgresCluster } from '../../model/postgres-clusters';
import type { ObjectIdentity } from '../../model/source-object';
import { CONFIG_MAP, SECRET, SERVICE, SERVICE_ACCOUNT, type TargetKind } from './object-reference';

/** An object that a controller makes because of another. */
export interface Produced {
  readonly target: TargetKind;
  readonly name: string;
  /** Undefined where it may be made in any namespace. */
  readonly namespace: string | undefined;
}

/** What controllers make of an object, by the names that their documentation gives, but for its volume claims. */
export function producedBy(identity: ObjectIdentity, data: Data): Produced[] {
  const { group, kind, name, namespace } = identity;
  const make = (target: TargetKind, ...names: readonly (string | undefined)[]): Produced[] => names.flatMap((one) => (one === undefined ? [] : [{ target, name: one, namespace }]));
  const anywhere = (target: TargetKind, one: string): Produced => ({ target, name: one, namespace: undefined });

  if (isPostgresCluster(identity)) {
    return [
      ...make(SECRET, ...['app', 'superuser', 'ca', 'server', 'replication', 'pull'].map((suffix) => `${name}-${suffix}`)),
      ...make(SERVICE, ...['rw', 'ro', 'r'].map((suffix) => `${name}-${suffix}`), ...listAt(data, 'spec.managed.services.additional').map((service) => textAt(service, 'serviceTemplate.metadata.name'))),
      ...make(SERVICE_ACCOUNT, textAt(data, 'spec.serviceAccountTemplate.metadata.name') ?? name, name),
      ...make(CONFIG_MAP, 'cnpg-default-monitoring'),
    ];
  }
  if (kind === 'Pooler' && group === 'postgresql.cnpg.io') return [...make(SERVICE, name), ...make(SERVICE_ACCOUNT, name)];
  if (kind === 'ExternalSecret') return make(textAt(data, 'spec.target.manifest.kind') === 'ConfigMap' ? CONFIG_MAP : SECRET, textAt(data, 'spec.target.name') ?? name);
  if (kind === 'ClusterExternalSecret') return [anywhere(SECRET, textAt(data, 'spec.externalSecretSpec.target.name') ?? textAt(data, 'spec.externalSecretName') ?? name)];
  if (kind === 'SealedSecret') return make(SECRET, name, textAt(data, 'spec.template.metadata.name'));
  if (kind === 'SecretProviderClass') return make(SECRET, ...listAt(data, 'spec.secretObjects').map((secret) => textAt(secret, 'secretName')));
  if (kind === 'OnePasswordItem') return make(SECRET, name);
  if (/^Vault(Static|Dynamic|PKI)Secret$/.test(kind)) return make(SECRET, textAt(data, 'spec.destination.name') ?? name);
  if (kind === 'InfisicalSecret') return make(SECRET, textAt(data, 'spec.managedSecretReference.secretName') ?? name);
  if (kind === 'Bundle' && group === 'trust.cert-manager.io') return [anywhere(CONFIG_MAP, name), anywhere(SECRET, name)];
  if (group === 'cert-manager.io') return producedByCertManager(identity, data, make);
  if (kind === 'Ingress' || (kind === 'Gateway' && group === 'gateway.networking.k8s.io')) return isCertified(data) ? make(SECRET, ...tlsSecrets(kind, data)) : [];
  if (kind === 'Canary' && group === 'flagger.app') {
    const target = mappingAt(data, 'spec.targetRef');
    const workload = { group: 'apps', kind: textAt(target, 'kind') ?? 'Deployment' };
    const [app, service] = [textAt(target, 'name') ?? name, textAt(data, 'spec.service.name') ?? textAt(target, 'name') ?? name];
    return [...make(workload, `${app}-primary`), ...make(SERVICE, service, `${service}-primary`, `${service}-canary`)];
  }
  return [];
}

/** The volume claims of instances, up to a number that nobody goes beyond: many, and hardly ever named. */
export function claimsOf({ group, kind, name }: ObjectIdentity, data: Data): string[] {
  if (isPostgresCluster({ group, kind })) return numbered(name, 1).flatMap((instance) => [instance, `${instance}-wal`]);
  if (kind !== 'StatefulSet') return [];
  return listAt(data, 'spec.volumeClaimTemplates').flatMap((template) => {
    const claim = textAt(template, 'metadata.name');
    return claim === undefined ? [] : numbered(`${claim}-${name}`, 0);
  });
}

function numbered(name: string, first: number): string[] {
  return Array.from({ length: 20 }, (_, index) => `${name}-${first + index}`);
}

function producedByCertManager({ kind, namespace }: ObjectIdentity, data: Data, make: (target: TargetKind, ...names: readonly (string | undefined)[]) => Produced[]): Produced[] {
  if (kind === 'Certificate') return make(SECRET, textAt(data, 'spec.secretName'));
  const account = textAt(data, 'spec.acme.privateKeySecretRef.name');
  return account === undefined ? [] : [{ target: SECRET, name: account, namespace }];
}

/** Whether cert-manager makes the Secrets that it names. */
export function isCertified(data: Data): boolean {
  return Object.keys(mappingAt(data, 'metadata.annotations')).some((key) => /^(cert-manager\.io|certmanager\.k8s\.io|acme\.cert-manager\.io|kubernetes\.io\/tls-acme|cert\.gardener\.cloud)/.test(key));
}

function tlsSecrets(kind: string, data: Data): string[] {
  if (kind === 'Ingress') return listAt(data, 'spec.tls').flatMap((tls) => textAt(tls, 'secretName') ?? []);
  return listAt(data, 'spec.listeners').flatMap((listener) => listAt(listener, 'tls.certificateRefs').flatMap((reference) => textAt(reference, 'name') ?? []));
}

/** Whether a controller is told, by a note on it, to copy it into other namespaces. */
export function isCopied(data: Data): boolean {
  const metadata = ['metadata', 'spec.secretTemplate', 'spec.target.template.metadata', 'spec.template.metadata'].map((path) => mappingAt(data, path));
  return metadata.some((one) => [mappingAt(one, 'annotations'), mappingAt(one, 'labels')].some((notes) => Object.keys(notes).some((key) => COPIERS.test(key))));
}

const COPIERS = /^(reflector\.v1\.k8s\.emberstack\.com|replicator\.v1\.mittwald\.de|kubed\.appscode\.com|config-syncer\.appscode\.com|generate\.kyverno\.io)/;
