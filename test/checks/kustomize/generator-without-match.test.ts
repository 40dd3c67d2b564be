import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { web } from './web';

const over = (generator: string) => ({ ...web('configMapGenerator:\n  - { name: settings, namespace: shop, literals: [a=b] }\n', {}, ''), 'web/kustomization.yaml': `resources: [base]\nconfigMapGenerator:\n  - ${generator}\n`, 'web/base/kustomization.yaml': 'configMapGenerator:\n  - { name: settings, namespace: shop, literals: [a=b] }\n' });

testWith('kustomize', 'what is merged has to be there, and what is made may not', async (kustomize) => {
  const cases = {
    '{ name: setings, namespace: shop, behavior: merge, literals: [a=c] }': 'the ConfigMap shop/setings to merge into is not there: kustomize refuses to build\n  fix: write "settings", if that is meant',
    '{ name: settings, behavior: replace, literals: [a=c] }': 'the ConfigMap settings to replace into is not there: kustomize refuses to build\n  fix: write the namespace as it is there: ConfigMap shop/settings',
    '{ name: settings, namespace: shop, literals: [a=c] }': 'there is a ConfigMap shop/settings already, and kustomize refuses to make another\n  fix: write "behavior: merge" or "behavior: replace", or give it another name',
  };

  for (const [generator, text] of Object.entries(cases)) {
    expect(await findingsOf('generator-without-match', over(generator))).toEqual([`web/kustomization.yaml:3 error: ${text}`]);
    expect(await renderedFindingsOf(kustomize, 'kustomize-build-failed', over(generator))).toHaveLength(1);
  }
});

test('a merge into what a base makes is fine', async () => {
  expect(await findingsOf('generator-without-match', over('{ name: settings, namespace: shop, behavior: merge, literals: [a=c] }'))).toEqual([]);
});
