import { findingsOf } from '../check-tree';
import { deployment, fleet } from './fleet';

test('a marker for an ImagePolicy that does not exist is an error, with the nearest', async () => {
  const files = fleet({ 'clusters/prod/web.yaml': deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:wbe"}') });

  expect(await findingsOf('marker-without-policy', files)).toEqual([
    'clusters/prod/web.yaml:11 error: the marker names the ImagePolicy flux-system:wbe, which does not exist\n  fix: write "flux-system:web"',
  ]);
});

test('one in another namespace is named in full', async () => {
  const files = fleet({ 'clusters/prod/web.yaml': deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "shop:web"}') });

  expect(await findingsOf('marker-without-policy', files)).toEqual([
    'clusters/prod/web.yaml:11 error: the marker names the ImagePolicy shop:web, which lies in another namespace\n  fix: write "flux-system:web"',
  ]);
});

test('markers for policies that exist, and those of templates, are fine', async () => {
  const files = fleet({ 'templates/web.yaml': deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:${BRANCH}-web"}') });

  expect(await findingsOf('marker-without-policy', files)).toEqual([]);
});

test('a marker of one branch is fine, whose policy lies in another', async () => {
  const files = fleet({ 'clusters/prod/web.yaml': deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:dev-web", "$imagepolicy-in-branch": "dev"}') });

  expect(await findingsOf('marker-without-policy', files)).toEqual([]);
});
