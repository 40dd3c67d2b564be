import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { deployment, web } from './web';

const before = web('');
const fix = '  fix: write "labels: [{ pairs: …, includeTemplates: true }]", which leaves selectors alone';

testWith('kustomize', 'labels that go into the selector of what runs are an error', async (kustomize) => {
  const after = web('commonLabels: { team: shop }\n');

  expect(await renderedFindingsOf(kustomize, 'selector-changed', after, { base: before })).toEqual([
    `web/deployment.yaml:6 error Deployment shop/web: spec.selector.matchLabels changes (with team: shop): the API server refuses that for a Deployment that is there\n${fix}`,
  ]);
  expect(await renderedFindingsOf(kustomize, 'selector-changed', web('labels: [{ pairs: { team: shop }, includeTemplates: true }]\n'), { base: before })).toEqual([]);
});

test('without kustomize, the labels themselves are told', async () => {
  expect(await findingsOf('selector-changed', web('labels: [{ pairs: { team: shop }, includeSelectors: true }]\n'), { base: web('commonLabels: { team: web }\n') })).toEqual([
    `web/kustomization.yaml:3 error: labels that go into selectors change (team: web to shop): the API server refuses that for the Deployment web, which is there\n${fix}`,
  ]);
  expect(await findingsOf('selector-changed', web('labels: [{ pairs: { team: shop }, includeSelectors: true }]\n'), { base: web('commonLabels: { team: shop }\n') })).toEqual([]);
});

test('a selector that was written anew is an error, but for an object that is new or may be replaced', async () => {
  const changed = web('', { 'web/deployment.yaml': deployment('web').replace('matchLabels: { app: web }', 'matchLabels: { app: server }') });
  const renamed = web('', { 'web/deployment.yaml': deployment('web2') });

  expect(await findingsOf('selector-changed', changed, { base: before })).toEqual([
    `web/deployment.yaml:6 error Deployment shop/web: spec.selector.matchLabels changes (app: web to server): the API server refuses that for a Deployment that is there\n${fix}`,
  ]);
  expect(await findingsOf('selector-changed', renamed, { base: before })).toEqual([]);
  expect(await findingsOf('selector-changed', { ...changed, 'clusters/prod/web.yaml': web('', {}, 'force: true\n')['clusters/prod/web.yaml']! }, { base: before })).toEqual([]);
});
