import { awsKey, fingerprint } from './rules-file';
import type { SopsRecipients, SopsRule } from './rule';

/** Everybody who can decrypt what a rule encrypts, in one notation, sorted. */
export function recipientsOf(rule: SopsRule): string[] {
  const groups: readonly SopsRecipients[] = rule.keyGroups ?? [rule];
  return unique(groups.flatMap((group) => [
    ...(group.age ?? []),
    ...(group.pgp ?? []).map(fingerprint),
    ...(group.gcpKms ?? []),
    ...(group.awsKms ?? []).map((key) => awsKey(key).arn),
    ...(group.azureKeyVault ?? []).map((key) => key.replace(/\/$/, '')),
    ...(group.hcVault ?? []),
  ]));
}

/** Everybody who can decrypt a file, by its `sops` metadata, in the same notation. */
export function recipientsIn(metadata: Readonly<Record<string, unknown>>): string[] {
  const groups = [metadata, ...maps(metadata['key_groups'])];
  return unique(groups.flatMap((group) => [
    ...maps(group['age']).map(({ recipient }) => text(recipient)),
    ...maps(group['pgp']).map(({ fp }) => fingerprint(text(fp))),
    ...maps(group['gcp_kms']).map((key) => text(key['resource_id'])),
    ...maps(group['kms']).map(({ arn }) => text(arn)),
    ...maps(group['azure_kv']).map((key) => `${text(key['vault_url'] ?? key['vaultUrl'])}/keys/${text(key['name'])}/${text(key['version'])}`.replace(/\/$/, '')),
    ...maps(group['hc_vault']).map((key) => `${text(key['vault_address']).replace(/\/$/, '')}/v1/${text(key['engine_path'])}/keys/${text(key['key_name'])}`),
  ]));
}

function maps(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
