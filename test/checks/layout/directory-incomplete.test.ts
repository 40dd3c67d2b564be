import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';
import { NAMESPACE_DIRECTORIES, namespaceDirectory, without } from './namespace-directories';

const tree = { ...NAMESPACE_DIRECTORIES, ...namespaceDirectory('ingress') };

test('a namespace directory without sync.yaml is told', async () => {
  expect(await findingsOf('directory-incomplete', without(tree, 'k8s/ingress/sync.yaml'))).toEqual([
    'k8s/ingress/kustomization.yaml:1 notice: k8s/ingress has a kustomization.yaml, but no sync.yaml with a Flux Kustomization, as its neighbours have\n'
    + '  fix: add the other file, as the neighbouring directories have it',
  ]);
});

test('a namespace directory without kustomization.yaml is told', async () => {
  expect(await findingsOf('directory-incomplete', without(tree, 'k8s/ingress/kustomization.yaml'))).toEqual([
    'k8s/ingress/sync.yaml:1 notice: k8s/ingress has a sync.yaml, but no kustomization.yaml, as its neighbours have: Flux applies every manifest in it, this file among them\n'
    + '  fix: add the other file, as the neighbouring directories have it',
  ]);
});

test('a directory whose Kustomizations are built from folders below, one that others use and a tree of another custom are fine', async () => {
  const overlays = { ...without(tree, 'k8s/ingress/kustomization.yaml'), 'k8s/ingress/prod/kustomization.yaml': 'resources: []\n' };
  const used = { ...without(tree, 'k8s/ingress/sync.yaml'), 'k8s/shop/kustomization.yaml': 'resources: [namespace.yaml, ../ingress]\n' };
  const other = { ...bootstrapped('clusters/prod'), 'clusters/prod/web.yaml': kustomization('web', './apps/web'), 'apps/web/kustomization.yaml': 'resources: [web.yaml]\n', 'apps/web/web.yaml': object('ConfigMap', 'web') };

  expect((await Promise.all([overlays, used, other].map((files) => findingsOf('directory-incomplete', files)))).flat()).toEqual([]);
});
