import { findingsOf } from '../check-tree';
import { ingress, resource, service, shop } from './shop';

const leadingTo = (port: string): string => ingress(`rules:\n  - http:\n      paths:\n        - backend:\n            service:\n              name: web\n              port: ${port}`);

test('a port that the Service does not have is an error', async () => {
  const files = shop({ 'shop/web.yaml': leadingTo('{number: 8080}'), 'shop/service.yaml': service('web', '[{port: 80, name: http, targetPort: 8080}]') });

  expect(await findingsOf('service-port-missing', files)).toEqual([
    'shop/web.yaml:14 error Ingress shop/web: leads to the port 8080 of the Service shop/web, which has 80\n  fix: write 80',
  ]);
});

test('so is a name that none of its ports has, and the port of a route', async () => {
  const files = shop({ 'shop/service.yaml': service('web', '[{port: 80, name: http}, {port: 443, name: https}]') });
  const route = resource('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', 'spec:\n  rules:\n    - backendRefs: [{name: web, port: 8443}]');

  expect(await findingsOf('service-port-missing', { ...files, 'shop/web.yaml': leadingTo('{name: htpp}') })).toEqual([
    'shop/web.yaml:14 error Ingress shop/web: leads to the port htpp of the Service shop/web, which has http, https\n  fix: write http',
  ]);
  expect(await findingsOf('service-port-missing', { ...files, 'shop/route.yaml': route })).toEqual([
    'shop/route.yaml:6 error HTTPRoute shop/web: leads to the port 8443 of the Service shop/web, which has 80, 443\n  fix: name a port of the Service, not of the container behind it',
  ]);
});

test('ports by number and by name, and those of a Service that the tree does not have, are fine', async () => {
  const files = shop({ 'shop/service.yaml': service('web', '[{port: 80, name: http}]') });

  expect(await findingsOf('service-port-missing', { ...files, 'shop/web.yaml': leadingTo('{number: 80}') })).toEqual([]);
  expect(await findingsOf('service-port-missing', { ...files, 'shop/web.yaml': leadingTo('{name: http}') })).toEqual([]);
  expect(await findingsOf('service-port-missing', shop({ 'shop/web.yaml': leadingTo('{number: 1}') }))).toEqual([]);
});

test('a number in quotes is for the schema', async () => {
  const files = shop({ 'shop/web.yaml': ingress('rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]'), 'shop/service.yaml': service('web', '[{port: "80"}]') });

  expect(await findingsOf('service-port-missing', files)).toEqual([]);
});
