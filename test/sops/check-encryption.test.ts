import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkEncryption } from '../../src/sops/check-encryption';
import { goRegExp, type SopsRule } from '../../src/sops/rule';

const recipient = 'age12afvp3a9f5fm3cx5jaj3maxm0u4n3m338f34qcaj56w92r4ghcvqe2v9gu';
const other = 'age198lejm5hnmnh355msh3u0dv5jmg7z9v9a08x3p2l688yqtdregpqnn6cjf';

test.each(['secret.enc.yaml', 'two-documents.enc.yaml', 'relay.enc.env', 'relay.enc.ini', 'users.enc.json', 'keystore.enc'])('%s, as SOPS wrote it, is encrypted', (name) => {
  expect(problems(name, written(name))).toEqual([]);
  expect(problems(name, written(name), { age: [recipient], encryptedRegex: /enc\.yaml$/.test(name) ? undefined : null })).toEqual([]);
});

test('a file that SOPS has not seen is not, and the command that encrypts it follows its rule', () => {
  const plain = 'apiVersion: v1\nkind: Secret\nstringData:\n    password: correct horse\n';

  expect(problems('secret.enc.yaml', plain, { age: [recipient] })).toEqual([
    `secret.enc.yaml:1 is not encrypted: SOPS has not written this file
  fix: run: sops --encrypt --age '${recipient}' --encrypted-regex '^(data|stringData)$' --in-place secret.enc.yaml`,
  ]);
  expect(problems('relay.enc.env', 'RELAY_PASSWORD=correct horse\n', { gcpKms: ['projects/shop/locations/global/keyRings/sops/cryptoKeys/sops'], encryptedRegex: null })).toEqual([
    `relay.enc.env:1 is not encrypted: SOPS has not written this file
  fix: run: sops --encrypt --gcp-kms 'projects/shop/locations/global/keyRings/sops/cryptoKeys/sops' --in-place relay.enc.env`,
  ]);
});

test('metadata without a checksum is not SOPS\'s', () => {
  const forged = 'stringData:\n  password: correct horse\nsops:\n  lastmodified: "2026-01-01T00:00:00Z"\n';

  expect(problems('secret.enc.yaml', forged)[0]).toContain('secret.enc.yaml:2 is not encrypted: SOPS has not written this file');
});

