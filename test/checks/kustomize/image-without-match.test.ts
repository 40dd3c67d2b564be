import { findingsOf } from '../check-tree';
import { web } from './web';

const tree = (entry: string) => web(`images:\n  - ${entry}\n    newTag: '2.0'\n`);

test('an entry that names the image of no container is told, with the one that is meant', async () => {
  expect(await findingsOf('image-without-match', tree('name: registry.example.com/shop/wbe'))).toEqual([
    'web/kustomization.yaml:4 warning: no container has the image "registry.example.com/shop/wbe"\n  fix: write "registry.example.com/shop/web", if that is meant',
  ]);
  expect((await findingsOf('image-without-match', tree('name: web')))[0]).toMatch('no container has the image "web"\n  fix: write "registry.example.com/shop/web", if that is meant');
  expect((await findingsOf('image-without-match', tree("name: 'registry.example.com/shop/web:2.0'")))[0]).toMatch('fix: write "registry.example.com/shop/web", if that is meant');
});

test('images of init containers, those that a base has renamed and those that a patch brings are there', async () => {
  const renamed = { ...tree('name: registry.example.com/shop/web\n    newName: mirror.example.com/web'), 'over/kustomization.yaml': "resources: [../web]\nimages: [{ name: mirror.example.com/web, newTag: '3' }]\n" };
  const patched = web(`images:\n  - { name: other, newTag: '1' }\npatches:\n  - patch: '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop }, spec: { template: { spec: { containers: [{ name: b, image: other }] } } } }'\n`);

  expect(await findingsOf('image-without-match', tree('name: registry.example.com/shop/web'))).toEqual([]);
  expect(await findingsOf('image-without-match', renamed)).toEqual([]);
  expect(await findingsOf('image-without-match', patched)).toEqual([]);
});

test('images of a Flux Kustomization are looked at as well', async () => {
  expect(await findingsOf('image-without-match', web('', {}, "images:\n  - name: shop/web\n    newTag: '2.0'\n"))).toEqual([
    'clusters/prod/web.yaml:14 warning Kustomization flux-system/web: no container has the image "shop/web"\n  fix: write "registry.example.com/shop/web", if that is meant',
  ]);
});
