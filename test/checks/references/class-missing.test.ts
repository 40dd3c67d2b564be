import { findingsOf } from '../check-tree';
import { helmRelease, resource, shop } from './shop';

const claim = (storageClass: string): string => resource('v1', 'PersistentVolumeClaim', 'data', `spec: {storageClassName: ${storageClass}}`);
const fast = { 'shop/class.yaml': 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\n' };

test('a class that nothing makes is a warning', async () => {
  expect(await findingsOf('class-missing', shop({ ...fast, 'shop/claim.yaml': claim('fats') }))).toEqual([
    'shop/claim.yaml:4 warning PersistentVolumeClaim shop/data: names the StorageClass fats, which nothing in this cluster makes\n'
    + '  fix: write "storageClassName: fast", if that is meant',
  ]);
});

test('those of the tree, of providers, and what a chart may bring are fine', async () => {
  expect(await findingsOf('class-missing', shop({ ...fast, 'shop/claim.yaml': claim('fast') }))).toEqual([]);
  expect(await findingsOf('class-missing', shop({ ...fast, 'shop/claim.yaml': claim('premium-rwo') }))).toEqual([]);
  expect(await findingsOf('class-missing', shop({ ...fast, 'shop/claim.yaml': claim('replicated'), 'shop/chart.yaml': helmRelease('openebs') }))).toEqual([]);
});
