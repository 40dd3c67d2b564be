import { bootstrapped, findingsOf, kustomization, object, type Files } from '../check-tree';

test('a base that no ArtifactGenerator copies is missing in the artifact', async () => {
  const findings = await findingsOf('artifact-incomplete', files('base'));

  expect(findings).toEqual([
    'clusters/prod/artifacts.yaml:11 error ArtifactGenerator flux-system/fleet: does not copy apps/base/web, which the Kustomization flux-system/apps is built from\n  fix: copy what the build reads into the artifact, to the place where it is looked for',
  ]);
});

test('an artifact with all that is read is complete', async () => {
  expect(await findingsOf('artifact-incomplete', files('apps/base'))).toEqual([]);
  expect(await findingsOf('artifact-incomplete', files('apps'))).toEqual([]);
});

test('each cluster has its own generator, whatever that is called', async () => {
  const other = Object.fromEntries(Object.entries(files('base')).flatMap(([path, text]) => (path.startsWith('clusters/') ? [[path.replace('prod', 'test'), text.replaceAll('prod/', 'test/')]] : [])));

  expect((await findingsOf('artifact-incomplete', { ...files('apps/base'), ...other })).map((finding) => finding.split(':')[0])).toEqual(['clusters/test/artifacts.yaml']);
});

/** An overlay that takes in a base, with what a generator copies beside the overlay. */
function files(copied: string): Files {
  return {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/artifacts.yaml': `apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: fleet
  namespace: flux-system
spec:
  sources:
    - {alias: fleet, kind: GitRepository, name: flux-system}
  artifacts:
    # in the order of their copies
    - name: apps
      copy:
        - from: "@fleet/apps/production/**"
          to: "@artifact/production/"
        - from: "@fleet/${copied}/**"
          to: "@artifact/${copied.replace(/^apps\/?/, '')}/"
`,
    'clusters/prod/apps.yaml': kustomization('apps', './production').replace('kind: GitRepository\n    name: flux-system', 'kind: ExternalArtifact\n    name: apps'),
    'apps/production/kustomization.yaml': 'resources: [../base/web]\n',
    'apps/base/web/kustomization.yaml': 'resources: [web.yaml]\n',
    'apps/base/web/web.yaml': object('ConfigMap', 'web', 'default'),
  };
}
