import { bootstrapped, findingsOf, kustomization, type Files } from '../check-tree';

const installed = (version: string): Files => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-components.yaml, gotk-sync.yaml]\n',
  'clusters/prod/flux-system/gotk-components.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: flux-system
  labels:
    app.kubernetes.io/part-of: flux
    app.kubernetes.io/version: ${version}
`,
});
const policy = 'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: web, namespace: flux-system}\n';
const repository = (version: string) => `apiVersion: source.toolkit.fluxcd.io/${version}\nkind: HelmRepository\nmetadata: {name: charts, namespace: flux-system}\n`;

test('a version that the installed Flux does not serve yet is an error, with what to write', async () => {
  expect(await findingsOf('flux-version-not-served', { ...installed('v2.4.0'), 'clusters/prod/policy.yaml': policy })).toEqual([
    'clusters/prod/policy.yaml:1 error ImagePolicy flux-system/web: ImagePolicy image.toolkit.fluxcd.io/v1 came with Flux 2.7, and the cluster has Flux 2.4 (clusters/prod/flux-system/gotk-components.yaml installs it)\n'
    + '  fix: write "apiVersion: image.toolkit.fluxcd.io/v1beta2"',
  ]);
});

test('a version that it no longer serves is an error, also inside healthChecks', async () => {
  const files = {
    ...installed('v2.8.1'),
    'clusters/prod/charts.yaml': repository('v1beta2'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps', 'healthChecks:\n  - apiVersion: helm.toolkit.fluxcd.io/v2beta1\n    kind: HelmRelease\n    name: web\n    namespace: shop'),
  };

  expect(await findingsOf('flux-version-not-served', files)).toEqual([
    'clusters/prod/apps.yaml:14 error Kustomization flux-system/apps: the health check of web: Flux 2.7 removed HelmRelease helm.toolkit.fluxcd.io/v2beta1, and the cluster has Flux 2.8 (clusters/prod/flux-system/gotk-components.yaml installs it)\n'
    + '  fix: write "apiVersion: helm.toolkit.fluxcd.io/v2"',
    'clusters/prod/charts.yaml:1 error HelmRepository flux-system/charts: Flux 2.8 removed HelmRepository source.toolkit.fluxcd.io/v1beta2, and the cluster has Flux 2.8 (clusters/prod/flux-system/gotk-components.yaml installs it)\n'
    + '  fix: write "apiVersion: source.toolkit.fluxcd.io/v1"',
  ]);
});

test('where the release is not known, what the newest removed is a warning', async () => {
  expect(await findingsOf('flux-version-not-served', { ...bootstrapped('clusters/prod'), 'clusters/prod/charts.yaml': repository('v1beta2') })).toEqual([
    'clusters/prod/charts.yaml:1 warning HelmRepository flux-system/charts: Flux 2.8 removed HelmRepository source.toolkit.fluxcd.io/v1beta2, and the cluster has Flux 2.9 (the newest release)\n'
    + '  fix: write "apiVersion: source.toolkit.fluxcd.io/v1"',
  ]);
});

test('versions that the installed release serves are fine, deprecated ones too', async () => {
  expect(await findingsOf('flux-version-not-served', { ...installed('v2.6.4'), 'clusters/prod/charts.yaml': repository('v1beta2'), 'clusters/prod/more.yaml': repository('v1') })).toEqual([]);
});
