import { ApiObject, Cluster, Component, Directory, FluxKustomization, FluxSystem, GitRepository, ImagePolicy, ImageRepository, k8s, NamespaceDirectory, OciRepository, partOf, PostgresCluster, initdb } from 'fluxwright';
import { emptyApp, fileAt, messageOf, platform } from './platform';

test('applies a directory from the source that the cluster bootstraps from, every ten minutes, and prunes', () => {
  const { app, cluster } = platform();
  const server = new NamespaceDirectory(cluster, 'server');

  new FluxKustomization(server, 'server', { applies: server });

  expect(fileAt(app, 'k8s/server/sync.yaml')).toMatchInlineSnapshot(`
"apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: server
  namespace: flux-system
spec:
  interval: 10m
  path: ./k8s/server
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
"
`);
});

test('waits for others, by object or by name, and names a namespace only where it is another', () => {
  const { app, cluster, flux } = platform({}, { syncFiles: 'by-hand' });
  const server = new NamespaceDirectory(cluster, 'server');
  const operator = new FluxKustomization(server, 'operator', { applies: './k8s', namespace: 'operators' });

  const kustomization = new FluxKustomization(server, 'server', { applies: server, dependsOn: [...flux.dependencies, operator, { name: 'gateway', readyExpr: 'true' }] });
  kustomization.addDependency({ name: 'mesh', namespace: 'mesh-system' });

  expect(fileAt(app, 'k8s/server/sync.yaml')).toContain(`
  dependsOn:
    - name: flux-system
    - name: operator
      namespace: operators
    - name: gateway
      readyExpr: "true"
    - name: mesh
      namespace: mesh-system
`);
});

test('takes a source of its own, with its namespace where that is another', () => {
  const { app, cluster } = platform();
  const server = new NamespaceDirectory(cluster, 'server');
  const source = new OciRepository(server, 'manifests', { url: 'oci://ghcr.io/shop/manifests', namespace: 'sources' });

  new FluxKustomization(server, 'server', { applies: './deploy', source });
  new FluxKustomization(server, 'other', { applies: './deploy', source: { kind: 'ExternalArtifact', name: 'composed' } });

  expect(fileAt(app, 'k8s/server/sync.yaml')).toContain(`
  sourceRef:
    kind: OCIRepository
    name: manifests
    namespace: sources
`);
  expect(fileAt(app, 'k8s/server/sync.yaml')).toContain(`
  sourceRef:
    kind: ExternalArtifact
    name: composed
`);
});

test('checks the health of constructs and plain objects where they live', () => {
  const { app, cluster } = platform();
  const server = new NamespaceDirectory(cluster, 'server');
  const database = new PostgresCluster(server, 'pg', { instances: 1, storage: { size: '1Gi' }, bootstrap: initdb({ database: 'shop', owner: 'shop' }) });
  const deployment = new k8s.KubeDeployment(server, 'deployment', { metadata: { name: 'server' }, spec: { selector: {}, template: {} } });
  const issuer = new ApiObject(server, 'issuer', { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'letsencrypt' } });

  new FluxKustomization(server, 'server', { applies: server, healthChecks: [database, deployment, issuer, { apiVersion: 'v1', kind: 'Service', name: 'web', namespace: 'edge' }] });

  expect(fileAt(app, 'k8s/server/sync.yaml')).toContain(`
  healthChecks:
    - name: pg
      apiVersion: postgresql.cnpg.io/v1
      kind: Cluster
      namespace: server
    - name: server
      apiVersion: apps/v1
      kind: Deployment
      namespace: server
    - name: letsencrypt
      apiVersion: cert-manager.io/v1
      kind: ClusterIssuer
    - name: web
      apiVersion: v1
      kind: Service
      namespace: edge
`);
});

