import { findingsOf } from '../check-tree';
import { resource, shop } from './shop';

const secret = (store: string): string => resource('external-secrets.io/v1', 'ExternalSecret', 'web', `spec: {secretStoreRef: ${store}}`);
const vault = { 'shop/store.yaml': 'apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: {name: vault}\n' };

test('a store that nothing makes, and one of the other kind, are warnings', async () => {
  expect(await findingsOf('secret-store-missing', shop({ ...vault, 'shop/secret.yaml': secret('{kind: ClusterSecretStore, name: valut}') }))).toEqual([
    'shop/secret.yaml:4 warning ExternalSecret shop/web: reads from the ClusterSecretStore valut, which nothing in this cluster makes\n'
    + '  fix: write "name: vault", if that is meant',
  ]);
  expect(await findingsOf('secret-store-missing', shop({ ...vault, 'shop/secret.yaml': secret('{name: vault}') }))).toEqual([
    'shop/secret.yaml:4 warning ExternalSecret shop/web: reads from the SecretStore shop/vault, which nothing in this cluster makes\n'
    + '  fix: write "kind: ClusterSecretStore": that is what vault is',
  ]);
});

test('a store of the tree is fine', async () => {
  expect(await findingsOf('secret-store-missing', shop({ ...vault, 'shop/secret.yaml': secret('{kind: ClusterSecretStore, name: vault}') }))).toEqual([]);
});
