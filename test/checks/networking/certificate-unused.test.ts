import { findingsOf } from '../check-tree';
import { helmRelease, ingress, resource, shop } from '../references/shop';

const certificate = { 'shop/certificate.yaml': resource('cert-manager.io/v1', 'Certificate', 'web', 'spec:\n  secretName: shop-tls') };

test('a certificate whose Secret nothing names is a notice', async () => {
  expect(await findingsOf('certificate-unused', shop({ ...certificate, 'shop/ingress.yaml': ingress('tls: [{secretName: shop-cert}]') }))).toEqual([
    'shop/certificate.yaml:5 notice Certificate shop/web: makes the Secret shop/shop-tls, which nothing in the tree names\n'
    + '  fix: name its Secret where it is served, or take the Certificate out',
  ]);
});

test.each([
  ['an Ingress names', { 'shop/ingress.yaml': ingress('tls: [{secretName: shop-tls}]') }],
  ['an argument names', { 'shop/chart.yaml': helmRelease('nginx', '  values: {args: ["--default-ssl-certificate=shop/shop-tls"]}') }],
  ['a chart may use by its own name', { 'shop/chart.yaml': helmRelease('shop') }],
  ['a name with a variable may mean', { 'shop/ingress.yaml': ingress('tls: [{secretName: "${TLS_SECRET}"}]') }],
])('one whose Secret %s is fine', async (_, files) => {
  expect(await findingsOf('certificate-unused', shop({ ...certificate, ...files }))).toEqual([]);
});
