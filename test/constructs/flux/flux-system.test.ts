import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Cluster, Directory, FluxKustomization, FluxSystem, GitopsApp, k8s, NamespaceDirectory, partOf } from 'fluxwright';
import { describeWith } from '../../tools';
import { fileAt, messageOf, platform } from './platform';

test('holds an empty gotk-components.yaml for bootstrap, gotk-sync.yaml, and a kustomization.yaml that lists the sync files of all namespaces', () => {
  const { app, cluster } = platform();
  for (const name of ['server', 'cnpg-system']) {
    const directory = new NamespaceDirectory(cluster, name);
    new FluxKustomization(directory, name, { applies: directory });
  }
  new NamespaceDirectory(cluster, 'empty');

  expect(fileAt(app, 'k8s/flux-system/gotk-components.yaml')).toBe('# Empty until flux bootstrap writes Flux\'s own manifests here; from then on the file is bootstrap\'s.\n');
  expect(app.toTree().get('k8s/flux-system/gotk-components.yaml')!.props.placeholder).toBe(true);
  expect(fileAt(app, 'k8s/flux-system/gotk-sync.yaml')).toMatchInlineSnapshot(`
"apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m
  url: ssh://git@example.com/shop/platform
  ref:
    branch: main
  secretRef:
    name: flux-system
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m
  path: ./k8s/flux-system
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
"
`);
  expect(fileAt(app, 'k8s/flux-system/kustomization.yaml')).toMatchInlineSnapshot(`
"apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../cnpg-system/sync.yaml
  - ../server/sync.yaml
  - gotk-components.yaml
  - gotk-sync.yaml
"
`);
});

test('leaves the sync files to those who apply them by hand, waits, and may be depended on', () => {
  const { app, cluster, flux } = platform({}, { syncFiles: 'by-hand', sourceInterval: '1m0s', interval: '2m0s', branch: 'prod', decryption: {} });
  const server = new NamespaceDirectory(cluster, 'server');
  new FluxKustomization(server, 'server', { applies: server, dependsOn: flux.dependencies });

  expect(fileAt(app, 'k8s/flux-system/gotk-sync.yaml')).toMatchInlineSnapshot(`
"apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  url: ssh://git@example.com/shop/platform
  ref:
    branch: prod
  secretRef:
    name: flux-system
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 2m0s
  path: ./k8s/flux-system
  prune: true
  wait: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  decryption:
    provider: sops
"
`);
  expect(fileAt(app, 'k8s/flux-system/kustomization.yaml')).not.toContain('server');
  expect(fileAt(app, 'k8s/server/sync.yaml')).toContain('dependsOn:\n    - name: flux-system\n');
});

test('nothing depends on it where it applies the sync files, so that the same platform has both forms', () => {
  const { app, cluster, flux } = platform();
  const server = new NamespaceDirectory(cluster, 'server');
  new FluxKustomization(server, 'server', { applies: server, dependsOn: flux.dependencies });

  expect(flux.dependencies).toEqual([]);
  expect(fileAt(app, 'k8s/server/sync.yaml')).not.toContain('dependsOn');
});

test('names the cluster\'s source, and lives in another namespace and directory if told so', () => {
  const { app, cluster } = platform({ fluxNamespace: 'gitops', directory: 'clusters/production' }, { path: 'flux', secretRef: null });
  const server = new NamespaceDirectory(cluster, 'server');
  new FluxKustomization(server, 'server', { applies: server });

  expect(cluster.source).toEqual({ kind: 'GitRepository', name: 'gitops', namespace: 'gitops' });
  expect(fileAt(app, 'clusters/production/flux/gotk-sync.yaml')).not.toContain('secretRef');
  expect(fileAt(app, 'clusters/production/flux/gotk-sync.yaml')).toContain('path: ./clusters/production/flux\n');
  expect(fileAt(app, 'clusters/production/server/sync.yaml')).toContain('name: server\n  namespace: gitops\n');
});