test('writes every field that Flux has', () => {
  const { app, cluster } = platform();
  const server = new NamespaceDirectory(cluster, 'server');
  const debug = new Component(cluster, 'debug');

  new FluxKustomization(server, 'server', {
    applies: server,
    interval: '1h',
    retryInterval: '2m',
    timeout: '5m',
    wait: true,
    prune: false,
    healthCheckExprs: [{ apiVersion: 'v1', kind: 'ConfigMap', current: 'true' }],
    targetNamespace: 'web',
    namePrefix: 'a-',
    nameSuffix: '-z',
    commonMetadata: { labels: { team: 'shop' }, annotations: { owner: 'shop' } },
    components: [debug, '../more'],
    ignoreMissingComponents: true,
    decryption: { secretRef: 'age-key', serviceAccountName: 'decrypter' },
    substitute: { ENVIRONMENT: 'production' },
    substituteFrom: [{ kind: 'Secret', name: 'values', optional: true }],
    substituteStrategy: 'Always',
    serviceAccountName: 'applier',
    kubeConfig: { secretRef: { name: 'other-cluster' } },
    deletionPolicy: 'Orphan',
    force: true,
    ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }],
    buildMetadata: ['originAnnotations'],
    suspend: true,
    spec: { force: null, interval: '2h' },
  });

  expect(fileAt(app, 'k8s/server/sync.yaml')).toMatchInlineSnapshot(`
"apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: server
  namespace: flux-system
spec:
  interval: 2h
  retryInterval: 2m
  timeout: 5m
  path: ./k8s/server
  prune: false
  wait: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  healthCheckExprs:
    - apiVersion: v1
      kind: ConfigMap
      current: "true"
  targetNamespace: web
  namePrefix: a-
  nameSuffix: -z
  commonMetadata:
    labels:
      team: shop
    annotations:
      owner: shop
  components:
    - ../debug
    - ../more
  ignoreMissingComponents: true
  decryption:
    provider: sops
    secretRef:
      name: age-key
    serviceAccountName: decrypter
  postBuild:
    substitute:
      ENVIRONMENT: production
    substituteFrom:
      - name: values
        kind: Secret
        optional: true
    substituteStrategy: Always
  serviceAccountName: applier
  kubeConfig:
    secretRef:
      name: other-cluster
  deletionPolicy: Orphan
  force: null
  ignore:
    - paths:
        - /spec/replicas
      target:
        kind: Deployment
  buildMetadata:
    - originAnnotations
  suspend: true
"
`);
});

test('patches with parts of objects, JSON patches and text', () => {
  const { app, cluster } = platform();
  const server = new NamespaceDirectory(cluster, 'server');
  const deployment = new k8s.KubeDeployment(server, 'deployment', { metadata: { name: 'server' }, spec: { selector: {}, template: {} } });
  new k8s.KubeServiceAccount(server, 'account', { metadata: { name: 'server' } });
  new k8s.KubeStatefulSet(server, 'database', { metadata: { name: 'database' }, spec: { serviceName: 'database', selector: {}, template: {} } });

  new FluxKustomization(server, 'server', {
    applies: server,
    patches: [
      { patch: partOf(k8s.KubeServiceAccount, { metadata: { name: 'server', annotations: { old: null } } }) },
      { patch: [{ op: 'replace', path: '/spec/replicas', value: 3 }], target: deployment },
      { patch: { spec: { paused: true } }, target: { kind: 'Deployment' } },
      { patch: '- op: remove\n  path: /spec/replicas\n', target: { kind: 'StatefulSet', name: '.*' } },
    ],
  });

  expect(fileAt(app, 'k8s/server/sync.yaml')).toMatchInlineSnapshot(`
"apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: server
  namespace: flux-system
spec:
  interval: 10m
  path: ./k8s/server
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  patches:
    - patch: |
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: server
          annotations:
            old: null
    - patch: |
        - op: replace
          path: /spec/replicas
          value: 3
      target:
        group: apps
        kind: Deployment
        name: server
    - patch: |
        apiVersion: any
        kind: any
        metadata:
          name: any
        spec:
          paused: true
      target:
        kind: Deployment
    - patch: |
        - op: remove
          path: /spec/replicas
      target:
        kind: StatefulSet
        name: .*
"
`);
});

test('an image of its own may be pinned', () => {
  const { app, cluster } = platform();
  const server = new NamespaceDirectory(cluster, 'server');
  const repository = new ImageRepository(server, 'repository', { name: 'server', image: 'ghcr.io/shop/server' });
  const policy = new ImagePolicy(server, 'policy', { name: 'server', repository, semver: '1.x' });

  new FluxKustomization(server, 'server', { applies: server, images: [{ name: 'ghcr.io/shop/server', newTag: policy.pinTag('1.0.0') }] });

  expect(fileAt(app, 'k8s/server/sync.yaml')).toContain(`
  images:
    - name: ghcr.io/shop/server
      newTag: 1.0.0 # {"$imagepolicy": "flux-system:server:tag"}
`);
});

