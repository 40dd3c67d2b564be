import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const shop = (own: string, base = 'resources: [web.yaml]\n') => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/shop.yaml': kustomization('shop', './shop'),
  'shop/kustomization.yaml': own,
  'base/kustomization.yaml': base,
  'base/web.yaml': object('ConfigMap', 'web', 'default'),
});

test('a field that kustomize does not know is an error: Flux drops it at its own path, and kustomize refuses it further down', async () => {
  expect(await findingsOf('kustomize-field-unknown', shop('resources:\n  - ../base\nimage:\n  - name: web\n    newTag: "2"\n', 'resources: [web.yaml]\nconfigMapGenerator:\n  - name: web\n    file: [web.txt]\n'))).toEqual([
    'base/kustomization.yaml:4 error: kustomize knows no field "file" in configMapGenerator, and refuses to build the folder\n  fix: write "files:"',
    'shop/kustomization.yaml:3 error: kustomize knows no field "image", and Flux drops it without a word\n  fix: write "images:"',
  ]);
});

test('what nothing builds is only told', async () => {
  expect(await findingsOf('kustomize-field-unknown', { ...shop('resources: [../base]\n'), 'old/kustomization.yaml': 'x-note: {}\n' })).toEqual([
    'old/kustomization.yaml:1 notice: kustomize knows no field "x-note", and refuses to build the folder\n  fix: write a field that kustomize knows, or drop it',
  ]);
});

test('the case of a name does not matter to Go, nor do fields of a patch\'s options', async () => {
  expect(await findingsOf('kustomize-field-unknown', shop('Resources: [../base]\npatches:\n  - patch: "{}"\n    target: {kind: ConfigMap}\n    options: {allowNameChange: true}\n'))).toEqual([]);
});
