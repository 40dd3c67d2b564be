import { ApiObject } from 'cdk8s';
import { ConfigMapGenerator, Directory, k8s, NamespaceDirectory } from 'fluxwright';
import { testApp, treeMatchers, treeSerializer } from 'fluxwright/testing';
import { testWith } from '../tools';

expect.extend(treeMatchers);
expect.addSnapshotSerializer(treeSerializer);

function web(replicas = 2) {
  const app = testApp();
  const directory = new NamespaceDirectory(app, 'web');
  new k8s.KubeDeployment(directory, 'deployment', {
    metadata: { name: 'web' },
    spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1.0' }, { name: 'proxy', image: 'proxy:2.0' }] } } },
  });
  return { app, directory };
}

/** What a matcher says where it fails. */
async function failureOf(expectation: () => void | Promise<void>): Promise<string> {
  try {
    await expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation holds');
}

describe('toMatchTree', () => {
  test('compares the files that are named as data, from the root for an app and from itself for a directory', () => {
    const { app, directory } = web();
    const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', namespace: 'web', resources: ['deployment.yaml'] };

    expect(app).toMatchTree({ 'k8s/web/kustomization.yaml': kustomization, 'k8s/web/service.yaml': null });
    expect(directory).toMatchTree({ 'kustomization.yaml': 'kind: Kustomization\nresources: [deployment.yaml]\nnamespace: "web"\napiVersion: kustomize.config.k8s.io/v1beta1\n' });
    expect(app.toTree()).not.toMatchTree({ 'k8s/web/kustomization.yaml': { ...kustomization, namespace: 'other' } });
  });

  test('a failure shows the fields that differ, items of lists by their names', async () => {
    const { directory } = web();
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'proxy', image: 'proxy:2.1' }, { name: 'web', image: 'web:1.0', env: [] }] } } } };

    expect(await failureOf(() => expect(directory).toMatchTree({ 'deployment.yaml': deployment, 'servce.yaml': null, 'deploy.yaml': deployment }))).toMatchInlineSnapshot(`
"k8s/web/deployment.yaml differs:
  ~ spec.replicas: 3 → 2
  ~ spec.template.spec.containers[name=proxy].image: proxy:2.1 → proxy:2.0
  - spec.template.spec.containers[name=web].env: [] (missing)
k8s/web/deploy.yaml is not there; did you mean k8s/web/deployment.yaml?"
`);
  });

  test('anything but an app, a directory or a tree is a mistake of the test', async () => {
    expect(await failureOf(() => expect('k8s').toMatchTree({}))).toBe('expect(…) needs a GitopsApp, a Directory or a Tree here');
  });
});

describe('toHaveNoFindings', () => {
  test('passes where check finds nothing, and else says what it finds', async () => {
    const { app, directory } = web();

    await expect(app).toHaveNoFindings({ render: false });
    new ApiObject(directory, 'secret', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, spec: { a: 1 } });

    expect(await failureOf(async () => expect(app).toHaveNoFindings({ render: false }))).toMatchInlineSnapshot(`
"k8s/web/secret.yaml:6 error schema: ConfigMap settings: spec is no field of v1 ConfigMap; known here: apiVersion, binaryData, data, immutable, kind, metadata
  fix: mend the field; "kubectl explain" shows what its kind has"
`);
  });

  test('runs the rules that are named, and lives with what is ignored', async () => {
    const { app, directory } = web();
    new ApiObject(directory, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, spec: { a: 1 } });

    await expect(app).toHaveNoFindings({ render: false, rules: ['depends-on-missing'] });
    await expect(app).toHaveNoFindings({ render: false, ignore: [{ rule: 'schema', reason: 'tried out' }] });
  });
});

describe('toRender', () => {
  testWith('kustomize', 'compares parts of what kustomize makes of a directory', async () => {
    const { directory } = web();
    new ConfigMapGenerator(directory, 'settings', { literals: { LEVEL: 'info' } });

    await expect(directory).toRender('', { 'Deployment web': { spec: { template: { spec: { containers: [{ name: 'web', image: 'web:1.0' }] } } } }, 'Service web': null });
    expect(await failureOf(async () => expect(directory).toRender('', { 'Deployment web/web': { spec: { replicas: 3 } }, 'Deployment wep': {} }))).toMatchInlineSnapshot(`
"k8s/web renders other objects:
Deployment web/web differs:
  ~ spec.replicas: 3 → 2
Deployment wep is missing"
`);
  });

  testWith('kustomize', 'compares a whole render, in any order', async () => {
    const { app } = web();
    const render = 'kind: Deployment\napiVersion: apps/v1\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{image: "web:1.0", name: web}, {image: "proxy:2.0", name: proxy}]}\n';

    await expect(app).toRender('k8s/web', render);
    expect(await failureOf(async () => expect(app).toRender('k8s/web', `${render}---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\n`))).toBe('k8s/web renders other objects:\nService web/web is missing');
  });
});

test('a directory in a snapshot is its files', () => {
  const app = testApp();
  const directory = new Directory(app, 'docs');
  new ApiObject(directory, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  new Directory(app, 'other');

  expect(directory).toMatchInlineSnapshot(`
--- k8s/docs/kustomization.yaml
# Generated by fluxwright (test) as k8s/docs/kustomization.yaml. Change the constructs, not this file.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
--- k8s/docs/settings.yaml
# Generated by fluxwright (test) as k8s/docs/settings.yaml. Change the constructs, not this file.
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings

`);
});
