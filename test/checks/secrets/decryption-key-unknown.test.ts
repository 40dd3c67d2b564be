import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/shop.yaml': kustomization('shop', './shop', 'decryption:\n  provider: sops\n  secretRef: {name: sops-age}'), 'shop/kustomization.yaml': '' };

test('a key that nothing in the tree makes is worth a notice, with the command', async () => {
  expect(await findingsOf('decryption-key-unknown', files)).toEqual([
    'clusters/prod/shop.yaml:15 notice Kustomization flux-system/shop: nothing in the tree makes the Secret flux-system/sops-age, which holds the key\n'
    + '  fix: create it once: kubectl -n flux-system create secret generic sops-age --from-file=age.agekey; then name "Secret/flux-system/sops-age" under checks.outsiders in fluxwright.yaml',
  ]);
});

test('a key that the project names as an outsider is fine, and so is one that an ExternalSecret brings', async () => {
  expect(await findingsOf('decryption-key-unknown', files, { settings: { outsiders: ['Secret/flux-system/sops-age'] } })).toEqual([]);
  expect(await findingsOf('decryption-key-unknown', { ...files, 'clusters/prod/key.yaml': 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: sops-age, namespace: flux-system}\n' })).toEqual([]);
});
