import { testWith } from '../../tools';
import { bootstrapped, findingsOf, kustomization, object, renderedFindingsOf } from '../check-tree';
import { deployment, web } from './web';

const base = { 'web/base/kustomization.yaml': 'resources: [deployment.yaml]\n', 'web/base/deployment.yaml': deployment('web') };

testWith('kustomize', 'a file listed twice, and an object that comes from two', async (kustomize) => {
  const twice = web('  - ./deployment.yaml\n');
  const both = web('  - base\n', base);

  expect(await findingsOf('resource-twice', twice)).toEqual(['web/kustomization.yaml:3 error: Deployment shop/web is there already: kustomize refuses to build\n  fix: take web/deployment.yaml in once']);
  expect(await findingsOf('resource-twice', both)).toEqual(['web/kustomization.yaml:3 error: Deployment shop/web is there already, from web/deployment.yaml:1: kustomize refuses to build\n  fix: take out one of the two, or give it another name']);
  for (const files of [twice, both]) expect((await renderedFindingsOf(kustomize, 'kustomize-build-failed', files))[0]).toMatch('already registered id');
});

test('the same name in another namespace, or with a prefix, is another object', async () => {
  expect(await findingsOf('resource-twice', web('  - base\n', { ...base, 'web/base/kustomization.yaml': 'resources: [deployment.yaml]\nnamespace: other\n' }))).toEqual([]);
  expect(await findingsOf('resource-twice', web('  - base\n', { ...base, 'web/base/kustomization.yaml': 'resources: [deployment.yaml]\nnamePrefix: b-\n' }))).toEqual([]);
});

test('two objects of one name in a folder without a kustomization.yaml are an error at the second, which Flux lists as well', async () => {
  const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/web.yaml': kustomization('web', './web'), 'web/a.yaml': object('ConfigMap', 'web', 'shop'), 'web/b.yaml': object('ConfigMap', 'web', 'shop') };

  expect(await findingsOf('resource-twice', files)).toEqual([
    'web/b.yaml:1 error ConfigMap shop/web: ConfigMap shop/web is there already, from web/a.yaml:1: kustomize refuses to build\n  fix: take out one of the two, or give it another name',
  ]);
});