test('substitutes the cluster\'s variables, its own over them, and nothing where that is said', () => {
  const { app, cluster } = platform({ variables: { DOMAIN: 'example.com', TIER: 'gold' } });
  const server = new NamespaceDirectory(cluster, 'server');

  new FluxKustomization(server, 'server', { applies: server, substitute: { TIER: 'silver', NUMBER: '123' } });
  new FluxKustomization(server, 'plain', { applies: './k8s', substitute: null });

  expect(fileAt(app, 'k8s/server/sync.yaml')).toMatchInlineSnapshot(`
"apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: server
  namespace: flux-system
spec:
  interval: 10m
  path: ./k8s/server
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  postBuild:
    substitute:
      DOMAIN: example.com
      TIER: silver
      NUMBER: "123"
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: plain
  namespace: flux-system
spec:
  interval: 10m
  path: ./k8s
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
"
`);
});

test('takes a path from the root of another source, which is no directory of this tree', () => {
  const { cluster } = platform();
  const server = new NamespaceDirectory(cluster, 'server');
  const source = new GitRepository(server, 'upstream', { url: 'https://example.com/upstream' });

  const kustomization = new FluxKustomization(server, 'upstream-server', { applies: './k8s/server', source });

  expect(kustomization.appliedPaths).toEqual([]);
});

