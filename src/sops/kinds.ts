import { isAgeRecipient } from './age-recipient';

/** Kinds of keys that a tree is set up for. */
export const SOPS_KINDS = ['age', 'pgp', 'gcp-kms', 'aws-kms', 'azure-kv'] as const;

export type SopsKind = (typeof SOPS_KINDS)[number];

interface KindWords {
  readonly isKey: (key: string) => boolean;
  /** What a key of the kind looks like. */
  readonly example: string;
  /** What has to be done once in the cluster, with the key's name where it is needed. */
  readonly inCluster: (key: string, namespace: string) => readonly string[];
  /** The Secret that holds it in the cluster, where one does. */
  readonly secret?: string;
}

export const KIND_WORDS: Readonly<Record<SopsKind, KindWords>> = {
  'age': {
    isKey: isAgeRecipient,
    example: 'age1…',
    inCluster: (_, namespace) => [`kubectl create secret generic sops-age --namespace=${namespace} --from-file=age.agekey`],
    secret: 'sops-age',
  },
  'pgp': {
    isKey: (key) => /^[0-9A-F]{40}$/.test(key.replaceAll(' ', '').toUpperCase()),
    example: 'a fingerprint of 40 digits: gpg --list-keys --keyid-format=none',
    inCluster: (key, namespace) => [`gpg --export-secret-keys --armor ${key} | kubectl create secret generic sops-gpg --namespace=${namespace} --from-file=sops.asc=/dev/stdin`],
    secret: 'sops-gpg',
  },
  'gcp-kms': {
    isKey: (key) => /^projects\/[^/,\s]+\/locations\/[^/,\s]+\/keyRings\/[^/,\s]+\/cryptoKeys\/[^/,\s]+$/.test(key),
    example: 'projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY',
    inCluster: (_, namespace) => [`kubectl annotate serviceaccount kustomize-controller --namespace=${namespace} iam.gke.io/gcp-service-account=NAME@PROJECT.iam.gserviceaccount.com`],
  },
  'aws-kms': {
    isKey: (key) => /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:(key|alias)\/[^,\s]+$/.test(key),
    example: 'arn:aws:kms:REGION:ACCOUNT:key/ID',
    inCluster: (_, namespace) => [`kubectl annotate serviceaccount kustomize-controller --namespace=${namespace} eks.amazonaws.com/role-arn=arn:aws:iam::ACCOUNT:role/NAME`],
  },
  'azure-kv': {
    isKey: (key) => /^https:\/\/[^/\s,]+\/keys\/[^/\s,]+\/[^/\s,]+$/.test(key),
    example: 'https://VAULT.vault.azure.net/keys/NAME/VERSION',
    inCluster: (_, namespace) => [`kubectl annotate serviceaccount kustomize-controller --namespace=${namespace} azure.workload.identity/client-id=ID`],
  },
};
