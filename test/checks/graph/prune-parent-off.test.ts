import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const tree = (prune: string) => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/apps.yaml': kustomization('apps', './apps').replace('prune: true', prune),
  'apps/web.yaml': kustomization('web', './web'),
});

test('a Kustomization that does not prune the pruning ones that it applies deserves a reason', async () => {
  expect(await findingsOf('prune-parent-off', tree('prune: false'))).toEqual([
    'clusters/prod/apps.yaml:9 warning Kustomization flux-system/apps: does not prune, but applies flux-system/web, which does\n'
    + '  fix: set "prune: true" here too; an object that must outlive its file gets the annotation kustomize.toolkit.fluxcd.io/prune: disabled',
  ]);
});

test('one that prunes is fine, and so is one that applies no Kustomization', async () => {
  expect(await findingsOf('prune-parent-off', { ...tree('prune: true'), 'clusters/prod/db.yaml': kustomization('db', './db').replace('prune: true', 'prune: false') })).toEqual([]);
});
