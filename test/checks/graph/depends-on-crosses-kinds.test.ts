import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const release = (name: string, spec = ''): string => `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${name}\n  namespace: ingress\nspec:\n  interval: 1h\n${spec}`;

test('a Kustomization that depends on a HelmRelease is an error, with the Kustomization that applies it', async () => {
  const findings = await findingsOf('depends-on-crosses-kinds', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/infrastructure.yaml': kustomization('infrastructure', './infrastructure'),
    'clusters/prod/shop.yaml': kustomization('shop', './shop', 'dependsOn:\n  - name: nginx\n    namespace: ingress'),
    'infrastructure/nginx.yaml': release('nginx'),
  });

  expect(findings).toEqual([
    'clusters/prod/shop.yaml:14 error Kustomization flux-system/shop: depends on "nginx", which is the HelmRelease ingress/nginx: a Kustomization can only depend on Kustomizations\n'
    + '  fix: depend on flux-system/infrastructure, which applies it, and give that one "wait: true"',
  ]);
});

test('a HelmRelease that depends on a Kustomization is an error', async () => {
  const findings = await findingsOf('depends-on-crosses-kinds', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/certificates.yaml': kustomization('certificates', './certificates'),
    'clusters/prod/infrastructure.yaml': kustomization('infrastructure', './infrastructure'),
    'infrastructure/nginx.yaml': release('nginx', '  dependsOn:\n    - name: certificates\n      namespace: flux-system\n'),
  });

  expect(findings).toEqual([
    'infrastructure/nginx.yaml:9 error HelmRelease ingress/nginx: depends on "certificates", which is the Kustomization flux-system/certificates: a HelmRelease can only depend on HelmReleases\n'
    + '  fix: move the dependency to flux-system/infrastructure, the Kustomization that applies this HelmRelease',
  ]);
});

test('a Kustomization and a HelmRelease of one name are told apart', async () => {
  const findings = await findingsOf('depends-on-crosses-kinds', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/nginx.yaml': kustomization('nginx', './infrastructure'),
    'clusters/prod/shop.yaml': kustomization('shop', './shop', 'dependsOn:\n  - name: nginx'),
    'infrastructure/nginx.yaml': release('nginx'),
    'infrastructure/web.yaml': release('web', '  dependsOn:\n    - name: nginx\n'),
  });

  expect(findings).toEqual([]);
});

test('a Kustomization that is built elsewhere may apply a HelmRelease of its name', async () => {
  const findings = await findingsOf('depends-on-crosses-kinds', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/certificates.yaml': kustomization('certificates', './certificates').replace('kind: GitRepository\n    name: flux-system', 'kind: ExternalArtifact\n    name: certificates'),
    'clusters/prod/infrastructure.yaml': kustomization('infrastructure', './infrastructure'),
    'clusters/prod/generator.yaml': 'apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\nmetadata: {name: none, namespace: flux-system}\n',
    'infrastructure/nginx.yaml': release('nginx', '  dependsOn:\n    - name: certificates\n      namespace: flux-system\n'),
  });

  expect(findings).toEqual([]);
});
