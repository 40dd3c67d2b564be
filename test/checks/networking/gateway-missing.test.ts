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
