import { Cluster, Directory, GitRepository, type GitRepositoryProps } from 'fluxwright';
import type { FluxRelease } from '../../../src/flux/releases';
import { emptyApp, fileAt, messageOf } from './platform';

function declare(props: Partial<GitRepositoryProps> = {}, fluxRelease?: FluxRelease) {
  const app = emptyApp();
  const directory = new Directory(new Cluster(app, 'production', { fluxRelease }), 'sources', { variables: ['BRANCH'] });
  const repository = new GitRepository(directory, 'platform', { url: 'ssh://git@example.com/shop/platform', ...props });
  return { app, repository };
}

test('follows a branch every ten minutes unless told otherwise', () => {
  const { app, repository } = declare({ branch: 'main', secretRef: 'deploy-key' });

  expect(fileAt(app, 'k8s/sources/platform.yaml')).toMatchInlineSnapshot(`
"apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: platform
  namespace: flux-system
spec:
  interval: 10m
  url: ssh://git@example.com/shop/platform
  ref:
    branch: main
  secretRef:
    name: deploy-key
"
`);
  expect(repository.sourceReference).toEqual({ kind: 'GitRepository', name: 'platform', namespace: 'flux-system' });
});

test('writes every field that Flux has, and the escape hatch last', () => {
  const { app } = declare({
    url: 'https://example.com/shop/platform',
    interval: '1h',
    timeout: '2m',
    suspend: true,
    branch: 'main',
    commit: '1f2e3d',
    provider: 'github',
    secretRef: { name: 'github-app' },
    serviceAccountName: 'reader',
    proxySecretRef: 'proxy',
    ignore: '/*\n!/k8s\n',
    include: [{ repository: 'shared', fromPath: 'charts', toPath: 'shared-charts' }],
    recurseSubmodules: true,
    sparseCheckout: ['k8s'],
    verify: { mode: 'TagAndHEAD', secretRef: { name: 'signers' } },
    spec: { timeout: null, interval: '2h' },
  });

  expect(fileAt(app, 'k8s/sources/platform.yaml')).toMatchInlineSnapshot(`
"apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: platform
  namespace: flux-system
spec:
  interval: 2h
  timeout: null
  suspend: true
  url: https://example.com/shop/platform
  ref:
    branch: main
    commit: 1f2e3d
  provider: github
  secretRef:
    name: github-app
  serviceAccountName: reader
  proxySecretRef:
    name: proxy
  ignore: |
    /*
    !/k8s
  include:
    - repository:
        name: shared
      fromPath: charts
      toPath: shared-charts
  recurseSubmodules: true
  sparseCheckout:
    - k8s
  verify:
    mode: TagAndHEAD
    secretRef:
      name: signers
"
`);
});

test('takes a name and a reference with a declared variable in them', () => {
  const { app } = declare({ name: '${BRANCH}', branch: '${BRANCH}' });

  expect(fileAt(app, 'k8s/sources/platform.yaml')).toContain('name: ${BRANCH}\n');
});

test('refuses urls that Flux does, and says what to write', () => {
  const urls = ['git@github.com:ORG/repository.git', 'github.com:ORG/repository', 'ssh://git@github.com:ORG/repository', 'git://example.com/a', 'example.com/a', 'https:///a'];

  expect(urls.map((url) => messageOf(() => declare({ url }))).join('\n')).toMatchInlineSnapshot(`
"GitRepository "production/sources/platform" has url "git@github.com:ORG/repository.git", git's short form, which Flux does not read
  fix: write "ssh://git@github.com/ORG/repository.git"
GitRepository "production/sources/platform" has url "github.com:ORG/repository", git's short form, which Flux does not read
  fix: write "ssh://git@github.com/ORG/repository"
GitRepository "production/sources/platform" has url "ssh://git@github.com:ORG/repository", where a port is expected behind the host
  fix: write "ssh://git@github.com/ORG/repository"
GitRepository "production/sources/platform" has url "git://example.com/a"
  fix: write "ssh://git@example.com/team/platform" or "https://example.com/team/platform"
GitRepository "production/sources/platform" has url "example.com/a"
  fix: write "ssh://git@example.com/team/platform" or "https://example.com/team/platform"
GitRepository "production/sources/platform" has url "https:///a"
  fix: write "ssh://git@example.com/team/platform" or "https://example.com/team/platform""
`);
});

test.each(['ssh://git@example.com:2222/shop', 'https://example.com/shop', 'http://git.internal:3000/shop', 'ssh://git@example.com/${BRANCH}', 'https://user@dev.azure.com/a/b/_git/c'])('takes the url %s', (url) => {
  expect(() => declare({ url })).not.toThrow();
});

test('refuses two answers to what to fetch, and durations that Flux cannot read, all at once', () => {
  expect(messageOf(() => declare({ branch: 'main', tag: 'v1', interval: '10 minutes' }))).toMatchInlineSnapshot(`
"GitRepository "production/sources/platform" has interval "10 minutes"
  fix: write hours, minutes and seconds, such as "1h" or "2m30s"
GitRepository "production/sources/platform" has branch and tag, and Flux would look at one of them
  fix: leave one"
`);
});

test('refuses what the Flux of its cluster does not know', () => {
  expect(messageOf(() => declare({ sparseCheckout: ['k8s'], provider: 'github' }, '2.4'))).toMatchInlineSnapshot(`
"GitRepository "production/sources/platform" has spec.provider: github, which came with Flux 2.5; the cluster runs 2.4
  fix: leave it out, or upgrade the cluster and say so: fluxRelease: '2.5'
GitRepository "production/sources/platform" has spec.sparseCheckout, which came with Flux 2.6; the cluster runs 2.4
  fix: leave it out, or upgrade the cluster and say so: fluxRelease: '2.6'"
`);
});
