import { join } from 'node:path';
import { ApiObject, Cluster, Component, Directory, FluxKustomization, FluxSystem, GitopsApp, ImagePolicy, ImageRepository, k8s, NamespaceDirectory, Overlay, StrategicMergePatch, YamlFile } from 'fluxwright';
import type { Construct } from 'constructs';

function production(): { app: GitopsApp; cluster: Cluster } {
  const app = new GitopsApp({ name: 'shop', root: join(__dirname, 'nowhere') });
  const cluster = new Cluster(app, 'production');
  new FluxSystem(cluster, 'flux-system', { url: 'ssh://git@example.com/shop' });
  return { app, cluster };
}

function namespace(cluster: Cluster, name: string): NamespaceDirectory {
  const directory = new NamespaceDirectory(cluster, name);
  new FluxKustomization(directory, name, { applies: directory });
  return directory;
}

function settings(scope: Construct, id: string, name = 'settings'): void {
  new k8s.KubeConfigMap(scope, id, { metadata: { name }, data: { a: 'b' } });
}

function problemsOf(app: GitopsApp): string {
  try {
    app.toTree();
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('one object in two files', () => {
  test('is refused within a directory, and within a file', () => {
    const { app, cluster } = production();
    const server = namespace(cluster, 'server');
    settings(server, 'one');
    settings(server, 'two');
    const file = new YamlFile(server, 'both');
    settings(file, 'first', 'other');
    settings(file, 'second', 'other');

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"ConfigMap "server/settings" stands in k8s/server/one.yaml (production/server/one) and in k8s/server/two.yaml (production/server/two)
  fix: take one of them out, or give it another name
ConfigMap "server/other" stands in k8s/server/both.yaml (production/server/both/first) and in k8s/server/both.yaml (production/server/both/second)
  fix: take one of them out, or give it another name"
`);
  });

  test('is refused between directories that are both applied as they are', () => {
    const { app, cluster } = production();
    for (const name of ['server', 'web']) new k8s.KubeClusterRole(namespace(cluster, name), 'cluster-role', { metadata: { name: 'reader' } });
    for (const id of ['a', 'b']) {
      const directory = new Directory(cluster, id);
      new ApiObject(directory, 'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader', namespace: 'shop' } });
    }

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"ClusterRole "reader" stands in k8s/server/cluster-role.yaml (production/server/cluster-role) and in k8s/web/cluster-role.yaml (production/web/cluster-role)
  fix: take one of them out, or give it another name
Role "shop/reader" stands in k8s/a/role.yaml (production/a/role) and in k8s/b/role.yaml (production/b/role)
  fix: take one of them out, or give it another name"
`);
  });

  test('is refused for Flux objects in two sync files', () => {
    const { app, cluster } = production();
    namespace(cluster, 'server');
    new FluxKustomization(namespace(cluster, 'web'), 'more', { name: 'server', applies: './k8s' });

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"Kustomization "flux-system/server" stands in k8s/server/sync.yaml (production/server/server) and in k8s/web/sync.yaml (production/web/more)
  fix: take one of them out, or give it another name"
`);
  });

  test('is none where kind, group, namespace or name differ', () => {
    const { app, cluster } = production();
    for (const name of ['server', 'web']) {
      const directory = namespace(cluster, name);
      settings(directory, 'settings');
      settings(directory, 'others', 'others');
      new k8s.KubeNamespace(directory, 'namespace', { metadata: { name: 'renamed-by-kustomize' } });
      new ApiObject(directory, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'settings' } });
      new ApiObject(directory, 'knative', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'settings' } });
    }

    expect(problemsOf(app)).toBe('none');
  });

  test('is none where others build on a directory, where a Kustomization puts it elsewhere, in a Component, and where Flux does not apply it', () => {
    const { app, cluster } = production();
    const base = new Directory(cluster, 'base');
    settings(base, 'settings');
    settings(new Overlay(cluster, 'one', { bases: [base], namespace: 'one' }), 'own');
    settings(new Overlay(cluster, 'two', { bases: [base], namespace: 'one' }), 'own');
    settings(new Component(cluster, 'debug'), 'settings');
    settings(new Component(cluster, 'trace'), 'settings');
    const sync = namespace(cluster, 'sync');
    for (const id of ['left', 'right']) {
      const directory = new Directory(cluster, id);
      settings(directory, 'settings');
      new FluxKustomization(sync, id, { applies: directory, targetNamespace: id });
      settings(new Directory(cluster, `${id}-prefixed`, { namePrefix: `${id}-` }), 'settings', 'prefixed');
      settings(new YamlFile(directory, 'by-hand', { synced: false }), 'settings', 'by-hand');
    }

    expect(problemsOf(app)).toBe('none');
  });

  test('is none in two clusters, nor where variables make the name', () => {
    const { app, cluster } = production();
    const staging = new Cluster(app, 'staging', { directory: 'staging' });
    new FluxSystem(staging, 'flux-system', { url: 'ssh://git@example.com/shop' });
    for (const each of [cluster, staging]) settings(namespace(each, 'server'), 'settings');
    for (const id of ['a', 'b']) settings(new Directory(cluster, id, { variables: ['BRANCH_NAME'] }), 'settings', '${BRANCH_NAME}');

    expect(problemsOf(app)).toBe('none');
  });
});

describe('a Secret in plain text', () => {
  test('is refused wherever it stands, and so are literals of a generator', () => {
    const { app, cluster } = production();
    const server = new NamespaceDirectory(cluster, 'server', { secretGenerator: [{ name: 'generated', literals: ['PASSWORD=hunter2'] }] });
    new k8s.KubeSecret(server, 'login', { metadata: { name: 'login' }, stringData: { password: 'hunter2' } });
    new ApiObject(new YamlFile(server, 'by-hand', { synced: false }), 'token', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' }, data: { token: 'aHVudGVyMg==' } });
    new StrategicMergePatch(server, 'patch', { of: k8s.KubeSecret, patch: { metadata: { name: 'login' }, stringData: { password: 'hunter2' } } });

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"k8s/server/login.yaml: Secret "login" (production/server/login) has its values in plain text, which everybody can read in Git
  fix: encrypt it with sops and use EncryptedFile, or leave the values out here
k8s/server/by-hand.yaml: Secret "token" (production/server/by-hand/token) has its values in plain text, which everybody can read in Git
  fix: encrypt it with sops and use EncryptedFile, or leave the values out here
k8s/server/patch.yaml: Secret "login" (production/server/patch) has its values in plain text, which everybody can read in Git
  fix: encrypt it with sops and use EncryptedFile, or leave the values out here
k8s/server/kustomization.yaml: secretGenerator "generated" (production/server) has its values as literals, which everybody can read in Git
  fix: write them into a file of KEY=value, encrypt it with sops, and name it: envs: ['generated.enc.env']"
`);
  });

  test('is none without data, with empty data, and where Flux puts the values in', () => {
    const { app, cluster } = production();
    const server = namespace(cluster, 'server');
    new k8s.KubeSecret(server, 'token', { metadata: { name: 'token' }, type: 'kubernetes.io/service-account-token' });
    new k8s.KubeSecret(server, 'empty', { metadata: { name: 'empty' }, data: {} });
    new k8s.KubeSecret(server, 'substituted', { metadata: { name: 'substituted' }, stringData: { password: '${PASSWORD}' } });

    expect(problemsOf(app)).toBe('none');
  });
});

