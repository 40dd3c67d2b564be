import { findingsOf } from '../check-tree';
import { deployment, web } from './web';

const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: 3 }\n';
const overlays = (production: string, staging: string, file: string) => ({
  ...web('', { 'base/kustomization.yaml': 'resources: [deployment.yaml]\n', 'base/deployment.yaml': deployment('web'), [file]: patch }),
  'overlays/production/kustomization.yaml': `resources: [../../base]\npatches:\n  - path: ${production}\n`,
  'overlays/staging/kustomization.yaml': `resources: [../../base]\npatches:\n  - path: ${staging}\n`,
});
const borrowed = overlays('web/_replicas.yaml', '../production/web/_replicas.yaml', 'overlays/production/web/_replicas.yaml');

test('a static patch is for its own overlay', async () => {
  expect(await findingsOf('static-patch-borrowed', borrowed)).toEqual([
    'overlays/staging/kustomization.yaml:3 warning: "../production/web/_replicas.yaml" is a patch of overlays/production alone, as its "_" says\n  fix: copy it into the overlay, or take the "_" off its name',
  ]);
  expect(await findingsOf('patch-shared', borrowed)).toEqual([]);
  expect(await findingsOf('static-patch-borrowed', overlays('web/_replicas.yaml', '../_unused.yaml', 'overlays/production/web/_replicas.yaml'))).toEqual([]);
});

test('a patch of two overlays is told once', async () => {
  expect(await findingsOf('patch-shared', overlays('../replicas.yaml', '../replicas.yaml', 'overlays/replicas.yaml'))).toEqual([
    'overlays/production/kustomization.yaml:3 notice: the patch overlays/replicas.yaml is shared with overlays/staging/kustomization.yaml\n  fix: make it a component that each takes in, or give each its own copy',
  ]);
  expect(await findingsOf('patch-shared', overlays('../replicas.yaml', 'replicas.yaml', 'overlays/replicas.yaml'))).toEqual([]);
});

test('where patches are told apart by "_", they are named by what they are for', async () => {
  const named = (name: string) => overlays(`web/${name}`, 'web/_version.yaml', `overlays/production/web/${name}`);
  const files = (name: string) => ({ ...named(name), 'overlays/staging/web/_version.yaml': patch });

  expect(await findingsOf('patch-not-named-by-intent', files('web-deployment-patch.yaml'))).toEqual([
    'overlays/production/kustomization.yaml:3 notice: the patch "web-deployment-patch.yaml" is named by what it is, not by what it is for\n  fix: name it by what it changes',
  ]);
  expect(await findingsOf('patch-not-named-by-intent', files('replicas.yaml'))).toEqual([]);
  expect(await findingsOf('patch-not-named-by-intent', overlays('patch.yaml', 'patch.yaml', 'overlays/production/patch.yaml'))).toEqual([]);
});
