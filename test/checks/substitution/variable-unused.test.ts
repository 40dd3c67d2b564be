import { findingsOf, kustomization } from '../check-tree';
import { SET, settings, shop } from './shop';

test('a variable that nothing uses is told, with the one that is meant', async () => {
  expect(await findingsOf('variable-unused', shop(SET, { 'settings.yaml': settings('url: ${HOSTNMAE:=localhost}') }))).toEqual([
    'clusters/prod/shop.yaml:15 notice Kustomization flux-system/shop: HOSTNAME is used by nothing in shop\n  fix: write "HOSTNMAE", if that is meant',
  ]);
  expect((await findingsOf('variable-unused', shop(SET, { 'settings.yaml': settings('a: b') })))[0]).toMatch('fix: drop it, or use it');
});

test('uses in patches, in data of generators and in defaults count', async () => {
  const built = (rest: string) => shop(SET, { 'kustomization.yaml': `resources: [settings.yaml]\n${rest}`, 'settings.yaml': settings('a: b'), 'data.env': 'URL=${HOSTNAME}\n' });

  expect(await findingsOf('variable-unused', built(''))).toHaveLength(1);
  expect(await findingsOf('variable-unused', built('configMapGenerator: [{ name: x, envs: [data.env] }]\n'))).toEqual([]);
  expect(await findingsOf('variable-unused', shop(SET, { 'settings.yaml': settings('url: ${URL:=${HOSTNAME}}') }))).toEqual([]);
});

test('nothing is said where not all is seen, or where all give it and some use it', async () => {
  const remote = shop(SET, { 'kustomization.yaml': 'resources: [settings.yaml, https://example.com/release.yaml]\n', 'settings.yaml': settings('a: b') });
  const habit = { ...shop(SET, { 'settings.yaml': settings('a: b') }), 'clusters/prod/web.yaml': kustomization('web', './web', SET), 'web/settings.yaml': settings('url: ${HOSTNAME}') };

  expect(await findingsOf('variable-unused', remote)).toEqual([]);
  expect(await findingsOf('variable-unused', habit)).toEqual([]);
});
