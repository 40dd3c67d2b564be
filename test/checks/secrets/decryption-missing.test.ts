import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const encrypted = (field: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: database\n  namespace: shop\n${field}:\n  password: ENC[AES256_GCM,data:Zm9v,iv:aXY=,tag:dGFn,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:Zm9v,iv:aXY=,tag:dGFn,type:str]\n`;
const fleet = (field: string, spec?: string) => ({ ...bootstrapped('clusters/prod'), 'clusters/prod/shop.yaml': kustomization('shop', './shop', spec), 'shop/database.enc.yaml': encrypted(field) });

test('ciphertext in stringData is applied and reported as ready', async () => {
  expect(await findingsOf('decryption-missing', fleet('stringData'))).toEqual([
    'clusters/prod/shop.yaml:6 error Kustomization flux-system/shop: Secret database in shop/database.enc.yaml is encrypted, and the Kustomization does not decrypt: Flux applies the ciphertext, and says that all is well\n'
    + '  fix: add "decryption: {provider: sops}" to its spec, with the secretRef of the key if there is one',
  ]);
});

test('ciphertext in data is refused, and everything with it', async () => {
  const [finding] = await findingsOf('decryption-missing', fleet('data'));

  expect(finding).toMatch('does not decrypt: the API server refuses them, and with them the whole Kustomization');
});

test('a Kustomization that decrypts is fine, and so is one that a patch may let decrypt', async () => {
  expect(await findingsOf('decryption-missing', fleet('data', 'decryption: {provider: sops}'))).toEqual([]);
  expect(await findingsOf('decryption-missing', { ...fleet('data'), 'clusters/prod/kustomization.yaml': 'resources: [flux-system, shop.yaml]\npatches:\n  - patch: "- {op: add, path: /spec/decryption, value: {provider: sops}}"\n    target: {kind: Kustomization}\n' })).toEqual([]);
});
