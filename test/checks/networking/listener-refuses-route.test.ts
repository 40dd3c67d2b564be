import { findingsOf } from '../check-tree';
import { resource, shop } from '../references/shop';

const gateway = (...listeners: string[]): string => resource('gateway.networking.k8s.io/v1', 'Gateway', 'public', `spec:\n  listeners:\n${listeners.map((one) => `    - ${one}\n`).join('')}`, 'gateways');
const route = (parent = '', spec = '', kind = 'HTTPRoute'): string => resource('gateway.networking.k8s.io/v1', kind, 'web', `spec:\n  parentRefs: [{name: public, namespace: gateways${parent}}]\n${spec}`);
const fromAll = 'allowedRoutes: {namespaces: {from: All}}';

test.each([
  ['a listener that it does not have', [`{name: https, port: 443, protocol: HTTPS, ${fromAll}}`], route(', sectionName: http'), 'has no listener http, but https'],
  ['a port that it does not listen at', [`{name: https, port: 443, protocol: HTTPS, ${fromAll}}`], route(', port: 80'), 'has no listener at the port 80'],
  ['routes from its own namespace alone', ['{name: https, port: 443, protocol: HTTPS}'], route(), 'takes no routes from the namespace shop at its listener https'],
  ['namespaces with a label that this one lacks', ['{name: https, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {gateway: public}}}}}'], route(), 'takes no routes from the namespace shop at its listener https'],
  ['another protocol', [`{name: https, port: 443, protocol: HTTPS, ${fromAll}}`], route('', '', 'TCPRoute'), 'takes no TCPRoute at its listener https'],
  ['other hostnames', [`{name: https, port: 443, protocol: HTTPS, hostname: "*.example.com", ${fromAll}}`], route('', '  hostnames: [example.com, shop.example.org]'), 'serves *.example.com, and not example.com, shop.example.org'],
])('a Gateway with %s does not serve the route', async (_, listeners, written, reason) => {
  expect(await findingsOf('listener-refuses-route', shop({ 'shop/gateway.yaml': gateway(...listeners), 'shop/route.yaml': written }))).toEqual([
    `shop/route.yaml:5 error ${written.includes('TCPRoute') ? 'TCPRoute' : 'HTTPRoute'} shop/web: is not served by the Gateway gateways/public, which ${reason}\n`
    + '  fix: change what the route asks for, or let the listener take it: allowedRoutes.namespaces.from: All, or Selector',
  ]);
});

test.each([
  ['all namespaces', [`{name: https, port: 443, protocol: HTTPS, ${fromAll}}`], route(', sectionName: https, port: 443')],
  ['this namespace by its name', ['{name: https, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: shop}}}}}'], route()],
  ['names below its own', [`{name: https, port: 443, protocol: HTTPS, hostname: "*.example.com", ${fromAll}}`], route('', '  hostnames: [a.shop.example.com]')],
  ['any host at one of its listeners', [`{name: a, port: 80, protocol: HTTP, hostname: a.example.com, ${fromAll}}`, `{name: b, port: 81, protocol: HTTP, ${fromAll}}`], route('', '  hostnames: [shop.example.org]')],
  ['a host that is substituted', [`{name: https, port: 443, protocol: HTTPS, hostname: "*.\${DOMAIN}", ${fromAll}}`], route('', '  hostnames: [shop.example.org]')],
])('a Gateway that takes %s is fine', async (_, listeners, written) => {
  expect(await findingsOf('listener-refuses-route', shop({ 'shop/gateway.yaml': gateway(...listeners), 'shop/route.yaml': written }))).toEqual([]);
});
