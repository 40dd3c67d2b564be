import { isAgeRecipient } from './age-recipient';
import { goRegExp, type SopsRecipients, type SopsRule } from './rule';
import { awsKey } from './rules-file';

/** What is wrong with a rule: problem and fix, in pairs. A private key that got into it is not repeated. */
export function checkRule(rule: SopsRule): { readonly problem: string; readonly fix: string }[] {
  const problems: { problem: string; fix: string }[] = [];
  const groups: readonly SopsRecipients[] = rule.keyGroups ?? [rule];
  for (const group of groups) problems.push(...checkRecipients(group));
  const selectors = (['encryptedRegex', 'unencryptedRegex', 'encryptedSuffix', 'unencryptedSuffix'] as const).filter((name) => rule[name] !== undefined && rule[name] !== null);
  if (selectors.length > 1) problems.push({ problem: `has ${selectors.join(' and ')}, of which SOPS takes one`, fix: 'leave out the others' });
  for (const name of ['pathRegex', 'encryptedRegex', 'unencryptedRegex'] as const) {
    const value = rule[name];
    if (value && goRegExp(value) === undefined) problems.push({ problem: `has ${name} ${JSON.stringify(value)}, which is no regular expression`, fix: 'escape its special characters with a backslash' });
  }
  if (groups.every((group) => KINDS.every(([kind]) => (group[kind] ?? []).length === 0))) {
    problems.push({ problem: 'names nobody who can decrypt', fix: 'name a key: age, pgp, gcpKms, awsKms, azureKeyVault or hcVault' });
  }
  return problems;
}

function checkRecipients(group: SopsRecipients): { problem: string; fix: string }[] {
  return KINDS.flatMap(([kind, form, example]) => (group[kind] ?? []).map((key) => (typeof key === 'string' ? key : awsKey(key).arn)).flatMap((key) => {
    if (/AGE-SECRET-KEY|PRIVATE KEY/.test(key)) return [{ problem: `has a private key as ${kind} recipient`, fix: 'put the public key there, and make a new pair: this one may have been seen' }];
    if (kind === 'age' && /^age1[a-z0-9]+$/.test(key) && !isAgeRecipient(key)) {
      return [{ problem: `has age recipient ${JSON.stringify(key)}, which is mistyped or cut off: its checksum is wrong`, fix: 'copy the whole public key, as "age-keygen -y KEYFILE" prints it' }];
    }
    return form.test(key) ? [] : [{ problem: `has ${kind} recipient ${JSON.stringify(key)}`, fix: `write it as SOPS does, such as "${example}"` }];
  }));
}

const KINDS = [
  ['age', /^age1[a-z0-9]+$|^ssh-(ed25519|rsa) \S+/, 'age1…'],
  ['pgp', /^[0-9A-Fa-f ]{16,60}$/, '85D77543B3D624B63CEA9E6DBC17301B491B3F21'],
  ['gcpKms', /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+/, 'projects/shop/locations/global/keyRings/sops/cryptoKeys/sops'],
  ['awsKms', /^arn:aws[\w-]*:kms:[^:]+:\d+:(key|alias)\/\S+$/, 'arn:aws:kms:eu-west-1:123456789012:key/…'],
  ['azureKeyVault', /^https:\/\/[^/]+\/keys\/[^/]+(\/[^/]*)?$/, 'https://shop.vault.azure.net/keys/sops/VERSION'],
  ['hcVault', /^https?:\/\/[^/]+\/v1\/.+\/keys\/[^/]+$/, 'https://vault.example.com:8200/v1/sops/keys/shop'],
] as const satisfies readonly (readonly [keyof SopsRecipients, RegExp, string])[];
