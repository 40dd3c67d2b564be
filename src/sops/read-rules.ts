import { parse } from 'yaml';
import { awsKey } from './rules-file';
import type { SopsRecipients, SopsRule } from './rule';

/**
 * The creation rules of a `.sops.yaml`, as far as they say which files are encrypted for whom; nothing for a file that holds none.
 * A rule without a selector encrypts whole files.
 */
export function readSopsRules(text: string): readonly SopsRule[] {
  let data: unknown;
  try {
    data = parse(text, { logLevel: 'silent', uniqueKeys: false });
  } catch {
    return [];
  }
  const rules = fields(data)['creation_rules'];
  return Array.isArray(rules) ? rules.map((rule) => readRule(fields(rule))) : [];
}

function readRule(rule: Fields): SopsRule {
  const groups = Array.isArray(rule['key_groups']) ? rule['key_groups'].map((group) => recipients(fields(group))) : undefined;
  const text = (name: string): string | undefined => (typeof rule[name] === 'string' ? rule[name] : undefined);
  return {
    ...recipients(rule),
    pathRegex: text('path_regex') ?? text('filename_regex'),
    encryptedRegex: text('encrypted_regex') ?? null,
    unencryptedRegex: text('unencrypted_regex'),
    encryptedSuffix: text('encrypted_suffix'),
    unencryptedSuffix: text('unencrypted_suffix'),
    ...(groups === undefined ? {} : { keyGroups: groups }),
  };
}

function recipients(group: Fields): SopsRecipients {
  return {
    age: texts(group['age']),
    pgp: texts(group['pgp']),
    gcpKms: [...texts(group['gcp_kms']), ...maps(group['gcp_kms']).map((key) => String(key['resource_id']))],
    awsKms: [...texts(group['kms']).map((key) => awsKey(key.split('+')[0]!)), ...maps(group['kms']).map((key) => ({ arn: String(key['arn']) }))],
    azureKeyVault: [...texts(group['azure_keyvault']), ...maps(group['azure_keyvault']).map((key) => `${String(key['vaultUrl'])}/keys/${String(key['key'])}/${String(key['version'] ?? '')}`)],
    hcVault: [...texts(group['hc_vault_transit_uri']), ...texts(group['hc_vault'])],
  };
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** SOPS takes a list, or one text with commas. */
function texts(value: unknown): string[] {
  const items: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  return items.filter((item): item is string => typeof item === 'string').map((item) => item.trim()).filter((item) => item !== '');
}

function maps(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null).map(fields) : [];
}
