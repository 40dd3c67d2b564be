import { findingsOf } from '../check-tree';
import { helmRelease, resource, shop } from '../references/shop';

const gateway = { 'shop/gateway.yaml': resource('networking.istio.io/v1', 'Gateway', 'public', '', 'istio-system') };
const virtualService = (...gateways: string[]): string => resource('networking.istio.io/v1', 'VirtualService', 'web', `spec:\n  gateways:\n${gateways.map((one) => `    - ${one}\n`).join('')}`);
const route = (parent: string): string => resource('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', `spec:\n  parentRefs: [${parent}]`);

test('a gateway that does not exist is a warning, with the one that is meant', async () => {
  expect(await findingsOf('gateway-missing', shop({ ...gateway, 'shop/web.yaml': virtualService('istio-system/pubilc') }))).toEqual([
    'shop/web.yaml:6 warning VirtualService shop/web: is attached to the Gateway istio-system/pubilc, which nothing in this cluster makes\n'
    + '  fix: write "- istio-system/public", if that is meant',
  ]);
});

test('a gateway of another namespace has to be named with it', async () => {
  expect(await findingsOf('gateway-missing', shop({ ...gateway, 'shop/web.yaml': virtualService('public') }))).toEqual([
    'shop/web.yaml:6 warning VirtualService shop/web: is attached to the Gateway shop/public, which nothing in this cluster makes\n'
    + '  fix: name it with its namespace: the Gateway public lies in istio-system',
  ]);
  expect(await findingsOf('gateway-missing', shop({ 'shop/gateway.yaml': resource('gateway.networking.k8s.io/v1', 'Gateway', 'public', '', 'gateways'), 'shop/web.yaml': route('{name: public}') }))).toEqual([
    'shop/web.yaml:5 warning HTTPRoute shop/web: is attached to the Gateway shop/public, which nothing in this cluster makes\n'
    + '  fix: name it with its namespace: the Gateway public lies in gateways',
  ]);
});

test('gateways in every spelling, all sidecars, and parents of other kinds are fine', async () => {
  const files = { ...gateway, 'shop/web.yaml': virtualService('istio-system/public', 'public.istio-system.svc.cluster.local', 'mesh'), 'shop/route.yaml': route('{group: example.com, kind: Balancer, name: public}') };

  expect(await findingsOf('gateway-missing', shop(files))).toEqual([]);
});

test('a chart that names itself so may bring it, but not one of Istio\'s own', async () => {
  const files = shop({ 'shop/web.yaml': virtualService('shop-gateway') });

  expect(await findingsOf('gateway-missing', { ...files, 'shop/chart.yaml': helmRelease('shop') })).toEqual([]);
  expect(await findingsOf('gateway-missing', { ...files, 'shop/chart.yaml': helmRelease('gateway') })).toHaveLength(1);
});

test('a route in the values of a chart names a gateway, too', async () => {
  const gateways = { 'shop/gateway.yaml': resource('gateway.networking.k8s.io/v1', 'Gateway', 'public', '', 'gateways') };
  const release = (name: string, more = ''): string => helmRelease('web', `  values: {httpRoute: {${more}parentRefs: [{name: ${name}, namespace: gateways}]}}`);

  expect(await findingsOf('gateway-missing', shop({ ...gateways, 'shop/web.yaml': release('edge') }))).toEqual([
    'shop/web.yaml:6 warning HelmRelease shop/web: is attached to the Gateway gateways/edge, which nothing in this cluster makes\n'
    + '  fix: add it, or list "Gateway/gateways/edge" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
  expect(await findingsOf('gateway-missing', shop({ ...gateways, 'shop/web.yaml': release('edge', 'enabled: false, ') }))).toEqual([]);
  expect(await findingsOf('gateway-missing', shop({ ...gateways, 'shop/web.yaml': release('public') }))).toEqual([]);
});

test('a gateway that a chart is told to make, or may call after itself, is there', async () => {
  const web = { 'shop/web.yaml': route('{name: edge, namespace: gateways}') };
  const chart = (values: string) => ({ 'shop/chart.yaml': helmRelease('balancer', `  targetNamespace: gateways\n  values: ${values}`) });

  expect(await findingsOf('gateway-missing', shop(web))).toHaveLength(1);
  expect(await findingsOf('gateway-missing', shop({ ...web, ...chart('{gateway: {name: edge}}') }))).toEqual([]);
  expect(await findingsOf('gateway-missing', shop({ ...web, 'shop/chart.yaml': helmRelease('edge', '  targetNamespace: gateways') }))).toEqual([]);
});

test('a Canary of Flagger names gateways', async () => {
  const canary = resource('flagger.app/v1beta1', 'Canary', 'web', 'spec:\n  service:\n    gateways: [istio-system/pubilc]');

  expect(await findingsOf('gateway-missing', shop({ ...gateway, 'shop/web.yaml': canary }))).toHaveLength(1);
});

test('the namespace of a gateway counts, whatever else speaks of its name', async () => {
  const files = shop({
    'shop/gateway.yaml': resource('gateway.networking.k8s.io/v1', 'Gateway', 'public', '', 'network'), 'shop/class.yaml': 'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: public}\n',
    'shop/other.yaml': helmRelease('mail', '  values: {attach: public}'), 'shop/web.yaml': helmRelease('web', '  values: {route: {parentRefs: [{name: public, namespace: networking}]}}'),
  });

  expect(await findingsOf('gateway-missing', files)).toEqual([
    'shop/web.yaml:6 warning HelmRelease shop/web: is attached to the Gateway networking/public, which nothing in this cluster makes\n'
    + '  fix: name it with its namespace: the Gateway public lies in network',
  ]);
});
