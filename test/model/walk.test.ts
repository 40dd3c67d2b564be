import { treeOf, type Files } from '../checks/check-tree';
import { Repository } from '../../src/model/repository';
import { identityTitle } from '../../src/model/source-object';
import { Walker } from '../../src/model/walk';

const walk = (files: Files, directory: string) => new Walker(new Repository(treeOf(files))).walk(directory);
const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n';

test('an overlay gives what its base holds its own namespace and prefix, the outer one over the inner', () => {
  const { objects, files } = walk({
    'base/kustomization.yaml': 'namespace: base\nresources: [web.yaml, ns.yaml]\n',
    'base/web.yaml': deployment,
    'base/ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: base\n',
    'prod/kustomization.yaml': 'namespace: prod\nnamePrefix: eu-\nresources: [../base]\npatches:\n  - path: size.yaml\nconfigMapGenerator:\n  - name: settings\n    files: [app.conf, tls=certs/ca.pem]\n',
    'prod/size.yaml': deployment,
    'prod/app.conf': 'a=b',
    'prod/certs/ca.pem': '---',
  }, 'prod');

  expect(objects.map(identityTitle)).toEqual(['Deployment prod/eu-web', 'Namespace prod', 'ConfigMap prod/eu-settings']);
  expect([...files].sort()).toEqual(['base/kustomization.yaml', 'base/ns.yaml', 'base/web.yaml', 'prod/app.conf', 'prod/certs/ca.pem', 'prod/kustomization.yaml', 'prod/size.yaml']);
});

test('a directory without kustomization.yaml holds all YAML below it, and directories that have their own', () => {
  const { objects } = walk({
    'apps/web.yaml': deployment,
    'apps/deep/er/other.yml': deployment.replace('web', 'other'),
    'apps/listed/kustomization.yaml': 'resources: [one.yaml]\n',
    'apps/listed/one.yaml': deployment.replace('web', 'one'),
    'apps/listed/two.yaml': deployment.replace('web', 'two'),
    'apps/.sops.yaml': 'creation_rules: []\n',
    'apps/notes.txt': 'kind: none',
  }, 'apps');

  expect(objects.map(identityTitle)).toEqual(['Deployment other', 'Deployment one', 'Deployment web']);
});

test('references to what is not there, out of the tree and to the network are told apart', () => {
  const { missing, remote } = walk({
    'apps/kustomization.yaml': `resources:
  - nothing.yaml
  - ../../outside
  - https://example.com/release.yaml
  - github.com/vendor/app//deploy?ref=v1
  - empty
components: [../nothing]
patches:
  - patch: |-
      - op: remove
        path: /spec
    target: {kind: Deployment}
`,
    'apps/empty/notes.txt': '',
  }, 'apps');

  expect(missing.map(({ reference }) => `${reference.path.join('.')} ${reference.target}`)).toEqual([
    'resources.0 nothing.yaml', 'resources.1 ../../outside', 'resources.4 empty', 'components.0 ../nothing',
  ]);
  expect(remote.map(({ reference }) => reference.target)).toEqual(['https://example.com/release.yaml', 'github.com/vendor/app//deploy?ref=v1']);
});

test('directories that lead to each other end', () => {
  const { objects } = walk({
    'a/kustomization.yaml': 'resources: [../b, web.yaml]\n',
    'a/web.yaml': deployment,
    'b/kustomization.yaml': 'resources: [../a]\n',
  }, 'a');

  expect(objects.map(identityTitle)).toEqual(['Deployment web']);
});

test('what Flux leaves out of the artifact is no part of a directory', () => {
  const source = 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec:\n  ignore: |\n    /apps/drafts\n    !/apps/drafts/kept.yaml\n';
  const { objects } = walk({
    'flux-system/gotk-sync.yaml': source,
    '.sourceignore': `# tests\n*.test.yaml\n/${'keep'.repeat(20_000)}\n`, // no path is as long as the last
    'apps/.sourceignore': 'old/\n',
    'apps/web.yaml': deployment,
    'apps/web.test.yaml': deployment.replace('web', 'test'),
    'apps/old/web.yaml': deployment.replace('web', 'old'),
    'apps/drafts/web.yaml': deployment.replace('web', 'draft'),
    'old/web.yaml': deployment,
  }, 'apps');

  expect(objects.map(identityTitle)).toEqual(['Deployment web']);
});
