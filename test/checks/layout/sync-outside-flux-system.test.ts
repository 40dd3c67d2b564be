import { findingsOf, kustomization } from '../check-tree';
import { NAMESPACE_DIRECTORIES } from './namespace-directories';

test('a Kustomization beside the others in another namespace is told', async () => {
  const files = { ...NAMESPACE_DIRECTORIES, 'k8s/shop/sync.yaml': kustomization('shop', './k8s/shop').replace('  namespace: flux-system', '  namespace: shop') };

  expect(await findingsOf('sync-outside-flux-system', files)).toEqual([
    'k8s/shop/sync.yaml:5 notice Kustomization shop/shop: Kustomization shop/shop does not lie in flux-system, as the Kustomizations of its neighbours do\n'
    + '  fix: write "namespace: flux-system"',
  ]);
});

test('Kustomizations in flux-system are fine', async () => {
  expect(await findingsOf('sync-outside-flux-system', NAMESPACE_DIRECTORIES)).toEqual([]);
});
