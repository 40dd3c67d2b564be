import { removedApi } from '../../src/schema/removed-apis';

test.each([
  ['policy/v1beta1', 'PodSecurityPolicy', '1.25', undefined],
  ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'policy/v1'],
  ['extensions/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', 'autoscaling/v2'],
  ['flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema', '1.29', 'flowcontrol.apiserver.k8s.io/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.32', 'flowcontrol.apiserver.k8s.io/v1'],
])('%s %s is gone since %s', (apiVersion, kind, removedIn, successor) => {
  expect(removedApi(apiVersion, kind)).toEqual({ removedIn, successor });
});

test.each([['apps/v1', 'Deployment'], ['example.org/v1', 'Thing'], ['policy/v1beta1', 'Thing']])('%s %s was never removed', (apiVersion, kind) => {
  expect(removedApi(apiVersion, kind)).toBeUndefined();
});
