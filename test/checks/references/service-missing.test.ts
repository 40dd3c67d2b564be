import { findingsOf } from '../check-tree';
import { helmRelease, ingress, resource, service, shop } from './shop';

const leadingTo = (name: string): string => ingress(`rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}]}}]`);

test('a Service that an Ingress leads to and nothing makes is a warning', async () => {
  expect(await findingsOf('service-missing', shop({ 'shop/web.yaml': leadingTo('wbe'), 'shop/service.yaml': service('web') }))).toEqual([
    'shop/web.yaml:8 warning Ingress shop/web: leads to the Service shop/wbe, which nothing in this cluster makes\n'
    + '  fix: write "name: web", if that is meant; or list "Service/shop/wbe" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
});

test('beside a chart, which may make it, only a slip is told', async () => {
  const files = shop({ 'shop/release.yaml': helmRelease('podinfo') });

  expect(await findingsOf('service-missing', { ...files, 'shop/web.yaml': leadingTo('frontend') })).toEqual([]);
  expect(await findingsOf('service-missing', { ...files, 'shop/web.yaml': leadingTo('podnifo') })).toEqual([
    'shop/web.yaml:8 warning Ingress shop/web: leads to the Service shop/podnifo, which nothing in this cluster makes\n'
    + '  fix: write "name: podinfo", if that is meant',
  ]);
});

test('hosts of Istio are read as Istio reads them', async () => {
  const hosts = ['web', 'web.shop.svc.cluster.local', 'example.com', 'ratings.shop.svc.cluster.local', 'web.shp.svc'];
  const virtualService = resource('networking.istio.io/v1', 'VirtualService', 'web', `spec:\n  hosts: [shop.example.com]\n  http:\n    - route:\n${hosts.map((host) => `        - destination: {host: ${host}}\n`).join('')}`);

  expect(await findingsOf('service-missing', shop({ 'shop/web.yaml': virtualService, 'shop/service.yaml': service('web') }))).toEqual([
    'shop/web.yaml:11 warning VirtualService shop/web: leads to the Service shop/ratings, which nothing in this cluster makes\n'
    + '  fix: add it, or list "Service/shop/ratings" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
    'shop/web.yaml:12 warning VirtualService shop/web: leads to the Service shp/web, which nothing in this cluster makes\n'
    + '  fix: name it with its namespace: the Service web lies in shop',
  ]);
});

test('backends of a route that lie in another namespace, and Services that controllers make, are fine', async () => {
  const route = resource('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', 'spec:\n  rules: [{backendRefs: [{name: web, namespace: front, port: 80}, {name: pg-rw, port: 5432}, {name: web-canary, port: 80}, {name: files, kind: Bucket, group: example.com}]}]');
  const files = shop({
    'shop/route.yaml': route,
    'shop/service.yaml': service('web').replace('namespace: shop', 'namespace: front'),
    'shop/pg.yaml': resource('postgresql.cnpg.io/v1', 'Cluster', 'pg'),
    'shop/canary.yaml': resource('flagger.app/v1beta1', 'Canary', 'web', 'spec: {targetRef: {kind: Deployment, name: web}}'),
  });

  expect(await findingsOf('service-missing', files)).toEqual([]);
});

test('what makes objects elsewhere in the cluster, and gateways, make no Service of any name', async () => {
  const files = shop({ 'shop/web.yaml': resource('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', 'spec: {rules: [{backendRefs: [{name: wbe, port: 80}]}]}'), 'shop/gateway.yaml': resource('gateway.networking.k8s.io/v1', 'Gateway', 'edge') });
  const connector = { 'shop/connector.yaml': 'apiVersion: core.cnrm.cloud.google.com/v1beta1\nkind: ConfigConnector\nmetadata: {name: configconnector}\n' };

  expect(await findingsOf('service-missing', { ...files, ...connector })).toHaveLength(1);
  expect(await findingsOf('service-missing', { ...files, 'shop/cache.yaml': resource('cache.example.com/v1', 'Cache', 'front') })).toEqual([]);
});
