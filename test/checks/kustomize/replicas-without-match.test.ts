import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { web } from './web';

testWith('kustomize', 'replicas of what is not there keep kustomize from building', async (kustomize) => {
  const files = web('replicas:\n  - name: wbe\n    count: 3\n');

  expect(await findingsOf('replicas-without-match', files)).toEqual([
    'web/kustomization.yaml:4 error: nothing that has replicas is called "wbe": kustomize refuses to build\n  fix: write "web", if that is meant',
  ]);
  expect((await renderedFindingsOf(kustomize, 'kustomize-build-failed', files))[0]).toMatch('resource with name wbe does not match');
});

test('names with and without a prefix are fine', async () => {
  const files = { ...web('namePrefix: v2-\nreplicas: [{ name: web, count: 3 }]\n'), 'over/kustomization.yaml': 'resources: [../web]\nreplicas: [{ name: v2-web, count: 1 }]\n' };

  expect(await findingsOf('replicas-without-match', files)).toEqual([]);
});
