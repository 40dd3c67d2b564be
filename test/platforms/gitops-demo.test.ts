import { join } from 'node:path';
import { GitopsApp } from 'fluxwright';
import { treeMatchers } from 'fluxwright/testing';
import { gitopsDemo } from '../../platforms/gitops-demo/platform';
import type { Tree } from '../../src/tree/tree';
import { folderWith } from '../folders';
import { describeWith } from '../tools';
import { buildFailures, filesThatDiffer, parity, rootsOf, textsIn } from './committed-tree';

expect.extend(treeMatchers);

const root = join(__dirname, '../../platforms/gitops-demo');

test('writes the committed tree, and the same again', () => {
  const tree = platform();

  expect(filesThatDiffer(tree, root)).toEqual([]);
  expect(textsIn(platform())).toEqual(textsIn(tree));
});

test('keeps each patch in a file named for its intent, in its service\'s directory, and marks those that are never promoted', () => {
  const patches = [...platform().paths()].filter((path) => path.startsWith('apps/overlays/') && !path.endsWith('/kustomization.yaml'));

  expect(patches).toEqual([
    'apps/overlays/dev/podinfo/_tracing.yaml',
    'apps/overlays/dev/podinfo/version.yaml',
    'apps/overlays/production-eu/podinfo/_billing.yaml',
    'apps/overlays/production-eu/podinfo/version.yaml',
    'apps/overlays/production-us/podinfo/_billing.yaml',
    'apps/overlays/production-us/podinfo/version.yaml',
    'apps/overlays/staging-eu/podinfo/version.yaml',
    'apps/overlays/staging-us/podinfo/version.yaml',
    'apps/overlays/test/busybox/version.yaml',
    'apps/overlays/test/podinfo/_test-seed.yaml',
  ]);
});

test('promotes by copying: a version file says the same in every profile but for the tag', () => {
  const texts = textsIn(platform());

  const versions = Object.entries(texts).filter(([path]) => path.endsWith('/podinfo/version.yaml')).map(([, text]) => text.replace(/^#.*\n/, '').replace(/podinfo:6\.\d+\.\d+/, 'podinfo:<tag>'));

  expect(versions.length).toBe(5);
  expect(new Set(versions).size).toBe(1);
});

test('a profile brings up its overlay of the group, whose patch sets the image of that stage', () => {
  expect(platform()).toMatchTree({
    'profiles/production-eu/apps.yaml': {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'apps', namespace: 'flux-system' },
      spec: { interval: '10m0s', path: './apps/overlays/production-eu', prune: true, wait: true, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
    },
    'apps/overlays/production-eu/busybox/version.yaml': null, // only the test profile has busybox
  });
});

test('check has nothing to say of its files but what the original has, too', async () => {
  const ignore = [{ rule: 'image-without-tag', path: 'apps/base/busybox/', reason: 'each overlay sets the tag' }];

  await expect(platform()).toHaveNoFindings({ render: false, ignore });
});

describeWith('kustomize', 'built by kustomize', (kustomize) => {
  test('production runs what its version file says', async () => {
    await expect(platform()).toRender('apps/overlays/production-eu', { 'Deployment podinfo': { spec: { template: { spec: { containers: [{ name: 'podinfod', image: 'ghcr.io/stefanprodan/podinfo:6.4.1' }] } } } } });
  });

  test('every root builds', () => {
    const roots = rootsOf(platform());

    expect(roots.length).toBe(14);
    expect(buildFailures(kustomize, root, roots)).toEqual([]);
  });

  describeWith('shared', 'beside the original', (shared) => {
    describeWith('python', 'with Python', (python) => {
      test('renders all 20 roots exactly as the original does', () => {
        const said = parity('gitops-demo', folderWith(), { shared, kustomize, python, gold: 'gitops-demo' });

        expect(said).toBe('roots the same: 20 of 20; objects: same 420, different 0, missing 0, extra 0');
      });
    });
  });
});

function platform(): Tree {
  const app = new GitopsApp({ name: 'gitops-demo', directory: '', root });
  gitopsDemo(app);
  return app.toTree();
}
