import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const tree = (spec = '') => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/namespaces.yaml': kustomization('namespaces', './namespaces'),
  'clusters/prod/apps.yaml': kustomization('apps', './apps', spec),
  'namespaces/shop.yaml': object('Namespace', 'shop'),
});

test('a namespace that nothing creates is a warning, with the one that is meant', async () => {
  const findings = await findingsOf('namespace-missing', { ...tree(), 'apps/web.yaml': object('ConfigMap', 'web', 'shp'), 'apps/web2.yaml': object('ConfigMap', 'web2', 'shp') });

  expect(findings).toEqual([
    'apps/web.yaml:5 warning ConfigMap shp/web: lies in the namespace shp, which nothing in this cluster creates, as does 1 more object of flux-system/apps\n'
    + '  fix: write "namespace: shop", if that is meant, or add a Namespace object',
  ]);
});

test('a namespace that comes from a Kustomization which is not depended on is a warning', async () => {
  const findings = await findingsOf('namespace-missing', { ...tree(), 'apps/web.yaml': object('ConfigMap', 'web', 'shop') });

  expect(findings).toEqual([
    'apps/web.yaml:5 warning ConfigMap shop/web: lies in the namespace shop, which flux-system/namespaces creates, and flux-system/apps does not depend on that\n'
    + '  fix: add "- name: namespaces" to dependsOn of flux-system/apps',
  ]);
});

test('the namespace that a Kustomization targets counts', async () => {
  const findings = await findingsOf('namespace-missing', { ...tree('targetNamespace: mail'), 'apps/web.yaml': object('ConfigMap', 'web') });

  expect(findings.map((text) => text.split('\n')[0])).toEqual(['apps/web.yaml:3 warning ConfigMap web: lies in the namespace mail, which nothing in this cluster creates']);
});

test('known namespaces are fine: those of every cluster, of the same render, of a dependency, of a HelmRelease and of the settings', async () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: nginx\n  namespace: flux-system\nspec:\n  targetNamespace: ingress\n  install:\n    createNamespace: true\n`;

  const findings = await findingsOf('namespace-missing', {
    ...tree('dependsOn:\n  - name: namespaces'),
    'apps/web.yaml': object('ConfigMap', 'web', 'shop'),
    'apps/dns.yaml': object('ConfigMap', 'dns', 'kube-system'),
    'apps/mail.yaml': `${object('Namespace', 'mail')}---\n${object('ConfigMap', 'mail', 'mail')}`,
    'apps/nginx.yaml': `${release}---\n${object('ConfigMap', 'nginx', 'ingress')}`,
    'apps/outside.yaml': object('ConfigMap', 'outside', 'cluster-config'),
    'apps/variable.yaml': object('ConfigMap', 'variable', '"${NAMESPACE}"'),
  }, { settings: { outsiders: ['Namespace/cluster-config'] } });

  expect(findings).toEqual([]);
});

test('a namespace that is surely misspelled is told, even where not all that creates namespaces can be seen', async () => {
  const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/web.yaml': kustomization('web', './web', 'targetNamespace: defualt'), 'clusters/prod/other.yaml': kustomization('other', './other').replace('kind: GitRepository\n    name: flux-system', 'kind: OCIRepository\n    name: other'), 'web/web.yaml': object('ConfigMap', 'web') };

  expect(await findingsOf('namespace-missing', files)).toEqual([
    expect.stringContaining('lies in the namespace defualt, which nothing in this cluster creates\n  fix: write "namespace: default", if that is meant, or add a Namespace object'),
  ]);
  expect(await findingsOf('namespace-missing', { ...files, 'clusters/prod/web.yaml': kustomization('web', './web', 'targetNamespace: backend') })).toEqual([]);
});

test('where a dependency is misspelled, that is said, and not what lacks for it', async () => {
  const files = { ...tree('dependsOn:\n  - name: namespace'), 'apps/web.yaml': object('ConfigMap', 'web', 'shop') };

  expect(await findingsOf('namespace-missing', files)).toEqual([]);
  expect(await findingsOf('depends-on-missing', files)).toHaveLength(1);
});
