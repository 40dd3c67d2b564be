import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stageLift } from '../../src/cli/commands/stage-lift';
import { kustomization, patch, SHOP, version, type Files } from '../stages/overlay-tree';
import { describeWith } from '../tools';
import { call, type Called } from './call';
import { callWith, git, read, repositoryWith, status, withoutKustomize } from './stage-folder';

const [STAGING, PRODUCTION, BASE] = ['apps/overlays/staging', 'apps/overlays/production', 'apps/base/web/deployment.yaml'] as const;

/** Both stages have the same version and settings by now. */
const ALIKE: Files = {
  ...SHOP,
  [`${PRODUCTION}/kustomization.yaml`]: `# what customers see\n${kustomization('resources:\n- ../../base/web # the shop\n\npatches:\n# tested in staging\n- path: web/version.yaml\n- path: web/settings.yaml\n# decided by Ann\n- path: web/_replicas.yaml\n')}`,
  [`${PRODUCTION}/web/version.yaml`]: SHOP[`${STAGING}/web/version.yaml`]!,
  [`${PRODUCTION}/web/settings.yaml`]: `# the same\n${SHOP[`${STAGING}/web/settings.yaml`]!}`,
};

describeWith('kustomize', 'stage lift', (kustomize) => {
  const lift = async (folder: string, ...parameters: string[]): Promise<Called> => callWith(kustomize, stageLift, folder, ...parameters);

  test('puts what all overlays share into the base, and takes patches and references away', async () => {
    const folder = repositoryWith(ALIKE);

    const result = await lift(folder, 'apps/overlays');

    expect(result).toEqual({
      status: 0, stdout: '',
      stderr: `${PRODUCTION}/web/version.yaml, ${STAGING}/web/version.yaml → ${BASE}
${PRODUCTION}/web/settings.yaml, ${STAGING}/web/settings.yaml → ${BASE}
no render changes: ${PRODUCTION}, ${STAGING}
commit and push it: Flux reads what is in the repository
`,
    });
    expect(read(folder, BASE)).toBe(SHOP[BASE]!.replace('ghcr.io/shop/web\n', 'ghcr.io/shop/web:1.3.0\n').replace(/$/, '  minReadySeconds: 5\n'));
    expect(read(folder, `${PRODUCTION}/kustomization.yaml`)).toBe(ALIKE[`${PRODUCTION}/kustomization.yaml`]!.replace('- path: web/version.yaml\n- path: web/settings.yaml\n', ''));
    expect(status(folder)).toBe(` M ${BASE}\n M ${PRODUCTION}/kustomization.yaml\n D ${PRODUCTION}/web/settings.yaml\n D ${PRODUCTION}/web/version.yaml\n M ${STAGING}/kustomization.yaml\n D ${STAGING}/web/settings.yaml\n D ${STAGING}/web/version.yaml\n`);
    expect((await lift(folder, 'apps/overlays')).stderr).toBe(`${PRODUCTION}, ${STAGING} share no patch that all have\n`);
  });

  test('shows with --dry-run what it would do', async () => {
    const folder = repositoryWith(ALIKE);

    const { stdout, stderr } = await lift(folder, STAGING, PRODUCTION, '--dry-run');

    expect(stdout).toContain(`--- a/${BASE}\n+++ b/${BASE}\n`);
    expect(stderr).toContain('nothing is written: --dry-run\n');
    expect(status(folder)).toBe('');
  });

  test('leaves what another directory of the base has not, and writes nothing', async () => {
    const folder = repositoryWith({ ...ALIKE, 'apps/overlays/dev/kustomization.yaml': kustomization('resources: [../../base/web]\n') });

    const result = await lift(folder, STAGING, PRODUCTION);

    expect(result).toEqual({
      status: 2, stdout: '',
      stderr: ['version', 'settings'].map((name) => `not lifted: ${PRODUCTION}/web/${name}.yaml, ${STAGING}/web/${name}.yaml: apps/overlays/dev is made from ${BASE} without it\n  fix: leave it, or make the overlays alike first\n`).join(''),
    });
    expect(status(folder)).toBe('');
  });

  test('leaves what would change a render, and lifts the rest', async () => {
    const component = { 'apps/components/slow/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- target: {kind: Deployment, name: web}\n  patch: |\n    - {op: add, path: /spec/minReadySeconds, value: 60}\n' };
    const folder = repositoryWith({ ...ALIKE, ...component, [`${STAGING}/kustomization.yaml`]: `${ALIKE[`${STAGING}/kustomization.yaml`]!}components: [../../components/slow]\n` });

    const { status: code, stderr } = await lift(folder, 'apps/overlays');

    expect([code, stderr.split('\n').slice(0, 2)]).toEqual([0, [
      `${PRODUCTION}/web/version.yaml, ${STAGING}/web/version.yaml → ${BASE}`,
      `note: ${PRODUCTION}/web/settings.yaml, ${STAGING}/web/settings.yaml: Deployment web-system/web would change in ${STAGING}`,
    ]]);
  });

  test('leaves what has a marker or is declared, and what one of several has', async () => {
    const marked = version('web', 'ghcr.io/shop/web:1.3.0', ' # {"$imagepolicy": "flux-system:web"}');
    const folder = repositoryWith({ ...ALIKE, [`${STAGING}/web/version.yaml`]: marked, [`${PRODUCTION}/web/version.yaml`]: marked, [`${PRODUCTION}/web/settings.yaml`]: patch('web', '  minReadySeconds: 7\n'), [`${PRODUCTION}/web/_replicas.yaml`]: ALIKE[`${STAGING}/web/_debug.yaml`]! });

    const { stderr } = await lift(folder, 'apps/overlays');

    expect(stderr).toBe(`not lifted: ${PRODUCTION}/web/version.yaml, ${STAGING}/web/version.yaml: it has a marker, and so a value that each stage has for itself\n  fix: leave it, or make the overlays alike first\n`);
    expect(status(folder)).toBe('');
  });

  test('refuses to delete what is not committed', async () => {
    const folder = repositoryWith(ALIKE);
    for (const stage of [STAGING, PRODUCTION]) writeFileSync(join(folder, stage, 'web/settings.yaml'), patch('web', '  minReadySeconds: 8\n'));

    expect((await lift(folder, 'apps/overlays')).stderr).toBe([STAGING, PRODUCTION].sort().map((stage) => `${stage}/web/settings.yaml has changes that are not committed, and would be lost\n  fix: commit them, or set them aside: git stash\n`).join(''));
    expect(git(folder, 'diff', '--name-only')).toBe([PRODUCTION, STAGING].map((stage) => `${stage}/web/settings.yaml\n`).join(''));
  });
});

describe('without kustomize', () => {
  withoutKustomize();

  test('stage lift refuses: nothing would prove that renders stay', async () => {
    const folder = repositoryWith(ALIKE);

    const { status: code, stderr } = await call(stageLift, ['apps/overlays'], folder, { PATH: '' });

    expect([code, stderr.split('\n')[0]]).toEqual([2, 'kustomize 5 is not installed']);
    expect(status(folder)).toBe('');
  });

  test('stage lift names the folder that was meant', async () => {
    const folder = repositoryWith(ALIKE);

    expect((await call(stageLift, ['apps/overlay'], folder, { PATH: '' })).stderr).toBe('there is no folder "apps/overlay"\n  fix: write apps/overlays\n');
    expect((await call(stageLift, ['apps/overlays/prodution', 'apps/base'], folder, { PATH: '' })).stderr).toBe(`there is no folder "apps/overlays/prodution"\n  fix: write ${PRODUCTION}\n`);
  });
});
