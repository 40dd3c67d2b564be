import { findingsOf } from '../check-tree';
import { deployment, fleet, imagePolicy, imageRepository } from './fleet';

test('a marked file that no automation covers is told, with where they work', async () => {
  const files = fleet({ 'apps/web.yaml': deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:web"}') });

  expect(await findingsOf('marker-without-automation', files)).toEqual([
    'apps/web.yaml:11 warning: no ImageUpdateAutomation covers this file: those of flux-system work in ./clusters/prod\n'
    + '  fix: widen update.path of an ImageUpdateAutomation, or add one in the namespace of the policy',
  ]);
});

test('an automation follows policies of its own namespace alone', async () => {
  const files = fleet({
    'clusters/prod/shop.yaml': `${imageRepository('cart', 'ghcr.io/shop/cart', 'shop')}---\n${imagePolicy('cart', 'semver: {range: 1.x}', { namespace: 'shop' })}`,
    'clusters/prod/cart.yaml': deployment('ghcr.io/shop/cart:1.0.0 # {"$imagepolicy": "shop:cart"}'),
  });

  expect(await findingsOf('marker-without-automation', files)).toEqual([
    'clusters/prod/cart.yaml:11 error: the ImagePolicy shop:cart lies in another namespace than the ImageUpdateAutomation flux-system/updates, the only one that covers this file\n'
    + '  fix: move the policy and its ImageRepository to flux-system, or add an ImageUpdateAutomation to shop',
  ]);
});

test('a marked file below the path of an automation is fine', async () => {
  expect(await findingsOf('marker-without-automation', fleet())).toEqual([]);
});
