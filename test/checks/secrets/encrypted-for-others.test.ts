import { findingsOf } from '../check-tree';

const ciphertext = 'ENC[AES256_GCM,data:Zm9v,iv:aXY=,tag:dGFn,type:str]';
const encryptedFor = (recipient: string): string => `kind: Secret\ndata:\n  password: ${ciphertext}\nsops:\n  age:\n    - recipient: ${recipient}\n      enc: x\n  lastmodified: "2026-01-01T00:00:00Z"\n  mac: ${ciphertext}\n`;
const rules = "creation_rules:\n  - path_regex: '\\.enc\\.yaml$'\n    age: age1new\n";

test('a file that was left with the old key is told', async () => {
  expect(await findingsOf('encrypted-for-others', { '.sops.yaml': rules, 'shop/database.enc.yaml': encryptedFor('age1old') })).toEqual([
    'shop/database.enc.yaml:1 warning: this file is not encrypted for age1new and still encrypted for age1old, other than its rule in .sops.yaml says\n'
    + '  fix: run: sops updatekeys shop/database.enc.yaml',
  ]);
});

test('a file for the key of its rule is fine', async () => {
  expect(await findingsOf('encrypted-for-others', { '.sops.yaml': rules, 'shop/database.enc.yaml': encryptedFor('age1new') })).toEqual([]);
});
