import { findingsOf, kustomization } from '../check-tree';
import { deployment, helmRelease, resource, shop } from './shop';

const fromConfig = (name: string, more = ''): string => deployment('web', { container: `envFrom: [{configMapRef: {name: ${name}${more}}}]` });

test('a ConfigMap that nothing makes is a warning, with the one that is meant', async () => {
  const files = shop({ 'shop/web.yaml': fromConfig('web-confg'), 'shop/config.yaml': resource('v1', 'ConfigMap', 'web-config') });

  expect(await findingsOf('config-map-missing', files)).toEqual([
    'shop/web.yaml:12 warning Deployment shop/web: needs the ConfigMap shop/web-confg, which nothing in this cluster makes\n'
    + '  fix: write "name: web-config", if that is meant',
  ]);
});

test('one that lies in another namespace is not seen from there', async () => {
  const files = shop({ 'shop/web.yaml': fromConfig('settings'), 'shop/config.yaml': resource('v1', 'ConfigMap', 'settings', '', 'flux-system') });

  expect(await findingsOf('config-map-missing', files)).toEqual([
    'shop/web.yaml:12 warning Deployment shop/web: needs the ConfigMap shop/settings, which nothing in this cluster makes\n'
    + '  fix: have it in shop: the ConfigMap settings lies in flux-system, and is not seen from there',
  ]);
});

test('one in a file that no Kustomization builds is named with the file', async () => {
  const files = shop({ 'shop/web.yaml': fromConfig('settings'), 'spare/config.yaml': resource('v1', 'ConfigMap', 'settings') });

  expect(await findingsOf('config-map-missing', files)).toEqual([
    'shop/web.yaml:12 warning Deployment shop/web: needs the ConfigMap shop/settings, which nothing in this cluster makes\n'
    + '  fix: have Flux apply spare/config.yaml, which has it: no Kustomization of this cluster builds it',
  ]);
});

test('one that is needed in several places is told once', async () => {
  const files = shop({ 'shop/web.yaml': fromConfig('settings'), 'shop/job.yaml': fromConfig('settings').replace('name: web,', 'name: worker,') });

  expect(await findingsOf('config-map-missing', files)).toEqual([
    'shop/job.yaml:12 warning Deployment shop/worker: needs the ConfigMap shop/settings, which nothing in this cluster makes, as does 1 more place\n'
    + '  fix: add it, or list "ConfigMap/shop/settings" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
  expect(await findingsOf('config-map-missing', files, { settings: { outsiders: ['ConfigMap/shop/*'] } })).toEqual([]);
});

test.each([
  ['an optional one', { 'shop/web.yaml': fromConfig('settings', ', optional: true') }],
  ['one that every cluster has', { 'shop/web.yaml': fromConfig('kube-root-ca.crt') }],
  ['one with a variable in its name', { 'shop/web.yaml': fromConfig('"${STAGE}-settings"') }],
  ['one for which a variable in a name may stand', { 'shop/web.yaml': fromConfig('prod-settings'), 'shop/config.yaml': resource('v1', 'ConfigMap', '"${STAGE}-settings"') }],
  ['one that a generator makes', { 'shop/web.yaml': fromConfig('settings'), 'shop/kustomization.yaml': 'resources: [namespace.yaml, web.yaml]\nnamespace: shop\nconfigMapGenerator:\n  - {name: settings, literals: [a=b]}\n' }],
  ['one that a prefix of kustomize is put before', { 'shop/web.yaml': fromConfig('settings'), 'shop/config.yaml': resource('v1', 'ConfigMap', 'settings'), 'shop/kustomization.yaml': 'namePrefix: prod-\nresources: [web.yaml, config.yaml]\n' }],
  ['one that a chart of the namespace may name after itself', { 'shop/web.yaml': fromConfig('redis-scripts'), 'shop/redis.yaml': helmRelease('redis') }],
  ['one that a script speaks of', { 'shop/web.yaml': fromConfig('settings'), 'shop/job.yaml': deployment('maker', { container: 'args: ["kubectl create configmap settings"]' }) }],
  ['one that a patch may name otherwise', { 'shop/web.yaml': fromConfig('settings'), 'shop/kustomization.yaml': 'resources: [web.yaml]\npatches:\n  - target: {kind: Deployment}\n    patch: "- {op: replace, path: /spec/template/spec/containers/0/envFrom/0/configMapRef/name, value: other}"\n' }],
])('%s is fine', async (_, files) => {
  expect(await findingsOf('config-map-missing', shop(files))).toEqual([]);
});

test('what a HelmRelease reads its values from is not made by its own chart', async () => {
  const files = shop({ 'shop/redis.yaml': helmRelease('redis', '  valuesFrom: [{kind: ConfigMap, name: redis-values}]') });

  expect(await findingsOf('config-map-missing', files)).toEqual([
    'shop/redis.yaml:6 warning HelmRelease shop/redis: needs the ConfigMap shop/redis-values, which nothing in this cluster makes\n'
    + '  fix: add it, or list "ConfigMap/shop/redis-values" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
});

test('what lies in the folder of a cluster that is yet to be bootstrapped counts as well', async () => {
  const files = {
    'clusters/lab/apps.yaml': kustomization('apps', './apps'),
    'apps/settings.yaml': resource('v1', 'ConfigMap', 'settings'),
    'clusters/lab/web.yaml': deployment('web', { container: 'envFrom: [{configMapRef: {name: setings}}]' }),
  };

  expect((await findingsOf('config-map-missing', files)).map((finding) => finding.split(',')[0])).toEqual(['clusters/lab/web.yaml:12 warning Deployment shop/web: needs the ConfigMap shop/setings']);
});
