import { coverageOf, type AwsKmsKey, type SopsRecipients, type SopsRule } from './rule';

/**
 * What stands in `.sops.yaml`.
 * @see https://getsops.io/docs/#using-sopsyaml-conf-to-select-kms-pgp-and-age-for-new-files
 */
export function rulesFile(rules: readonly SopsRule[]): Record<string, unknown> {
  return { creation_rules: rules.map(creationRule) };
}

function creationRule(rule: SopsRule): Record<string, unknown> {
  const coverage = coverageOf(rule);
  return withoutUndefined({
    path_regex: rule.pathRegex,
    encrypted_regex: coverage.encryptedRegex,
    unencrypted_regex: coverage.unencryptedRegex,
    encrypted_suffix: coverage.encryptedSuffix,
    unencrypted_suffix: coverage.unencryptedSuffix,
    mac_only_encrypted: rule.macOnlyEncrypted,
    shamir_threshold: rule.shamirThreshold,
    ...(needsGroups(rule) ? { key_groups: (rule.keyGroups ?? [rule]).map(keyGroup) } : flat(rule)),
  });
}

/** The flat form cannot say an encryption context, nor profiles that differ. */
function needsGroups({ keyGroups, awsKms }: SopsRule): boolean {
  return keyGroups !== undefined || (awsKms ?? []).some((key) => typeof key !== 'string' && (key.context ?? key.profile) !== undefined);
}

function flat(recipients: SopsRecipients): Record<string, unknown> {
  const joined = (values: readonly string[] | undefined): string | undefined => (values?.length ? values.join(',') : undefined);
  return {
    age: joined(recipients.age),
    pgp: joined(recipients.pgp?.map(fingerprint)),
    kms: joined(recipients.awsKms?.map(awsKey).map(({ arn, role }) => (role === undefined ? arn : `${arn}+${role}`))),
    gcp_kms: joined(recipients.gcpKms),
    azure_keyvault: joined(recipients.azureKeyVault),
    hc_vault_transit_uri: joined(recipients.hcVault),
  };
}

function keyGroup(recipients: SopsRecipients): Record<string, unknown> {
  return withoutUndefined({
    age: recipients.age,
    pgp: recipients.pgp?.map(fingerprint),
    kms: recipients.awsKms?.map(awsKey).map(({ arn, role, context, profile }) => withoutUndefined({ arn, role, context, aws_profile: profile })),
    gcp_kms: recipients.gcpKms?.map((key) => ({ resource_id: key })),
    azure_keyvault: recipients.azureKeyVault?.map((key) => {
      const [, vaultUrl, name, version] = /^(https:\/\/[^/]+)\/keys\/([^/]+)\/?([^/]*)$/.exec(key)!;
      return { vaultUrl, key: name, version };
    }),
    hc_vault: recipients.hcVault,
  });
}

export function awsKey(key: string | AwsKmsKey): AwsKmsKey {
  return typeof key === 'string' ? { arn: key } : key;
}

export function fingerprint(text: string): string {
  return text.replaceAll(' ', '').toUpperCase();
}

function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
