import { findingsOf } from '../check-tree';
import { helmRelease, ingress, resource, shop } from '../references/shop';

const issuer = { 'shop/issuer.yaml': 'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: letsencrypt}\n' };
const certificate = (issuerRef: string): string => resource('cert-manager.io/v1', 'Certificate', 'web', `spec: {secretName: web-tls, issuerRef: ${issuerRef}}`);

test('an issuer that does not exist, or is of the other kind, is a warning', async () => {
  expect(await findingsOf('issuer-missing', shop({ ...issuer, 'shop/web.yaml': certificate('{kind: ClusterIssuer, name: letsencypt}') }))).toEqual([
    'shop/web.yaml:4 warning Certificate shop/web: asks the ClusterIssuer letsencypt, which nothing in this cluster makes\n'
    + '  fix: write "name: letsencrypt", if that is meant',
  ]);
  expect(await findingsOf('issuer-missing', shop({ ...issuer, 'shop/web.yaml': certificate('{name: letsencrypt}') }))).toEqual([
    'shop/web.yaml:4 warning Certificate shop/web: asks the Issuer shop/letsencrypt, which nothing in this cluster makes\n'
    + '  fix: write "kind: ClusterIssuer": that is what letsencrypt is',
  ]);
});

test('annotations of an Ingress name issuers, too', async () => {
  expect(await findingsOf('issuer-missing', shop({ ...issuer, 'shop/web.yaml': ingress('tls: []', '{cert-manager.io/cluster-issuer: staging}') }))).toEqual([
    'shop/web.yaml:6 warning Ingress shop/web: asks the ClusterIssuer staging, which nothing in this cluster makes\n'
    + '  fix: add it, or list "ClusterIssuer/staging" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
});

test('an issuer of the tree, one of another group, and one that values of a chart speak of are fine', async () => {
  const chart = helmRelease('cert-manager', '  values: {extraObjects: [{kind: ClusterIssuer, metadata: {name: staging}}]}');

  expect(await findingsOf('issuer-missing', shop({ ...issuer, 'shop/web.yaml': certificate('{kind: ClusterIssuer, name: letsencrypt}') }))).toEqual([]);
  expect(await findingsOf('issuer-missing', shop({ ...issuer, 'shop/web.yaml': certificate('{kind: AWSPCAClusterIssuer, group: awspca.cert-manager.io, name: ca}') }))).toEqual([]);
  expect(await findingsOf('issuer-missing', shop({ 'shop/chart.yaml': chart, 'shop/web.yaml': certificate('{kind: ClusterIssuer, name: staging}') }))).toEqual([]);
});
