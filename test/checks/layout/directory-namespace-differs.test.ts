import { findingsOf } from '../check-tree';
import { NAMESPACE_DIRECTORIES } from './namespace-directories';

test('a directory of another name than its namespace is told', async () => {
  const files = { ...NAMESPACE_DIRECTORIES, 'k8s/shop/kustomization.yaml': 'kind: Kustomization\nnamespace: store\nresources: [namespace.yaml]\n' };

  expect(await findingsOf('directory-namespace-differs', files)).toEqual([
    'k8s/shop/kustomization.yaml:2 notice: k8s/shop holds objects of the namespace store, though directories here are called like theirs\n'
    + '  fix: give the directory the name of the namespace, or move what lies in it',
  ]);
});

test('directories that are called like their namespaces are fine', async () => {
  expect(await findingsOf('directory-namespace-differs', NAMESPACE_DIRECTORIES)).toEqual([]);
});
