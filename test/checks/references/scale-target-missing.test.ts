import { findingsOf } from '../check-tree';
import { deployment, helmRelease, resource, shop } from './shop';

const autoscaler = (name: string, kind = 'Deployment'): string => resource('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', `spec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: ${kind}\n    name: ${name}`);

test('a target that does not exist is a warning', async () => {
  expect(await findingsOf('scale-target-missing', shop({ 'shop/web.yaml': deployment('web'), 'shop/hpa.yaml': autoscaler('wbe') }))).toEqual([
    'shop/hpa.yaml:8 warning HorizontalPodAutoscaler shop/web: scales the Deployment shop/wbe, which nothing in this cluster makes\n'
    + '  fix: write "name: web", if that is meant; or list "Deployment/shop/wbe" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
});

test('one of another kind does not count', async () => {
  expect(await findingsOf('scale-target-missing', shop({ 'shop/web.yaml': deployment('web'), 'shop/hpa.yaml': autoscaler('web', 'StatefulSet') }))).toEqual([
    'shop/hpa.yaml:8 warning HorizontalPodAutoscaler shop/web: scales the StatefulSet shop/web, which nothing in this cluster makes\n'
    + '  fix: write "kind: Deployment": that is what shop/web is',
  ]);
});

test('a Deployment of the tree, and one that a chart may bring, are fine', async () => {
  expect(await findingsOf('scale-target-missing', shop({ 'shop/web.yaml': deployment('web'), 'shop/hpa.yaml': autoscaler('web') }))).toEqual([]);
  expect(await findingsOf('scale-target-missing', shop({ 'shop/web.yaml': helmRelease('shop'), 'shop/hpa.yaml': autoscaler('web') }))).toEqual([]);
});
