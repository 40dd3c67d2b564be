import { consequencesOf, edited, replaced, type Files } from '../diff-files';
import { fleet } from '../fleet';

const having = (object: string): Files => replaced(edited(fleet, { 'data/production/source.yaml': object }), 'data/production/kustomization.yaml', 'resources:\n', 'resources:\n  - source.yaml\n');

const charts = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  url: https://charts.example.com
`;

const artifact = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: charts
spec:
  url: oci://registry.example.com/charts
  ref:
    tag: 1.2.0
  verify:
    provider: cosign
`;

const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: queue
spec:
  chart:
    spec:
      chart: queue
      version: 1.2.0
      sourceRef:
        kind: HelmRepository
        name: charts
  values:
    image:
      repository: registry.example.com/queue
      tag: 1.2.0
`;

async function told(object: string, from: string, to: string): Promise<string[]> {
  expect(object).toContain(from);
  return consequencesOf(having(object), having(object.replace(from, to)));
}

test('a source that is fetched from elsewhere, or no longer verified, is told', async () => {
  expect(await told(charts, 'https://charts.example.com', 'https://charts.example.org')).toEqual(['warning [source-changed] HelmRepository charts is fetched from https://charts.example.org in place of https://charts.example.com']);
  expect(await told(artifact, '  verify:\n    provider: cosign\n', '')).toEqual(['warning [source-changed] OCIRepository charts is no longer verified']);
  expect(await told(artifact, '  ref:\n', '  insecure: true\n  ref:\n')).toEqual(['warning [source-changed] OCIRepository charts is fetched over a connection that anybody may change']);
});

test('a release that installs another chart, or takes it from another source, is told', async () => {
  expect(await told(release, 'chart: queue', 'chart: stack')).toEqual(['warning [source-changed] HelmRelease queue installs stack in place of queue']);
  expect(await told(release, 'name: charts', 'name: others')).toEqual(['warning [source-changed] HelmRelease queue takes its chart from HelmRepository others in place of HelmRepository charts']);
});

test('an image in the values of a chart that comes from elsewhere is told once, whether its tag changes with it or not', async () => {
  expect(await told(release, 'registry.example.com/queue', 'registry.example.org/queue')).toEqual(['warning [image-repository] takes the image of HelmRelease queue from another repository: registry.example.com/queue → registry.example.org/queue']);
  expect(await told(release, 'registry.example.com/queue\n      tag: 1.2.0', 'registry.example.org/queue\n      tag: 1.1.0')).toEqual([
    'warning [stage-skipped] brings 1.1.0 to production with HelmRelease queue, and no earlier stage has had it',
    'warning [image-repository] takes the image of HelmRelease queue from another repository: registry.example.com/queue:1.2.0 → registry.example.org/queue:1.1.0',
  ]);
});

test('a version of an artifact that production gets first skips the stages before it', async () => {
  expect(await told(artifact, 'tag: 1.2.0', 'tag: 1.4.0')).toEqual(['warning [stage-skipped] brings 1.4.0 to production with OCIRepository charts, and no earlier stage has had it']);
});
