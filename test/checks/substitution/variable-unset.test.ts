import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { SET, settings, shop } from './shop';

const misspelt = shop(SET, { 'settings.yaml': settings('url: https://${HOSTNMAE}/') });

test('a variable without value and default is an error, with the one that is meant', async () => {
  expect(await findingsOf('variable-unset', misspelt)).toEqual([
    'shop/settings.yaml:5 error ConfigMap shop/settings: ${HOSTNMAE} in data.url has no value: Flux refuses the Kustomization\n  fix: write "${HOSTNAME}", if that is meant, or set HOSTNMAE in spec.postBuild of flux-system/shop',
  ]);
  expect((await findingsOf('variable-unset', shop(SET, { 'settings.yaml': settings('region: ${REGION}') })))[0]).toMatch('fix: set REGION in spec.postBuild of flux-system/shop, or give it a default: ${REGION:=value}');
});

testWith('kustomize', 'so it is where all is rendered, and once where a name stands in several fields', async (kustomize) => {
  expect(await renderedFindingsOf(kustomize, 'variable-unset', misspelt)).toEqual(await findingsOf('variable-unset', misspelt));
  expect(await renderedFindingsOf(kustomize, 'variable-unset', shop(SET, { 'settings.yaml': settings('a: ${X}\n  b: ${X}') }))).toHaveLength(1);
});

test('before Flux 2.9, nothing is put there', async () => {
  expect((await findingsOf('variable-unset', misspelt, { settings: { flux: '2.8' } }))[0]).toMatch(
    'shop/settings.yaml:5 warning ConfigMap shop/settings: ${HOSTNMAE} in data.url has no value: nothing is put there, and Flux 2.9 refuses the Kustomization\n',
  );
});

test('a value, a default, an escape, an object left alone, and values that nobody can see are fine', async () => {
  const quiet = async (postBuild: string, text: string) => expect(await findingsOf('variable-unset', shop(postBuild, { 'settings.yaml': text }))).toEqual([]);

  await quiet(SET, settings('url: ${HOSTNAME}${PORT:=:80}$${SHELL}$HOME'));
  await quiet(SET, settings('url: ${X}').replace('name: settings', 'name: settings, annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }'));
  await quiet(`${SET}  substituteFrom: [{ kind: Secret, name: cluster }]\n`, settings('url: ${X}'));
  await quiet('', settings('url: ${X}'));
});

test('values come from a ConfigMap of the tree, too', async () => {
  const cluster = { 'clusters/prod/cluster.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cluster, namespace: flux-system }\ndata: { REGION: eu }\n' };
  const from = 'postBuild:\n  substituteFrom: [{ kind: ConfigMap, name: cluster }]\n';

  expect(await findingsOf('variable-unset', { ...shop(from, { 'settings.yaml': settings('region: ${REGION}') }), ...cluster })).toEqual([]);
  expect(await findingsOf('variable-unset', { ...shop(from, { 'settings.yaml': settings('region: ${REGOIN}') }), ...cluster })).toHaveLength(1);
});
