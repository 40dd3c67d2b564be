import { findingsOf } from '../check-tree';
import { NAMESPACE_DIRECTORIES } from './namespace-directories';

const configMap = { 'k8s/shop/namespace.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n' };

test('a namespace directory without a Namespace object is told', async () => {
  expect(await findingsOf('namespace-object-missing', { ...NAMESPACE_DIRECTORIES, ...configMap })).toEqual([
    'k8s/shop/kustomization.yaml:1 notice: k8s/shop holds objects of the namespace shop, and no Namespace object makes it\n'
    + '  fix: add a Namespace object to the directory',
  ]);
});

test('one whose Namespace lies elsewhere is fine, and so is one that a release may bring', async () => {
  const elsewhere = { ...NAMESPACE_DIRECTORIES, ...configMap, 'k8s/mail/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: mail\n' };
  const fetched = { ...NAMESPACE_DIRECTORIES, ...configMap, 'k8s/shop/kustomization.yaml': 'namespace: shop\nresources: [namespace.yaml, https://example.com/release.yaml]\n' };

  expect([...await findingsOf('namespace-object-missing', elsewhere), ...await findingsOf('namespace-object-missing', fetched)]).toEqual([]);
});
