import { VersionReader } from '../../src/history/versions-in';

const versions = (text: string): string[] => new VersionReader().versionsIn(text).map(({ type, name, version, object, field, policy }) => [type, name, version, object, field, ...(policy === undefined ? [] : [policy])].join(' | '));

test('images of containers, of a database and of a chart are versions', () => {
  expect(versions(`apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    spec:
      initContainers: [{ name: wait, image: "registry:5000/wait" }]
      containers:
        - name: web
          image: ghcr.io/example/web:1.0@sha256:abc # {"$imagepolicy": "flux-system:web"}
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db }
spec: { imageName: "ghcr.io/cloudnative-pg/postgresql:17.2" }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: podinfo }
spec:
  chart: { spec: { chart: podinfo, version: ">=6" } }
  values: { image: { registry: ghcr.io, repository: stefanprodan/podinfo, tag: 6.10 } }
`)).toEqual([
    'image | registry:5000/wait |  | Deployment shop/web | spec.template.spec.initContainers[name=wait].image',
    'image | ghcr.io/example/web | 1.0@sha256:abc | Deployment shop/web | spec.template.spec.containers[name=web].image | flux-system:web',
    'image | ghcr.io/cloudnative-pg/postgresql | 17.2 | Cluster db | spec.imageName',
    'chart | podinfo | >=6 | HelmRelease podinfo | spec.chart.spec',
    'image | ghcr.io/stefanprodan/podinfo | 6.1 | HelmRelease podinfo | spec.values.image',
  ]);
});

test('so is what kustomization files and patches put in their place', () => {
  expect(versions(`kind: Kustomization
images:
  - name: web
    newName: ghcr.io/example/web
    newTag: "1.1" # {"$imagepolicy": "flux-system:web:tag"}
  - name: untouched
patches:
  - patch: |
      - op: replace
        path: /spec/template/spec/containers/0/image
        value: other:2
`)).toEqual([
    'image | ghcr.io/example/web | 1.1 |  | images[name=ghcr.io/example/web]'.replace('name=ghcr.io/example/web', 'name=web') + ' | flux-system:web',
    'image | other | 2 |  | patches[0].patch[0].value',
  ]);
});

test('so is a source that names a release, and a marked value anywhere', () => {
  expect(versions(`apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: charts }
spec: { url: oci://example.org/charts, ref: { semver: 1.x } }
---
common:
  webTag: v3 # {"$imagepolicy": "flux-system:web:tag"}
`)).toEqual(['source | oci://example.org/charts | 1.x | OCIRepository charts | spec.ref', 'image | flux-system:web | v3 |  | common.webTag | flux-system:web']);
});

test('schemas, pictures, what is looked at and what is broken are none', () => {
  expect(versions('kind: CustomResourceDefinition\nspec: { image: { type: string, description: "the image: x" } }\n')).toEqual([]);
  expect(versions('icon: { image: https://example.org/logo.png }\nlogo: { image: logo.svg }\n')).toEqual([]);
  expect(versions('kind: ImageRepository\nmetadata: { name: web }\nspec: { image: ghcr.io/example/web }\n')).toEqual([]);
  expect(versions('image: [\n  - {')).toEqual([]);
});
