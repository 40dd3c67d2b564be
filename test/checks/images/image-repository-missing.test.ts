import { findingsOf } from '../check-tree';
import { fleet, imagePolicy, imageRepository } from './fleet';

test('a policy without its repository is an error, with the namespace that it lies in', async () => {
  const files = fleet({ 'clusters/prod/images.yaml': `${imageRepository('web', 'ghcr.io/shop/web', 'shop')}---\n${imagePolicy('web', 'semver: {range: 1.x}')}` });

  expect(await findingsOf('image-repository-missing', files)).toEqual([
    'clusters/prod/images.yaml:17 error ImagePolicy flux-system/web: the ImageRepository web lies in shop, not in flux-system\n'
    + '  fix: move it to flux-system; across namespaces, name shop in imageRepositoryRef and allow it by accessFrom',
  ]);
});

test('a misspelt one is told with the nearest', async () => {
  const files = fleet({ 'clusters/prod/images.yaml': `${imageRepository('wep', 'ghcr.io/shop/web')}---\n${imagePolicy('web', 'semver: {range: 1.x}')}` });

  expect(await findingsOf('image-repository-missing', files)).toEqual([
    'clusters/prod/images.yaml:17 error ImagePolicy flux-system/web: the ImageRepository flux-system/web does not exist\n  fix: write "name: wep", if that is meant',
  ]);
});

test('a repository beside its policy is fine', async () => {
  expect(await findingsOf('image-repository-missing', fleet())).toEqual([]);
});
