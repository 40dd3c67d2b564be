import { findingsOf, type Files } from '../check-tree';
import { ingress, resource, shop } from '../references/shop';

const issuer = (solver: string): string => `apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: letsencrypt}\nspec: {acme: {solvers: [${solver}]}}\n`;
const policy = (name: string, spec: string): string => resource('networking.k8s.io/v1', 'NetworkPolicy', name, `spec: ${spec}`, 'flux-system');

/** The policies that flux bootstrap brings. */
const policies = [
  policy('allow-egress', '{podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}], ingress: [{from: [{podSelector: {}}]}]}'),
  policy('allow-scraping', '{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 8080, protocol: TCP}]}]}'),
  policy('allow-webhooks', '{podSelector: {matchLabels: {app: notification-controller}}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}]}]}'),
].join('---\n');

const webhooks = (solver = '{http01: {ingress: {}}}'): Files => shop({
  'shop/issuer.yaml': issuer(solver),
  'shop/policies.yaml': policies,
  'shop/ingress.yaml': ingress('tls: [{secretName: webhooks-tls}]', '{cert-manager.io/cluster-issuer: letsencrypt}', 'flux-system'),
});

test('Flux\'s NetworkPolicies keep HTTP-01 challenges out of flux-system', async () => {
  expect(await findingsOf('acme-solver-blocked', webhooks())).toEqual([
    'shop/ingress.yaml:6 error Ingress flux-system/web: gets its certificate by HTTP-01 from the ClusterIssuer letsencrypt, and the NetworkPolicies of flux-system keep the challenge from the solver\'s pod\n'
    + '  fix: add a NetworkPolicy to the namespace, with podSelector.matchLabels {acme.cert-manager.io/http01-solver: "true"} and ingress: [{from: [{namespaceSelector: {}}]}]',
  ]);
});

test('so do those that the Flux operator installs by itself', async () => {
  const { 'shop/policies.yaml': _, ...files } = webhooks();

  expect(await findingsOf('acme-solver-blocked', { ...files, 'shop/flux.yaml': resource('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', 'spec: {cluster: {networkPolicy: false}}', 'flux-system') })).toEqual([]);
  expect(await findingsOf('acme-solver-blocked', { ...files, 'shop/flux.yaml': resource('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', 'spec: {distribution: {version: 2.x}}', 'flux-system') })).toHaveLength(1);
});

test('where Flux has yet to be bootstrapped, those that it brings are to be expected', async () => {
  const { 'shop/policies.yaml': _, ...files } = webhooks();

  expect((await findingsOf('acme-solver-blocked', files)).map((finding) => finding.split(':')[1])).toEqual(['6 warning Ingress flux-system/web']);
});

test('with a policy for solvers, with DNS-01, and without policies it is fine', async () => {
  const solvers = policy('allow-acme-solver', '{podSelector: {matchLabels: {acme.cert-manager.io/http01-solver: "true"}}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}]}]}');

  expect(await findingsOf('acme-solver-blocked', { ...webhooks(), 'shop/solvers.yaml': solvers })).toEqual([]);
  expect(await findingsOf('acme-solver-blocked', webhooks('{dns01: {cloudDNS: {project: shop}}}'))).toEqual([]);
  expect(await findingsOf('acme-solver-blocked', { ...webhooks(), 'shop/policies.yaml': resource('apps/v1', 'Deployment', 'source-controller', '', 'flux-system') })).toEqual([]);
});
