import { findingsOf } from '../check-tree';
import { web } from './web';

test('each field is told once, at the first file that has it', async () => {
  const files = web('commonLabels: { team: shop }\nsecretGenerator:\n  - name: x\n    env: x.env\n', { 'api/kustomization.yaml': 'bases: [../web]\ncommonLabels: { team: api }\n', 'zoo/kustomization.yaml': 'commonLabels: { team: zoo }\n' });

  expect(await findingsOf('kustomize-field-deprecated', files)).toEqual([
    'api/kustomization.yaml:1 notice: bases is deprecated\n  fix: list them under resources',
    'api/kustomization.yaml:2 notice: commonLabels is deprecated, here and in 2 more files\n  fix: write "labels: [{ pairs: …, includeSelectors: true }]", which keeps the selectors as they are',
    'web/kustomization.yaml:6 notice: env is deprecated\n  fix: write "envs: [ … ]"',
  ]);
});

test('what replaces them is fine', async () => {
  expect(await findingsOf('kustomize-field-deprecated', web('labels: [{ pairs: { team: shop }, includeSelectors: true }]\nconfigMapGenerator: [{ name: x, envs: [x.env] }]\n'))).toEqual([]);
});
