import { findingsOf } from '../check-tree';

const ciphertext = 'ENC[AES256_GCM,data:Zm9v,iv:aXY=,tag:dGFn,type:str]';
const sops = `sops:\n  lastmodified: "2026-01-01T00:00:00Z"\n  mac: ${ciphertext}\n  encrypted_regex: ^(data|stringData)$\n  version: 3.9.0\n`;

test('a value that was added without SOPS is an error', async () => {
  expect(await findingsOf('encryption-broken', { 'shop/database.enc.yaml': `kind: Secret\ndata:\n  password: ${ciphertext}\n  token: aHVudGVyMg==\n${sops}` })).toEqual([
    'shop/database.enc.yaml:4 error: this file has data.token in plaintext\n'
    + '  fix: take the value out, add it again with "sops shop/database.enc.yaml", and change the secret where it is used: it was readable',
  ]);
});

test('metadata without a checksum is an error', async () => {
  const [finding] = await findingsOf('encryption-broken', { 'shop/database.enc.yaml': `kind: Secret\ndata:\n  password: ${ciphertext}\nsops:\n  version: 3.9.0\n` });

  expect(finding).toMatch('shop/database.enc.yaml:1 error: this file is not encrypted: SOPS has not written this file');
});

test('a file as SOPS writes it is fine', async () => {
  expect(await findingsOf('encryption-broken', { 'shop/database.enc.yaml': `kind: Secret\ndata:\n  password: ${ciphertext}\n${sops}` })).toEqual([]);
});
