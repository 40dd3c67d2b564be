import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

test('a path that does not exist is an error, with the folder that is meant', async () => {
  const findings = await findingsOf('path-missing', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps/prodution'),
    'apps/production/web.yaml': object('ConfigMap', 'web'),
  });

  expect(findings).toEqual([
    'clusters/prod/apps.yaml:8 error Kustomization flux-system/apps: path "./apps/prodution" does not exist\n'
    + '  fix: write "path: ./apps/production", if that is meant',
  ]);
});

test('a path to a file is an error', async () => {
  const findings = await findingsOf('path-missing', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps/web.yaml'),
    'apps/web.yaml': object('ConfigMap', 'web'),
  });

  expect(findings).toEqual([
    'clusters/prod/apps.yaml:8 error Kustomization flux-system/apps: path "./apps/web.yaml" is a file: Flux builds folders\n'
    + '  fix: write the folder that it lies in, and list it in the kustomization.yaml there',
  ]);
});

test('a path in another repository, one to be substituted and one that a patch gives are fine', async () => {
  const vendor = 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: vendor\n  namespace: flux-system\nspec:\n  url: https://example.com/vendor/charts\n';
  const findings = await findingsOf('path-missing', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/vendor.yaml': `${vendor}---\n${kustomization('vendor', './deploy').replace('    name: flux-system', '    name: vendor')}`,
    'clusters/prod/stage.yaml': kustomization('stage', './${STAGE}'),
    'clusters/prod/tenants.yaml': kustomization('tenants', './tenants'),
    'tenants/kustomization.yaml': 'resources: [team.yaml]\npatches:\n  - patch: |\n      kind: Kustomization\n      metadata:\n        name: team\n      spec:\n        path: ./tenants/team\n',
    'tenants/team.yaml': kustomization('team', './staging'),
  });

  expect(findings).toEqual([]);
});

test('a component that Flux is to add has to exist, as seen from the path', async () => {
  const files = (component: string) => ({
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps', `components:\n  - ${component}`),
    'apps/web.yaml': object('ConfigMap', 'web'),
    'components/alerts/kustomization.yaml': 'kind: Component\n',
  });

  expect(await findingsOf('path-missing', files('../components/alert'))).toEqual([
    'clusters/prod/apps.yaml:14 error Kustomization flux-system/apps: component "../components/alert" does not exist, as seen from apps\n'
    + '  fix: write "- ../components/alerts", if that is meant',
  ]);
  expect(await findingsOf('path-missing', files('../components/alerts'))).toEqual([]);
});

test('the path that flux bootstrap has written may be mistyped, too', async () => {
  const files = Object.fromEntries(Object.entries(bootstrapped('clusters/prod')).map(([path, text]) => [path, text.replace('path: ./clusters/prod', 'path: ./clusters/prd')]));

  expect(await findingsOf('path-missing', files)).toEqual([
    'clusters/prod/flux-system/gotk-sync.yaml:19 error Kustomization flux-system/flux-system: path "./clusters/prd" does not exist\n'
    + '  fix: write "path: ./clusters/prod", if that is meant',
  ]);
});

test('a path that an ArtifactGenerator does not copy is missing in the artifact, though the repository has it', async () => {
  const files = (path: string) => ({
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
    - name: apps
      copy:
        - from: "@fleet/apps/**"
          to: "@artifact/apps/"
`,
    'clusters/prod/apps.yaml': kustomization('apps', path).replace('kind: GitRepository\n    name: flux-system', 'kind: ExternalArtifact\n    name: apps'),
    'apps/web/web.yaml': object('ConfigMap', 'web', 'default'),
    'infrastructure/web/web.yaml': object('ConfigMap', 'web', 'default'),
  });

  expect(await findingsOf('path-missing', files('./infrastructure/web'))).toEqual([
    'clusters/prod/apps.yaml:8 error Kustomization flux-system/apps: path "./infrastructure/web" does not exist in the artifact flux-system/apps, which ArtifactGenerator fleet copies together\n  fix: write "path: ./apps/web", if that is meant',
  ]);
  expect(await findingsOf('path-missing', files('./apps/web'))).toEqual([]);
  expect(await findingsOf('path-missing', files('./'))).toEqual([]);
});

test('without a source there is nothing that a path could be looked for in, which the schema says', async () => {
  const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/apps.yaml': kustomization('apps', './apps').replace(/ {2}sourceRef:\n(?: {4}.*\n)+/, '') };

  expect(await findingsOf('path-missing', files)).toEqual([]);
});
