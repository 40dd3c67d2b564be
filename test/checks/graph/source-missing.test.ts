import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const release = (name: string, source: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: shop
spec:
  chart:
    spec:
      chart: ${name}
      sourceRef:
${source}`;
const repository = (name: string, namespace: string): string => `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`;

test('a Kustomization whose source does not exist is an error, with the one that is meant', async () => {
  const findings = await findingsOf('source-missing', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps').replace('    name: flux-system', '    name: flux-sytem'),
    'apps/web.yaml': object('ConfigMap', 'web'),
  });

  expect(findings).toEqual([
    'clusters/prod/apps.yaml:10 error Kustomization flux-system/apps: names the GitRepository flux-system/flux-sytem, which does not exist in this cluster\n'
    + '  fix: write "name: flux-system", if that is meant',
  ]);
});

test('a HelmRelease whose HelmRepository lies in another namespace needs that named', async () => {
  const findings = await findingsOf('source-missing', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/web.yaml': release('web', '        kind: HelmRepository\n        name: charts\n'),
    'apps/charts.yaml': repository('charts', 'flux-system'),
  });

  expect(findings).toEqual([
    'apps/web.yaml:10 error HelmRelease shop/web: names the HelmRepository shop/charts, which does not exist in this cluster\n'
    + '  fix: add "namespace: flux-system": the HelmRepository lies there',
  ]);
});

test('a source that lies in the tree and is not applied is told of', async () => {
  const findings = await findingsOf('source-missing', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/web.yaml': release('web', '        kind: HelmRepository\n        name: charts\n        namespace: flux-system\n'),
    'sources/charts.yaml': repository('charts', 'flux-system'),
  });

  expect(findings).toEqual([
    'apps/web.yaml:10 error HelmRelease shop/web: names the HelmRepository flux-system/charts, which does not exist in this cluster\n'
    + '  fix: have Flux apply sources/charts.yaml: HelmRepository flux-system/charts lies there, and no Kustomization of this cluster builds it',
  ]);
});

test('the source that flux bootstrap is yet to make is fine, and so is one that another Kustomization applies', async () => {
  const findings = await findingsOf('source-missing', {
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'clusters/prod/sources.yaml': kustomization('sources', './sources'),
    'apps/web.yaml': release('web', '        kind: HelmRepository\n        name: charts\n        namespace: flux-system\n'),
    'sources/charts.yaml': repository('charts', 'flux-system'),
  });

  expect(findings).toEqual([]);
});

test('a source that several name is told once for a cluster', async () => {
  const findings = await findingsOf('source-missing', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': ['one', 'other', 'third'].map((name) => kustomization(name, './apps').replace('    name: flux-system', '    name: fleet')).join('---\n'),
    'apps/web.yaml': object('ConfigMap', 'web'),
  });

  expect(findings).toEqual([
    'clusters/prod/apps.yaml:10 error Kustomization flux-system/one: names the GitRepository flux-system/fleet, which does not exist in this cluster, as do 2 more objects\n'
    + '  fix: name a source that the cluster has, with its namespace if that is another, or add the source to what Flux applies',
  ]);
});

test('where a cluster begins with another source than all others name, the beginning is mistaken', async () => {
  const findings = await findingsOf('source-missing', {
    'cluster/ks.yaml': kustomization('apps', './apps').replace('    name: flux-system', '    name: home'),
    'apps/web/ks.yaml': kustomization('web', './web'),
    'apps/mail/ks.yaml': kustomization('mail', './mail'),
    'web/web.yaml': object('ConfigMap', 'web'),
    'mail/mail.yaml': object('ConfigMap', 'mail'),
  });

  expect(findings.map((finding) => finding.split(',')[0])).toEqual(['cluster/ks.yaml:10 error Kustomization flux-system/apps: names the GitRepository flux-system/home']);
});

test('beside a bootstrapped source, one that a Kustomization applied by hand names has to be there', async () => {
  const findings = await findingsOf('source-missing', {
    ...bootstrapped('k8s/flux-system'),
    'k8s/web/sync.yaml': kustomization('web', './k8s/web/app'),
    'k8s/mail/sync.yaml': kustomization('mail', './k8s/mail/app').replace('    name: flux-system', '    name: fleet'),
    'k8s/web/app/web.yaml': object('ConfigMap', 'web'),
    'k8s/mail/app/mail.yaml': object('ConfigMap', 'mail'),
  });

  expect(findings.map((finding) => finding.split(',')[0])).toEqual(['k8s/mail/sync.yaml:10 error Kustomization flux-system/mail: names the GitRepository flux-system/fleet']);
});
