import { findingsOf } from '../check-tree';

const secret = 'kind: Secret\nstringData:\n  password: hunter2\n';
const encrypted = 'kind: Secret\nstringData:\n  password: ENC[AES256_GCM,data:Zm9v,iv:aXY=,tag:dGFn,type:str]\nsops:\n  mac: x\n';

test('a decrypted copy that Git does not ignore is an error', async () => {
  expect(await findingsOf('plaintext-twin', { 'shop/database.enc.yaml': encrypted, 'shop/database.dec.yaml': secret })).toEqual([
    'shop/database.dec.yaml:1 error: this looks like the decrypted copy of shop/database.enc.yaml, and Git does not ignore it\n'
    + '  fix: delete it, or add it to .gitignore: echo /shop/database.dec.yaml >> .gitignore; if it was pushed, change the secret',
  ]);
});

test('a neighbour that holds no secret is fine', async () => {
  expect(await findingsOf('plaintext-twin', { 'shop/database.enc.yaml': encrypted, 'shop/database.yaml': 'kind: Service\n' })).toEqual([]);
});
