import { findingsOf } from '../check-tree';
import { deployment, helmRelease, resource, service, shop } from './shop';

const web = { 'shop/web.yaml': deployment('web') };

test('a Service that selects no pods is a warning, with what was meant', async () => {
  expect(await findingsOf('selector-matches-nothing', shop({ 'shop/web.yaml': deployment('frontend'), 'shop/service.yaml': service('web', '[{port: 80}]', '{app: frontedn}') }))).toEqual([
    'shop/service.yaml:5 warning Service shop/web: selects app=frontedn, which no pod template in shop has\n  fix: write "app: frontend", as Deployment frontend has it',
  ]);
  expect(await findingsOf('selector-matches-nothing', shop({ ...web, 'shop/service.yaml': service('web', '[{port: 80}]', '{app: shop, tier: front}') }))).toEqual([
    'shop/service.yaml:5 warning Service shop/web: selects app=shop,tier=front, which no pod template in shop has\n  fix: write the labels that the pods, or for a ServiceMonitor the Services, have',
  ]);
});

test('so is a PodDisruptionBudget, and a ServiceMonitor that selects no Service', async () => {
  const budget = resource('policy/v1', 'PodDisruptionBudget', 'web', 'spec: {selector: {matchExpressions: [{key: app, operator: In, values: [web2]}]}}');
  const monitor = resource('monitoring.coreos.com/v1', 'ServiceMonitor', 'web', 'spec: {selector: {matchLabels: {app: web}}}');

  expect(await findingsOf('selector-matches-nothing', shop({ ...web, 'shop/budget.yaml': budget, 'shop/monitor.yaml': monitor, 'shop/service.yaml': service('web') }))).toEqual([
    'shop/budget.yaml:4 warning PodDisruptionBudget shop/web: selects app In (web2), which no pod template in shop has\n  fix: write the labels that the pods, or for a ServiceMonitor the Services, have',
    'shop/monitor.yaml:4 warning ServiceMonitor shop/web: selects app=web, which no Service in shop has\n  fix: write the labels that the pods, or for a ServiceMonitor the Services, have',
  ]);
});

test.each([
  ['pods of the tree', { ...web, 'shop/service.yaml': service('web') }],
  ['labels that pods get at run time', { ...web, 'shop/service.yaml': service('web', '[{port: 80}]', '{app: web, statefulset.kubernetes.io/pod-name: web-0}') }],
  ['what a chart may run', { 'shop/release.yaml': helmRelease('shop'), 'shop/service.yaml': service('web') }],
  ['what an operator may run', { 'shop/kafka.yaml': resource('kafka.strimzi.io/v1beta2', 'Kafka', 'events'), 'shop/service.yaml': service('web') }],
  ['labels that kustomize adds', { ...web, 'shop/service.yaml': service('web', '[{port: 80}]', '{app: web, stage: prod}'), 'shop/kustomization.yaml': 'resources: [web.yaml, service.yaml]\nlabels: [{pairs: {stage: prod}, includeTemplates: true}]\n' }],
  ['no selector at all', { ...web, 'shop/service.yaml': resource('v1', 'Service', 'web', 'spec: {ports: [{port: 80}]}') }],
])('%s: fine', async (_, files) => {
  expect(await findingsOf('selector-matches-nothing', shop(files))).toEqual([]);
});

test('what only mounts secrets beside it makes no pods', async () => {
  const files = shop({ 'shop/web.yaml': deployment('web'), 'shop/service.yaml': service('web', '[{port: 80}]', '{app: wbe}'), 'shop/secrets.yaml': resource('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', 'web') });

  expect(await findingsOf('selector-matches-nothing', files)).toHaveLength(1);
});
