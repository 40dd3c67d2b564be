import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { deployment, helmRelease, shop } from './shop';

const files = shop({
  'shop/kustomization.yaml': 'namespace: shop\nresources: [namespace.yaml, web.yaml, redis.yaml]\nconfigMapGenerator:\n  - {name: settings, literals: ["values.yaml=a: b"]}\n',
  'shop/web.yaml': deployment('web', { container: 'envFrom: [{configMapRef: {name: settings}}]' }),
  'shop/redis.yaml': helmRelease('redis', '  valuesFrom:\n    - kind: ConfigMap\n      name: settings'),
});

testWith('kustomize', 'kustomize gives a generated ConfigMap a hash, and does not tell what it does not know', async (kustomize) => {
  const findings = await renderedFindingsOf(kustomize, 'config-map-missing', files);

  expect(findings).toEqual([
    'shop/redis.yaml:8 warning HelmRelease shop/redis: needs the ConfigMap shop/settings, which nothing in this cluster makes\n'
    + '  fix: set "disableNameSuffixHash: true" for its generator, which makes it as settings-469cb5bdcf and does not rewrite this name, or teach kustomize this field by a nameReference',
  ]);
});

testWith('kustomize', 'a generator without hashes, and what patches write, are seen as they are applied', async (kustomize) => {
  const plain = { ...files, 'shop/kustomization.yaml': `${files['shop/kustomization.yaml']!}generatorOptions: {disableNameSuffixHash: true}\npatches:\n  - target: {kind: Deployment}\n    patch: "- {op: replace, path: /spec/template/spec/containers/0/envFrom/0/configMapRef/name, value: setings}"\n` };

  expect(await findingsOf('config-map-missing', plain)).toEqual([]);
  expect(await renderedFindingsOf(kustomize, 'config-map-missing', plain)).toEqual([
    'shop/web.yaml:12 warning Deployment shop/web: needs the ConfigMap shop/setings, which nothing in this cluster makes\n  fix: write "name: settings", if that is meant',
  ]);
});
