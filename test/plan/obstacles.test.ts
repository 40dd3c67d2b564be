import { obstaclesOf } from '../../src/plan/obstacles';
import { bootstrapped, kustomization } from '../checks/check-tree';
import { contextOf, fleet, textOf } from './plan-of';

test('a file that cannot be read keeps what is built from it from being applied', async () => {
  expect(await textOf({ ...fleet({ web: '' }), 'web/broken.yaml': 'kind: ConfigMap\n  a: b: c\n' })).toMatch(/never ready\n {2}web\n {4}is built from web\/broken\.yaml, which cannot be read: .*\[yaml-invalid\]\n/);
});

test('a source or a chart source that does not exist keeps out what is to come from it', async () => {
  const files = {
    ...fleet({ web: '', charts: 'wait: true\n' }),
    'clusters/prod/web.yaml': kustomization('web', './web').replace('    name: flux-system', '    name: flux-sytem'),
    'charts/release.yaml': 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: cache, namespace: default}\nspec:\n  interval: 10m\n  chart: {spec: {chart: redis, sourceRef: {kind: HelmRepository, name: nowhere}}}\n',
  };

  expect(await textOf(files)).toContain(`never ready
  web
    names the GitRepository flux-system/flux-sytem, which does not exist in this cluster [source-missing]
    fix: write "name: flux-system", if that is meant
    at: clusters/prod/web.yaml:10
  HelmRelease default/cache (applied in wave 2)
    names the HelmRepository default/nowhere, which does not exist in this cluster [source-missing]
    fix: name a source that the cluster has, with its namespace if that is another, or add the source to what Flux applies
    at: charts/release.yaml:6
  charts (applied in wave 2) waits until all is ready that it applies: HelmRelease default/cache`);
});

test('a health check of what nothing applies lets it apply, and never become ready', async () => {
  expect(await textOf(fleet({ web: 'healthChecks:\n  - {apiVersion: apps/v1, kind: Deployment, name: sever, namespace: default}\n' }))).toContain(`  web (applied in wave 2)
    checks the health of Deployment default/sever, which nothing in this cluster applies [health-check-missing]`);
});

test.each([['v2.9.0', 1], ['v2.8.1', 0]])('variables without a value stop a Kustomization from Flux 2.9 on: %s', async (version, count) => {
  const flux = `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: flux-system\n  labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/version: ${version}}\n`;
  const context = await contextOf({ ...fleet({ web: '' }), ...bootstrapped('clusters/prod'), 'clusters/prod/flux-system/flux.yaml': flux, 'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml, flux.yaml]\n' });
  const [cluster] = context.clusters;
  const unset = { ...cluster!, kustomizations: cluster!.kustomizations.map((one) => (one.name === 'web' ? { ...one, unset: ['HOST', 'HOST', 'PORT'].map((name) => ({ name, object: one.object })) } : one)) };

  const found = obstaclesOf({ ...context, clusters: [unset] }).get(unset)!;

  expect(found).toEqual(Array.from({ length: count }, () => ({
    kind: 'Kustomization', key: 'flux-system/web', stops: 'applied', rule: 'variable-unset', message: 'uses ${HOST}, ${PORT}, which is not set: Flux 2.9 refuses that', fix: 'give it a value in postBuild.substitute, or a default in place',
  })));
});
