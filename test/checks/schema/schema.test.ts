import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const deployment = (spec: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1.0
${spec}`;

test('an unknown field and a wrong type are errors, with what is meant', async () => {
  const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/web.yaml': deployment('  replica: 3\n  minReadySeconds: "10"\n') };

  expect(await findingsOf('schema', files)).toEqual([
    'clusters/prod/web.yaml:14 error Deployment shop/web: spec.replica is no field of apps/v1 Deployment; did you mean "replicas"?\n  fix: mend the field; "kubectl explain" shows what its kind has',
    'clusters/prod/web.yaml:15 error Deployment shop/web: spec.minReadySeconds is "10", a string; it has to be an integer: write 10 without quotes\n  fix: mend the field; "kubectl explain" shows what its kind has',
  ]);
});

test('a CRD of the tree comes before the one that fluxwright knows', async () => {
  const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: kustomizations.kustomize.toolkit.fluxcd.io
spec:
  group: kustomize.toolkit.fluxcd.io
  names: {kind: Kustomization, plural: kustomizations}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {prune: {type: boolean}}, x-kubernetes-preserve-unknown-fields: true}
`;
  const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/crd.yaml': crd, 'clusters/prod/apps.yaml': kustomization('apps', './apps', 'somethingNew: true').replace('prune: true', 'prune: "yes"'), 'apps/kustomization.yaml': '' };

  expect(await findingsOf('schema', files)).toEqual([
    'clusters/prod/apps.yaml:9 error Kustomization flux-system/apps: spec.prune is "yes", a string; it has to be a boolean\n  fix: mend the field; "kubectl explain" shows what its kind has',
  ]);
});

test('what a patch completes is not missed, and variables stand for anything', async () => {
  const files = {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/kustomization.yaml': 'resources: [flux-system, web.yaml]\npatches:\n  - path: selector.yaml\n',
    'clusters/prod/selector.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {selector: {matchLabels: {app: web}}}\n',
    'clusters/prod/web.yaml': deployment('  replicas: ${REPLICAS}\n').replace('  selector: {matchLabels: {app: web}}\n', ''),
  };

  expect(await findingsOf('schema', files)).toEqual([]);
});

test('an encrypted Secret is checked without its values', async () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: password\n  namespace: shop\ndata:\n  password: ENC[AES256_GCM,data:Zm9v,iv:aXY=,tag:dGFn,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:Zm9v,iv:aXY=,tag:dGFn,type:str]\n  version: 3.9.0\n';

  expect(await findingsOf('schema', { ...bootstrapped('clusters/prod'), 'clusters/prod/secret.yaml': secret })).toEqual([]);
});

test('kinds of the Flux operator are accepted where it installs Flux', async () => {
  const alert = 'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\nmetadata: {name: all, namespace: flux-system}\nspec:\n  providerRef: {name: chat}\n  eventSources:\n    - {kind: FluxInstance, name: "*"}\n    - {kind: Fluxinstance, name: "*"}\n';

  const findings = await findingsOf('schema', { ...bootstrapped('clusters/prod'), 'clusters/prod/alert.yaml': alert });

  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatch('clusters/prod/alert.yaml:8 warning Alert flux-system/all: spec.eventSources[1].kind is "Fluxinstance"');
});

test('one line that becomes an object of several namespaces is one finding', async () => {
  const files = {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/kustomization.yaml': 'resources: [flux-system, ../../one, ../../two]\n',
    'one/kustomization.yaml': 'namespace: one\nresources: [../base]\n',
    'two/kustomization.yaml': 'namespace: two\nresources: [../base]\n',
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': deployment('  replica: 3\n').replace('  namespace: shop\n', ''),
  };

  expect(await findingsOf('schema', files)).toEqual([
    'base/web.yaml:13 error Deployment one/web and 1 more: spec.replica is no field of apps/v1 Deployment; did you mean "replicas"?\n  fix: mend the field; "kubectl explain" shows what its kind has',
  ]);
});