test('lists the sync files of its own cluster alone', () => {
  const { app, cluster } = platform({ directory: 'production' });
  const staging = new Cluster(app, 'staging', { directory: 'staging' });
  new FluxSystem(staging, 'flux-system', { url: 'https://example.com/shop', secretRef: null });
  for (const each of [cluster, staging]) {
    const server = new NamespaceDirectory(each, 'server');
    new FluxKustomization(server, 'server', { applies: server });
  }

  expect(fileAt(app, 'staging/flux-system/kustomization.yaml')).toMatchInlineSnapshot(`
"apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../server/sync.yaml
  - gotk-components.yaml
  - gotk-sync.yaml
"
`);
});

test('starts from the directory that flux bootstrap was given, whose files need no list', () => {
  const { app, cluster } = platform({ directory: 'clusters/production' });
  const staging = new Cluster(app, 'staging', { directory: 'clusters/staging' });
  const start = new Directory(staging, 'start', { path: '.', hasKustomization: false });
  new FluxSystem(staging, 'flux-system', { url: 'https://example.com/shop', applies: start });
  new FluxKustomization(start, 'apps', { applies: './clusters', wait: true });
  const elsewhere = new Directory(cluster, 'elsewhere');

  expect(fileAt(app, 'clusters/staging/flux-system/gotk-sync.yaml')).toContain('path: ./clusters/staging\n');
  expect(fileAt(app, 'clusters/staging/apps.yaml')).toContain('path: ./clusters\n');
  expect(messageOf(() => new FluxSystem(staging, 'other', { url: 'https://example.com/shop', applies: elsewhere }))).toMatchInlineSnapshot(`
"FluxSystem "staging/other" in clusters/staging/other starts from clusters/production/elsewhere, which does not hold it, so that Flux would delete itself
  fix: name a directory above it, or leave out applies"
`);
});

test('substitutes no variables in what it applies, since Flux\'s own manifests have ${…} in them', () => {
  const { app } = platform({ variables: { DOMAIN: 'example.com' } });

  expect(fileAt(app, 'k8s/flux-system/gotk-sync.yaml')).not.toContain('postBuild');
});

