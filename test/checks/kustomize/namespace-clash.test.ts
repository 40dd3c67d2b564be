import { testWith } from '../../tools';
import { findingsOf, object, renderedFindingsOf } from '../check-tree';
import { web } from './web';

const tree = (namespace: string, kind = 'ConfigMap') => web(`  - a.yaml\n  - b.yaml\n${namespace}`, { 'web/a.yaml': object(kind, kind === 'Namespace' ? 'a' : 'settings', kind === 'Namespace' ? undefined : 'a'), 'web/b.yaml': object(kind, kind === 'Namespace' ? 'b' : 'settings', kind === 'Namespace' ? undefined : 'b') });

testWith('kustomize', 'one namespace makes one object of two, and kustomize refuses', async (kustomize) => {
  expect(await findingsOf('namespace-clash', tree('namespace: shop\n'))).toEqual([
    'web/kustomization.yaml:5 error: "shop" makes one object of ConfigMap a/settings (web/a.yaml) and ConfigMap b/settings (web/b.yaml): kustomize refuses to build\n  fix: rename one of the two, or set the namespace in folders of their own',
  ]);
  expect(await findingsOf('namespace-clash', tree('namespace: shop\n', 'Namespace'))).toEqual([
    'web/kustomization.yaml:5 error: "shop" is what both Namespace a (web/a.yaml) and Namespace b (web/b.yaml) are renamed to: kustomize refuses to build\n  fix: keep one Namespace, or drop the field',
  ]);
  for (const kind of ['ConfigMap', 'Namespace']) expect((await renderedFindingsOf(kustomize, 'kustomize-build-failed', tree('namespace: shop\n', kind)))[0]).toMatch('ID conflict');
});

test('two namespaces that are left alone are fine', async () => {
  expect(await findingsOf('namespace-clash', tree(''))).toEqual([]);
});
