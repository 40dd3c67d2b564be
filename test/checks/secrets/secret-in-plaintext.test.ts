import { findingsOf } from '../check-tree';

const secret = (values: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: database\n  namespace: shop\n${values}`;

test('a Secret with values that anybody can read is an error, in base64 too', async () => {
  expect(await findingsOf('secret-in-plaintext', { 'shop/secret.yaml': secret('data:\n  username: cG9zdGdyZXM=\n  password: aHVudGVyMg==\n') })).toEqual([
    'shop/secret.yaml:8 error Secret shop/database: password can be read by whoever can read the repository\n'
    + '  fix: encrypt the file with SOPS (sops --encrypt --in-place FILE), and change the secret where it is used: it was readable',
  ]);
});

test('a secretGenerator with values of its own is one as well', async () => {
  expect(await findingsOf('secret-in-plaintext', { 'shop/kustomization.yaml': 'secretGenerator:\n  - name: database\n    literals:\n      - password=hunter2\n' })).toEqual([
    'shop/kustomization.yaml:3 error: the secretGenerator database has password in plaintext\n'
    + '  fix: put the values into a .env file that SOPS encrypts, and name it in envs',
  ]);
});

test.each([
  ['nothing', 'type: Opaque\n'],
  ['empty values', 'stringData:\n  password: ""\n'],
  ['values that Flux fills in', 'stringData:\n  password: ${PASSWORD}\n'],
  ['a reference to 1Password', 'stringData:\n  token: op://vault/item/token\n'],
  ['what is public', 'stringData:\n  known_hosts: example.com ssh-ed25519 AAAA\n  ca.crt: abc\n'],
  ['what SOPS encrypted', 'data:\n  password: ENC[AES256_GCM,data:Zm9v,iv:aXY=,tag:dGFn,type:str]\nsops:\n  mac: x\n'],
])('a Secret with %s is fine', async (_, values) => {
  expect(await findingsOf('secret-in-plaintext', { 'shop/secret.yaml': secret(values) })).toEqual([]);
});