describe('refuses', () => {
  test('to be without a source', () => {
    const cluster = new Cluster(emptyApp(), 'production');
    const server = new NamespaceDirectory(cluster, 'server');

    expect(messageOf(() => new FluxKustomization(server, 'server', { applies: server }))).toMatchInlineSnapshot(`
"Kustomization "production/server/server" has no source, and its cluster has none
  fix: make the FluxSystem of its cluster first, or name one: source: …"
`);
  });

  test('what Flux could not read, all at once', () => {
    const { cluster } = platform();
    const server = new NamespaceDirectory(cluster, 'server');

    expect(messageOf(() => new FluxKustomization(server, 'server', {
  applies: '../elsewhere',
  interval: '10 minutes',
  timeout: '1d',
  targetNamespace: 'Web',
  commonMetadata: { labels: { team: 'a b' } },
  substitute: { 'MY-NAME': 'a', COUNT: 3 as unknown as string }
}))).toMatchInlineSnapshot(`
"Kustomization "production/server/server" has interval "10 minutes"
  fix: write hours, minutes and seconds, such as "1h" or "2m30s"
Kustomization "production/server/server" has timeout "1d"
  fix: write hours, minutes and seconds, such as "1h" or "2m30s"
Kustomization "production/server/server" has targetNamespace "Web"
  fix: use at most 63 lower-case letters, digits and "-", starting and ending with a letter or digit
Kustomization "production/server/server" has commonMetadata.labels.team "a b"
  fix: use at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit
Kustomization "production/server/server" applies "../elsewhere", which leads out of its source
  fix: write a path from the root of the source, such as "./deploy"
Kustomization "production/server/server" has "MY-NAME" in substitute, which is no name of a variable
  fix: use letters, digits and "_", not starting with a digit
Kustomization "production/server/server" has substitute.COUNT 3, which is no string
  fix: put it in quotes"
`);
  });

  test('patches that kustomize would fail on', () => {
    const { cluster } = platform();
    const server = new NamespaceDirectory(cluster, 'server');
    const declare = (id: string, patch: string | object) => messageOf(() => new FluxKustomization(server, id, { applies: server, patches: [{ patch: patch as string }] }));

    expect([declare('a', { spec: {} }), declare('b', [{ op: 'remove', path: '/a' }]), declare('c', 'a: [b'), declare('d', 'text')].join('\n')).toMatchInlineSnapshot(`
"Kustomization "production/server/a" patches[0] has a patch that does not say which object it changes
  fix: give it apiVersion, kind and metadata.name, or a target
Kustomization "production/server/b" patches[0] has a JSON patch without a target
  fix: say what it changes, such as target: { kind: 'Deployment', name: 'server' }
Kustomization "production/server/c" patches[0] has a patch that is no YAML (patch:1 is not YAML that Go reads: flow sequence in block collection must be sufficiently indented and end with a ])
  fix: mend this line
Kustomization "production/server/d" patches[0] has a patch that is neither part of one object nor a list of steps
  fix: write one YAML map or list"
`);
  });

  test('a pin in a patch, where Flux could not see it', () => {
    const { cluster } = platform();
    const server = new NamespaceDirectory(cluster, 'server');
    const repository = new ImageRepository(server, 'repository', { image: 'ghcr.io/shop/server' });
    const policy = new ImagePolicy(server, 'policy', { repository, semver: '1.x' });
    const patch = partOf(k8s.KubePod, { metadata: { name: 'server' }, spec: { containers: [{ name: 'server', image: policy.pin('ghcr.io/shop/server:1.0.0') }] } });

    expect(messageOf(() => new FluxKustomization(server, 'server', { applies: server, patches: [{ patch }] }))).toMatchInlineSnapshot(`
"Kustomization "production/server/server" patches[0] has a patch with a marker at spec.containers[name=server].image, where Flux cannot see it
  fix: put the patch into a file of its own, or pin the image with images:"
`);
  });

  test('what the Flux of its cluster does not know, also where it is added later', () => {
    const { cluster } = platform({ fluxRelease: '2.4' });
    const server = new NamespaceDirectory(cluster, 'server');

    expect(messageOf(() => new FluxKustomization(server, 'server', { applies: server, deletionPolicy: 'Orphan', spec: { buildMetadata: ['originAnnotations'] } }))).toMatchInlineSnapshot(`
"Kustomization "production/server/server" has spec.deletionPolicy, which came with Flux 2.5; the cluster runs 2.4
  fix: leave it out, or upgrade the cluster and say so: fluxRelease: '2.5'
Kustomization "production/server/server" has spec.buildMetadata, which came with Flux 2.9; the cluster runs 2.4
  fix: leave it out, or upgrade the cluster and say so: fluxRelease: '2.9'"
`);
    expect(messageOf(() => new FluxKustomization(server, 'other', { applies: server }).addDependency({ name: 'a', readyExpr: 'true' }))).toMatchInlineSnapshot(`
"Kustomization "production/server/other" has spec.dependsOn[0].readyExpr, which came with Flux 2.7; the cluster runs 2.4
  fix: leave it out, or upgrade the cluster and say so: fluxRelease: '2.7'"
`);
  });

  test('what no type allows, since a synth does not check types', () => {
    const { cluster } = platform();
    const server = new NamespaceDirectory(cluster, 'server');

    expect(messageOf(() => new FluxKustomization(server, 'a', { applies: server, dependsOn: ['databse' as never] }))).toMatchInlineSnapshot(`
"Kustomization "production/server/a" depends on "databse", which is no Kustomization
  fix: give the FluxKustomization, made before this one, or { name: … } for one that the app does not make"
`);
    expect(messageOf(() => new FluxKustomization(server, 'b', { applies: server, dependsOn: [undefined as never] }))).toContain('depends on undefined, which is no Kustomization');
    expect(messageOf(() => new FluxKustomization(server, 'c', { path: './server' } as never))).toMatchInlineSnapshot(`
"Kustomization "production/server/c" applies undefined, which is no Directory and no path
  fix: give a Directory that is made before, or a path from the root of the source, such as "./deploy""
`);
  });

  test('a dependency in another cluster', () => {
    const { app, cluster } = platform();
    const server = new NamespaceDirectory(cluster, 'server');
    const kustomization = new FluxKustomization(server, 'server', { applies: server });
    const staging = new Cluster(app, 'staging', { directory: 'staging' });
    new FluxSystem(staging, 'flux-system', { url: 'https://example.com/shop' });

    expect(messageOf(() => new FluxKustomization(new Directory(staging, 'server'), 'server', { applies: './staging/server', dependsOn: [kustomization] }))).toMatchInlineSnapshot(`
"Kustomization "staging/server/server" depends on "production/server/server", which is in another cluster
  fix: depend on one of the same cluster"
`);
  });
});
