import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const tree = (listed: string) => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/apps.yaml': kustomization('apps', './apps'),
  'apps/kustomization.yaml': listed,
  'apps/web/sync.yaml': kustomization('web', './apps/web/app'),
  'apps/mail/sync.yaml': kustomization('mail', './apps/mail/app'),
  'apps/web/app/web.yaml': object('ConfigMap', 'web'),
  'apps/mail/app/mail.yaml': object('ConfigMap', 'mail'),
});

test('a Flux Kustomization that nothing applies is a warning, with where to list it', async () => {
  expect(await findingsOf('kustomization-not-applied', tree('resources:\n  - web/sync.yaml\n'))).toEqual([
    'apps/mail/sync.yaml:1 warning Kustomization flux-system/mail: no Kustomization and no flux bootstrap applies this file\n'
    + '  fix: add "- mail/sync.yaml" to the resources of apps/kustomization.yaml, or delete the file',
  ]);
});

test('one that is commented out is left out on purpose', async () => {
  expect(await findingsOf('kustomization-not-applied', tree('resources:\n  - web/sync.yaml\n  # - mail/sync.yaml\n'))).toEqual([]);
});

test('where people apply Kustomizations by hand, none is told of; nor are those in archives and templates', async () => {
  const findings = await findingsOf('kustomization-not-applied', {
    ...bootstrapped('k8s/flux-system'),
    'k8s/web/sync.yaml': kustomization('web', './k8s/web'),
    'k8s/web/kustomization.yaml': 'resources: []\n',
    'k8s/archive/sync.yaml': kustomization('old', './k8s/old'),
    'k8s/web/sync-template.yaml': kustomization('web-${BRANCH}', './k8s/web'),
  });

  expect(findings).toEqual([]);
});
