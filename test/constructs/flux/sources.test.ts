import { Bucket, Cluster, Directory, HelmRepository, OciRepository } from 'fluxwright';
import type { FluxRelease } from '../../../src/flux/releases';
import { emptyApp, fileAt, messageOf } from './platform';

function sources(fluxRelease?: FluxRelease) {
  const app = emptyApp();
  return { app, directory: new Directory(new Cluster(app, 'production', { fluxRelease }), 'sources') };
}

describe('OciRepository', () => {
  test('takes the newest tag of a range, with its filter', () => {
    const { app, directory } = sources();

    new OciRepository(directory, 'podinfo', {
      url: 'oci://ghcr.io/stefanprodan/charts/podinfo',
      semver: '6.x',
      semverFilter: '.*-rc.*',
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      verify: { provider: 'cosign' },
      provider: 'gcp',
      secretRef: 'registry',
      certSecretRef: 'ca',
    });

    expect(fileAt(app, 'k8s/sources/podinfo.yaml')).toMatchInlineSnapshot(`
"apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 10m
  url: oci://ghcr.io/stefanprodan/charts/podinfo
  ref:
    semver: 6.x
    semverFilter: .*-rc.*
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
  provider: gcp
  secretRef:
    name: registry
  certSecretRef:
    name: ca
  verify:
    provider: cosign
"
`);
  });

  test('is written in the version that the cluster serves', () => {
    const { app, directory } = sources('2.5');

    new OciRepository(directory, 'podinfo', { url: 'oci://ghcr.io/stefanprodan/manifests/podinfo', tag: 'latest' });

    expect(fileAt(app, 'k8s/sources/podinfo.yaml')).toContain('apiVersion: source.toolkit.fluxcd.io/v1beta2\n');
  });

  test('refuses urls that Flux does, and says what to write', () => {
    const { directory } = sources();
    const urls = ['https://ghcr.io/team/app', 'oci://ghcr.io', 'oci://ghcr.io/team/app:1.0', 'oci://localhost:5000/app@sha256:0f'];

    expect(urls.map((url, index) => messageOf(() => new OciRepository(directory, `app-${index}`, { url }))).join('\n')).toMatchInlineSnapshot(`
"OCIRepository "production/sources/app-0" has url "https://ghcr.io/team/app"
  fix: write "oci://", the registry and the repository, such as "oci://ghcr.io/team/manifests"
OCIRepository "production/sources/app-1" has url "oci://ghcr.io"
  fix: write "oci://", the registry and the repository, such as "oci://ghcr.io/team/manifests"
OCIRepository "production/sources/app-2" has url "oci://ghcr.io/team/app:1.0", which ends with a tag
  fix: write url: "oci://ghcr.io/team/app", tag: "1.0"
OCIRepository "production/sources/app-3" has url "oci://localhost:5000/app@sha256:0f", which ends with a digest
  fix: write url: "oci://localhost:5000/app", digest: "sha256:0f""
`);
  });

  test('takes a registry with a port', () => {
    const { directory } = sources();

    expect(() => new OciRepository(directory, 'app', { url: 'oci://localhost:5000/app', insecure: true })).not.toThrow();
  });

  test('refuses two answers to what to fetch, and a filter of nothing', () => {
    const { directory } = sources();

    expect(messageOf(() => new OciRepository(directory, 'app', { url: 'oci://ghcr.io/team/app', tag: '1', digest: 'sha256:0f', semverFilter: '.*' }))).toMatchInlineSnapshot(`
"OCIRepository "production/sources/app" has tag and digest, and Flux would look at one of them
  fix: leave one
OCIRepository "production/sources/app" has semverFilter without semver
  fix: name the range of versions, too: semver: "*""
`);
  });
});

describe('HelmRepository', () => {
  test('fetches the index every ten minutes', () => {
    const { app, directory } = sources();

    new HelmRepository(directory, 'jetstack', { url: 'https://charts.jetstack.io', secretRef: 'login', passCredentials: true });

    expect(fileAt(app, 'k8s/sources/jetstack.yaml')).toMatchInlineSnapshot(`
"apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: jetstack
  namespace: flux-system
spec:
  interval: 10m
  url: https://charts.jetstack.io
  secretRef:
    name: login
  passCredentials: true
"
`);
  });

  test('knows a registry by its url, which needs no interval', () => {
    const { app, directory } = sources();

    new HelmRepository(directory, 'charts', { url: 'oci://ghcr.io/team/charts', provider: 'aws' });

    expect(fileAt(app, 'k8s/sources/charts.yaml')).toMatchInlineSnapshot(`
"apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: flux-system
spec:
  type: oci
  url: oci://ghcr.io/team/charts
  provider: aws
"
`);
  });

  test('gives a registry an interval where the CRD requires one', () => {
    const { app, directory } = sources('2.2');

    new HelmRepository(directory, 'charts', { url: 'oci://ghcr.io/team/charts' });

    expect(fileAt(app, 'k8s/sources/charts.yaml')).toContain('interval: 10m\n');
  });

  test('refuses what only a registry has, and other urls', () => {
    const { directory } = sources();

    expect(messageOf(() => new HelmRepository(directory, 'a', { url: 'https://charts.example.com', provider: 'gcp' }))).toMatchInlineSnapshot(`
"HelmRepository "production/sources/a" has provider, which only registries have
  fix: leave it out, or write the url with "oci://""
`);
    expect(messageOf(() => new HelmRepository(directory, 'b', { url: 'charts.example.com' }))).toMatchInlineSnapshot(`
"HelmRepository "production/sources/b" has url "charts.example.com"
  fix: write "https://charts.example.com", or "oci://ghcr.io/team/charts" for charts in a registry"
`);
  });
});

describe('Bucket', () => {
  test('is fetched from its endpoint', () => {
    const { app, directory } = sources();

    new Bucket(directory, 'manifests', { bucketName: 'shop-manifests', endpoint: 'minio.example.com:9000', prefix: 'k8s', secretRef: 'minio', insecure: true });

    expect(fileAt(app, 'k8s/sources/manifests.yaml')).toMatchInlineSnapshot(`
"apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: manifests
  namespace: flux-system
spec:
  interval: 10m
  bucketName: shop-manifests
  endpoint: minio.example.com:9000
  prefix: k8s
  secretRef:
    name: minio
  insecure: true
"
`);
  });

  test('refuses an endpoint with a scheme', () => {
    const { directory } = sources();

    expect(messageOf(() => new Bucket(directory, 'manifests', { bucketName: 'a', endpoint: 'https://minio.example.com/' }))).toMatchInlineSnapshot(`
"Bucket "production/sources/manifests" has endpoint "https://minio.example.com/", which is a URL
  fix: write its host: "minio.example.com""
`);
  });
});
