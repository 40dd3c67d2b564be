import { findingsOf, kustomization, object } from '../check-tree';
import { SET, settings, shop } from './shop';

const two = (spec: string, text: string) => ({ ...shop(SET, { 'settings.yaml': settings('url: ${HOSTNAME}') }), 'clusters/prod/web.yaml': kustomization('web', './web', spec), 'web/settings.yaml': text });

test('a variable of others stands in what a Kustomization without variables applies', async () => {
  expect(await findingsOf('variable-not-substituted', two('', settings('url: ${HOSTNAME}\n  other: ${HOSTNAME}')))).toEqual([
    'web/settings.yaml:5 warning ConfigMap shop/settings: ${HOSTNAME} in data.url is applied as it stands, since flux-system/web has no variables\n  fix: give flux-system/web a spec.postBuild that sets HOSTNAME',
  ]);
  expect(await findingsOf('variable-not-substituted', two('postBuild: {}\n', settings('url: ${HOSTNAME}')))).toHaveLength(1);
});

test('no name has a brace', async () => {
  expect(await findingsOf('variable-not-substituted', two('', object('ConfigMap', 'settings-${BRANCH}', 'shop')))).toEqual([
    'web/settings.yaml:4 error ConfigMap shop/settings-${BRANCH}: ${BRANCH} in metadata.name is applied as it stands, since flux-system/web has no variables\n  fix: give flux-system/web a spec.postBuild that sets BRANCH',
  ]);
});

test('what is nobody\'s variable may be a program\'s own', async () => {
  expect(await findingsOf('variable-not-substituted', two('', settings('query: ${datasource}')))).toEqual([]);
  expect(await findingsOf('variable-not-substituted', two(SET, settings('url: ${HOSTNAME}')))).toEqual([]);
});

test('where most are left, something in the cluster fills them in', async () => {
  const files = { ...two('', settings('url: ${HOSTNAME}')), 'clusters/prod/api.yaml': kustomization('api', './api'), 'api/settings.yaml': settings('url: ${HOSTNAME}') };

  expect(await findingsOf('variable-not-substituted', files)).toEqual([]);
});