describe('refuses', () => {
  test('to wait for what waits for it', () => {
    expect([messageOf(() => platform({}, { wait: true })), messageOf(() => platform({}, { kustomizationSpec: { wait: true } }))]).toEqual(Array(2).fill(
      `FluxSystem "production/flux-system" waits for all that it applies, which is every Kustomization of the cluster: it would wait for ever for those that wait for others
  fix: leave out wait, or keep the sync files out of it: syncFiles: 'by-hand'`,
    ));
  });

  test('that what it applies depends on it, by object or by name', () => {
    const { app, cluster, flux } = platform();
    const server = new NamespaceDirectory(cluster, 'server');
    new FluxKustomization(server, 'server', { applies: server, dependsOn: [flux.kustomization] });
    new FluxKustomization(flux, 'named', { applies: './k8s', dependsOn: [{ name: 'flux-system' }] });

    expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"Kustomization "production/server/server" depends on flux-system, which applies it and is not ready before it
  fix: drop the dependsOn (dependencies of the FluxSystem is empty for this), or keep the sync files out of it: syncFiles: 'by-hand'
Kustomization "production/flux-system/named" depends on flux-system, which applies it and is not ready before it
  fix: drop the dependsOn (dependencies of the FluxSystem is empty for this), or keep the sync files out of it: syncFiles: 'by-hand'"
`);
  });
});

describe('gotk-components.yaml in the tree', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'fluxwright-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function bootstrapped(text: string, fluxRelease?: '2.4' | '2.9'): () => FluxSystem {
    const file = join(root, 'k8s/flux-system/gotk-components.yaml');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    const cluster = new Cluster(new GitopsApp({ name: 'shop', root }), 'production', { fluxRelease });
    return () => new FluxSystem(cluster, 'flux-system', { url: 'https://example.com/shop' });
  }

  test('has to hold the release that the cluster is for', () => {
    expect(messageOf(bootstrapped('---\n# This manifest was generated by flux. DO NOT EDIT.\n# Flux Version: v2.4.0\n'))).toMatchInlineSnapshot(`
"k8s/flux-system/gotk-components.yaml holds Flux v2.4.0, and Cluster "production" is for Flux 2.9
  fix: say fluxRelease: '2.4' of the cluster, or bootstrap Flux 2.9"
`);
    expect(bootstrapped('# Flux Version: v2.4.1\n', '2.4')).not.toThrow();
  });

  test('tells its release in labels, too, and one that is not known yet', () => {
    expect(messageOf(bootstrapped('metadata:\n  labels:\n    app.kubernetes.io/version: v2.10.1\n'))).toMatchInlineSnapshot(`
"k8s/flux-system/gotk-components.yaml holds Flux v2.10.1, and Cluster "production" is for Flux 2.9
  fix: bootstrap Flux 2.9; fluxwright knows 2.0 to 2.9"
`);
  });

  test('says nothing while it is empty', () => {
    expect(bootstrapped('# Empty until flux bootstrap writes Flux\'s own manifests here\n', '2.4')).not.toThrow();
  });
});

describeWith('kustomize', 'built by kustomize', (kustomize) => {
  function build(app: GitopsApp, components?: string): { stdout: string; stderr: string } {
    const folder = mkdtempSync(join(tmpdir(), 'fluxwright-'));
    try {
      for (const file of app.toTree()) {
        mkdirSync(dirname(join(folder, file.path)), { recursive: true });
        writeFileSync(join(folder, file.path), file.props.placeholder === true && components !== undefined ? components : file.bytes);
      }
      return spawnSync(kustomize, ['build', '--load-restrictor', 'LoadRestrictionsNone', join(folder, 'k8s/flux-system')], { encoding: 'utf8' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('it builds in a fresh clone, with the Kustomizations of all namespaces', () => {
    const { app, cluster } = platform();
    const server = new NamespaceDirectory(cluster, 'server');
    new FluxKustomization(server, 'server', { applies: server });

    const { stdout, stderr } = build(app);

    expect(stderr).toBe('');
    expect(stdout.match(/^ {2}name: .*/gm)).toEqual(['  name: flux-system', '  name: server', '  name: flux-system']);
  });

  test('the controllers are patched by parts, JSON patches, and parts that only a target leads to their objects', () => {
    const { app } = platform({}, {
      patches: [
        { patch: partOf(k8s.KubeServiceAccount, { metadata: { name: 'kustomize-controller', namespace: 'flux-system', annotations: { cloud: 'decrypter', old: null } } }) },
        { patch: [{ op: 'add', path: '/spec/template/spec/containers/0/args/-', value: '--concurrent=8' }], target: { kind: 'Deployment', name: '.*-controller' } },
        { patch: { spec: { template: { spec: { containers: [{ name: 'manager', image: 'mirror/kustomize-controller:v1' }] } } } }, target: { kind: 'Deployment' } },
      ],
    });
    const components = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: kustomize-controller
  namespace: flux-system
  annotations:
    old: "1"
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: kustomize-controller
  namespace: flux-system
spec:
  template:
    spec:
      containers:
        - name: manager
          image: ghcr.io/fluxcd/kustomize-controller:v1
          args:
            - --watch-all-namespaces
`;

    const { stdout, stderr } = build(app, components);

    expect(stderr).toBe('');
    expect(stdout.slice(0, stdout.indexOf('apiVersion: kustomize.toolkit'))).toMatchInlineSnapshot(`
"apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    cloud: decrypter
  name: kustomize-controller
  namespace: flux-system
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: kustomize-controller
  namespace: flux-system
spec:
  template:
    spec:
      containers:
      - args:
        - --watch-all-namespaces
        - --concurrent=8
        image: mirror/kustomize-controller:v1
        name: manager
---
"
`);
  });
});