describe('a marker', () => {
  test('for a policy that the app makes is fine', () => {
    const { app, cluster } = production();
    const server = namespace(cluster, 'server');
    const repository = new ImageRepository(server, 'repository', { image: 'ghcr.io/shop/server' });
    const policy = new ImagePolicy(server, 'policy', { name: 'server', repository, semver: '1.x' });
    new k8s.KubeConfigMap(server, 'images', { metadata: { name: 'images' }, data: { server: policy.pin('ghcr.io/shop/server:1.0.0') } });

    expect(problemsOf(app)).toBe('none');
  });

  test('for a policy of another app, or of another namespace, is refused with its place', () => {
    const { app, cluster } = production();
    const server = namespace(cluster, 'server');
    const repository = new ImageRepository(server, 'repository', { namespace: 'images', image: 'ghcr.io/shop/server' });
    new ImagePolicy(server, 'policy', { name: 'server', namespace: 'images', repository, semver: '1.x' });
    const elsewhere = production();
    const foreign = namespace(elsewhere.cluster, 'server');
    const others = new ImageRepository(foreign, 'repository', { image: 'ghcr.io/shop/server' });
    const same = new ImagePolicy(foreign, 'policy', { name: 'server', repository: others, semver: '1.x' });
    const other = new ImagePolicy(foreign, 'web', { repository: others, semver: '1.x' });
    new ApiObject(server, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'server' } });

    new k8s.KubeConfigMap(server, 'images', { metadata: { name: 'images' }, data: { server: same.pin('ghcr.io/shop/server:1.0.0') } });
    new StrategicMergePatch(server, 'image', { of: k8s.KubePod, patch: { metadata: { name: 'server' }, spec: { containers: [{ name: 'web', image: other.pin('ghcr.io/shop/server:1.0.0') }] } } });

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"k8s/server/image.yaml:9 (production/server/image) spec.containers[name=web].image is marked for the ImagePolicy "flux-system:web", which the app does not make
  fix: make it, or mark the value with the policy that is meant
k8s/server/images.yaml:7 (production/server/images) data.server is marked for the ImagePolicy "flux-system:server", but it lives in another namespace
  fix: write "images:server""
`);
  });

  test('that cannot be written is reported with all else', () => {
    const { app, cluster } = production();
    const server = namespace(cluster, 'server');
    settings(server, 'one');
    settings(server, 'two');
    new ApiObject(server, 'broken', { apiVersion: 'v1', kind: 'Broken', metadata: { name: 'broken' }, spec: { count: Number.NaN } });

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"ConfigMap "server/settings" stands in k8s/server/one.yaml (production/server/one) and in k8s/server/two.yaml (production/server/two)
  fix: take one of them out, or give it another name
k8s/server/broken.yaml: spec.count is NaN, which YAML cannot hold
  fix: give a string, number, boolean, list or map"
`);
  });
});

test('names and labels that an API server refuses are found in plain objects, too', () => {
  const { app, cluster } = production();
  const server = namespace(cluster, 'server');
  new k8s.KubeConfigMap(server, 'settings', { metadata: { name: 'Cm_X', labels: { 'a b': 'c', tier: 'c d' } } });
  new ApiObject(server, 'numbers', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'numbers', labels: { version: 1 as never } } });
  new k8s.KubeClusterRole(server, 'role', { metadata: { name: 'shop:reader' } });

  expect(problemsOf(app)).toMatchInlineSnapshot(`
"k8s/server/settings.yaml (production/server/settings): ConfigMap is named "Cm_X"
  fix: use lower-case letters, digits, "-" and ".", starting and ending with a letter or digit
k8s/server/settings.yaml (production/server/settings): ConfigMap has the label "a b"
  fix: write "name" or "prefix/name", the name at most 63 letters, digits, "-", "_" and "."
k8s/server/settings.yaml (production/server/settings): ConfigMap has the label tier: "c d"
  fix: use at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit
k8s/server/numbers.yaml (production/server/numbers): ConfigMap has the label version: 1, which is no string
  fix: put it in quotes"
`);
});
