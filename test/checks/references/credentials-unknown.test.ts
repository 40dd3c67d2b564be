import { findingsOf } from '../check-tree';
import { resource, shop } from './shop';

const repository = (name: string): string => resource('source.toolkit.fluxcd.io/v1', 'OCIRepository', name, 'spec: {url: "oci://ghcr.io/shop/manifests", secretRef: {name: ghcr-auth}}', 'flux-system');

test('credentials that people make by hand are a notice, once for all that need them', async () => {
  expect(await findingsOf('credentials-unknown', shop({ 'shop/a.yaml': repository('a'), 'shop/b.yaml': repository('b') }))).toEqual([
    'shop/a.yaml:4 notice OCIRepository flux-system/a: names the Secret flux-system/ghcr-auth, which nothing in the tree makes, as does 1 more object\n'
    + '  fix: keep it in the tree, encrypted or as an ExternalSecret, or list "Secret/flux-system/ghcr-auth" under checks.outsiders in fluxwright.yaml',
  ]);
});

test('those that the tree or the project provides, and the key of flux bootstrap, are fine', async () => {
  const bootstrap = repository('a').replace('ghcr-auth', 'flux-system');

  expect(await findingsOf('credentials-unknown', shop({ 'shop/a.yaml': repository('a'), 'shop/secret.yaml': resource('v1', 'Secret', 'ghcr-auth', '', 'flux-system') }))).toEqual([]);
  expect(await findingsOf('credentials-unknown', shop({ 'shop/a.yaml': repository('a') }), { settings: { outsiders: ['Secret/ghcr-auth'] } })).toEqual([]);
  expect(await findingsOf('credentials-unknown', shop({ 'shop/a.yaml': bootstrap }))).toEqual([]);
});
