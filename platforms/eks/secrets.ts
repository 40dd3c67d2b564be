import { Directory, k8s, SopsRules, StrategicMergePatch, type Decryption, type FluxSystem } from 'fluxwright';
import type { EksEnvironment } from './environment';

/**
 * A key in AWS KMS, with the role that the kustomize-controller acts as to use it; or an age key, whose private half is in the
 * Secret `sops-age`.
 */
export type DecryptionKey = { readonly awsKms: string; readonly role: string } | { readonly age: string };

/** How the environment's Kustomizations decrypt. With KMS, AWS knows the controller by its role, and no key is in the cluster. */
export function decryptionWith(key: DecryptionKey): Decryption {
  return 'awsKms' in key ? { provider: 'sops' } : { provider: 'sops', secretRef: 'sops-age' };
}

/** `.sops.yaml` of one environment: each has a key of its own, so that adding one changes no rule of another. */
export function sopsRules(environment: EksEnvironment, key: DecryptionKey): void {
  const recipients = 'awsKms' in key ? { awsKms: [key.awsKms] } : { age: [key.age] };
  const directory = new Directory(environment, 'environment', { path: '.', hasKustomization: false });
  new SopsRules(directory, 'sops', { rules: [{ pathRegex: '\\.enc\\.env$', encryptedRegex: null, ...recipients }, { pathRegex: '\\.enc\\.yaml$', ...recipients }] });
}

/** Lets the kustomize-controller use the key in KMS. */
export function actAsRole(flux: FluxSystem, key: DecryptionKey): void {
  if (!('awsKms' in key)) return;
  new StrategicMergePatch(flux, 'decrypt-with-kms', {
    of: k8s.KubeServiceAccount,
    target: { kind: 'ServiceAccount', name: 'kustomize-controller' },
    patch: { metadata: { annotations: { 'eks.amazonaws.com/role-arn': key.role } } },
  });
}
