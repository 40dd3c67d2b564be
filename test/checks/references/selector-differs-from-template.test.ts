import { findingsOf } from '../check-tree';
import { deployment, shop } from './shop';

test('a selector that does not match its own pods is an error', async () => {
  expect(await findingsOf('selector-differs-from-template', shop({ 'shop/web.yaml': deployment('web', { labels: '{app: wbe}' }) }))).toEqual([
    'shop/web.yaml:7 error Deployment shop/web: the pods have app=wbe, and the selector wants app=web\n'
    + '  fix: give the template the labels that the selector names; the selector itself cannot be changed once the object exists',
  ]);
});

test('more labels than selected are fine, and so are those that a patch may add', async () => {
  const patched = 'resources: [web.yaml]\npatches:\n  - target: {kind: Deployment}\n    patch: |\n      spec: {template: {metadata: {labels: {app: web}}}}\n';

  expect(await findingsOf('selector-differs-from-template', shop({ 'shop/web.yaml': deployment('web', { labels: '{app: web, tier: front}' }) }))).toEqual([]);
  expect(await findingsOf('selector-differs-from-template', shop({ 'shop/web.yaml': deployment('web', { labels: '{}' }), 'shop/kustomization.yaml': patched }))).toEqual([]);
});