test.each<[string, (text: string) => string, string]>([
  ['secret.enc.yaml', (text) => text.replace(/password: ENC.*/, 'password: correct horse'), 'secret.enc.yaml:7 has stringData.password in plaintext'],
  ['secret.enc.yaml', (text) => text.replace(/certificate: ""/, 'certificate: 12345'), 'secret.enc.yaml:8 has stringData.certificate in plaintext'],
  ['secret.enc.yaml', (text) => text.replace(/password: (ENC\[AES256_GCM,data:)/, 'password: see $1'), 'secret.enc.yaml:7 has stringData.password in plaintext'],
  ['two-documents.enc.yaml', (text) => text.replace(/(- ENC.*\n +)- ENC.*/, '$1- correct horse'), 'two-documents.enc.yaml:30 has stringData.tokens in plaintext'],
  ['relay.enc.env', (text) => text.replace(/RELAY_PASSWORD=.*/, 'RELAY_PASSWORD=correct horse'), 'relay.enc.env:3 has RELAY_PASSWORD in plaintext'],
  ['relay.enc.ini', (text) => text.replace(/password = .*/, 'password = correct horse'), 'relay.enc.ini:3 has password in plaintext'],
  ['users.enc.json', (text) => text.replace(/"retries": "ENC[^"]*"/, '"retries": 3'), 'users.enc.json:8 has retries in plaintext'],
])('a value of %s that was added in plaintext is found by its line, and not shown', (name, change, expected) => {
  const changed = change(written(name));

  expect(changed).not.toBe(written(name));
  expect(problems(name, changed)).toEqual([`${expected}\n  fix: take the value out, add it again with "sops ${name}", and change the secret where it is used: it was readable`]);
});

test('what the rule wants encrypted counts, whatever the file says about itself', () => {
  const text = written('secret.enc.yaml').replace('encrypted_regex: ^(data|stringData)$', 'encrypted_regex: ^data$').replace(/username: ENC.*/, 'username: shop');

  expect(problems('secret.enc.yaml', text)).toEqual([]);
  expect(problems('secret.enc.yaml', text, { age: [recipient] })).toEqual([expect.stringContaining('secret.enc.yaml:6 has stringData.username in plaintext')]);
});

test('a file whose rules cover none of its keys is not encrypted, although SOPS wrote it', () => {
  expect(problems('nothing-covered.enc.yaml', written('nothing-covered.enc.yaml'))).toEqual([
    `nothing-covered.enc.yaml holds no encrypted value: its rules cover none of its keys
  fix: choose another encrypted_regex for it in .sops.yaml, or none to encrypt the whole file, and encrypt it again`,
  ]);
});

test('recipients other than the rule\'s are named', () => {
  expect(problems('secret.enc.yaml', written('secret.enc.yaml'), { age: [other] })).toEqual([
    `secret.enc.yaml is not encrypted for ${other} and still encrypted for ${recipient}, other than its rule in .sops.yaml says\n  fix: run: sops rotate --in-place --add-age ${other} --rm-age ${recipient} secret.enc.yaml`,
  ]);
  expect(problems('relay.enc.env', written('relay.enc.env'), { age: [recipient, other], encryptedRegex: null })).toEqual([
    `relay.enc.env is not encrypted for ${other}, other than its rule in .sops.yaml says\n  fix: run: sops rotate --in-place --add-age ${other} relay.enc.env`,
  ]);
});

test('recipients of every kind are compared in the notation of rules', () => {
  const metadata = `
sops:
    kms: [{arn: "arn:aws:kms:eu-west-1:1:key/a", role: "arn:aws:iam::1:role/sops", created_at: "2026-01-01T00:00:00Z", enc: x}]
    gcp_kms: [{resource_id: projects/shop/locations/global/keyRings/sops/cryptoKeys/sops, enc: x}]
    azure_kv: [{vault_url: "https://shop.vault.azure.net", name: sops, version: "1", enc: x}]
    hc_vault: [{vault_address: "https://vault.example.com:8200", engine_path: sops, key_name: shop, enc: x}]
    pgp: [{fp: 85D77543B3D624B63CEA9E6DBC17301B491B3F21, enc: x}]
    lastmodified: "2026-01-01T00:00:00Z"
    mac: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]
`;
  const text = `data:\n    password: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]${metadata}`;

  const found = problems('secret.enc.yaml', text, {
    awsKms: [{ arn: 'arn:aws:kms:eu-west-1:1:key/a', role: 'arn:aws:iam::1:role/sops' }],
    gcpKms: ['projects/shop/locations/global/keyRings/sops/cryptoKeys/sops'],
    azureKeyVault: ['https://shop.vault.azure.net/keys/sops/1'],
    hcVault: ['https://vault.example.com:8200/v1/sops/keys/shop'],
    pgp: ['85D7 7543 B3D6 24B6 3CEA 9E6D BC17 301B 491B 3F21'],
  });

  expect(found).toEqual([]);
});

test('a file that cannot be read is named with its line, and the line is not shown', () => {
  const text = written('secret.enc.yaml').replace(/username: ENC.*/, 'username: "correct horse');

  const found = problems('secret.enc.yaml', text);

  expect(found).toEqual([expect.stringMatching(/^secret\.enc\.yaml:\d+ cannot be read as SOPS would/)]);
  expect(found.join()).not.toContain('correct');
});

function written(name: string): string {
  return readFileSync(join(__dirname, '..', 'fixtures', 'sops', name), 'utf8');
}

function problems(name: string, text: string, rule?: SopsRule): string[] {
  return checkEncryption(name, text, rule).map(({ message }) => message);
}

test('a regular expression that is too large for any program is none', () => {
  expect(goRegExp('x'.repeat(200_000))).toBeUndefined();
  expect(goRegExp('(?i)^data$')?.test('Data')).toBe(true);
});
