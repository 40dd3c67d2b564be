import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stagePromote } from '../../src/cli/commands/stage-promote';
import { folderWith } from '../folders';
import { kustomization, SHOP, version, type Files } from '../stages/overlay-tree';
import { describeWith } from '../tools';
import { call, type Called } from './call';
import { callWith, commit, read, repositoryWith, status, withoutKustomize } from './stage-folder';

const PRODUCTION = 'apps/overlays/production/kustomization.yaml';
const VERSION = 'apps/overlays/production/web/version.yaml';
const SYNC = (cluster: string, path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${cluster}, namespace: flux-system}\nspec:\n  interval: 10m\n  path: ${path}\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n`;

describeWith('kustomize', 'with kustomize, stage promote', (kustomize) => {
  const promote = async (folder: string, ...parameters: string[]): Promise<Called> => callWith(kustomize, stagePromote, folder, ...parameters);

  test('copies patches, adds the references that new ones need, and shows what that does', async () => {
    const folder = repositoryWith(SHOP);

    const result = await promote(folder, 'staging', 'production');

    expect(result).toEqual({
      status: 0,
      stdout: `apps/overlays/production
  ~ Deployment web-system/web  apps/base/web/deployment.yaml:2
      + spec.minReadySeconds: 5
      spec.template.spec.containers[name=web].image: ghcr.io/shop/web 1.2.0 → 1.3.0
  1 changed
`,
      stderr: `apps/overlays/staging/web/version.yaml → ${VERSION}
apps/overlays/staging/web/settings.yaml → apps/overlays/production/web/settings.yaml
note: apps/overlays/staging/mail/version.yaml changes mail, which apps/overlays/production does not have: put what it is made from into the resources of ${PRODUCTION}
commit and push it: Flux reads what is in the repository
`,
    });
    expect(read(folder, PRODUCTION)).toBe(SHOP[PRODUCTION]!.replace('- path: web/version.yaml\n', '- path: web/version.yaml\n- path: web/settings.yaml\n'));
    expect(status(folder)).toBe(` M ${PRODUCTION}\n M ${VERSION}\n?? apps/overlays/production/web/settings.yaml\n`);
  });

  test('changes nothing the second time', async () => {
    const folder = repositoryWith(SHOP);
    await promote(folder, 'staging', 'production', 'web');
    commit(folder);

    const result = await promote(folder, 'apps/overlays/staging', 'production', 'web');

    expect(result).toEqual({ status: 0, stdout: '', stderr: 'production has all that apps/overlays/staging has to promote\n' });
    expect(status(folder)).toBe('');
  });

  test('shows with --dry-run the files and the renders, those of what is made from the stage as well, and writes nothing', async () => {
    const folder = repositoryWith({ ...SHOP, 'apps/overlays/demo/kustomization.yaml': kustomization('resources: [../production]\nnamePrefix: demo-\n') });

    const { stdout, stderr } = await promote(folder, 'staging', 'production', 'web', '--dry-run');

    expect(stdout).toContain(`--- a/${VERSION}\n+++ b/${VERSION}\n`);
    expect(stdout).toContain('-          image: ghcr.io/shop/web:1.2.0\n+          image: ghcr.io/shop/web:1.3.0\n');
    expect(stdout).toContain('\napps/overlays/demo\n  ~ Deployment web-system/demo-web ');
    expect(stderr).toContain('nothing is written: --dry-run\n');
    expect(status(folder)).toBe('');
  });

  test('goes by the paths of the same Flux Kustomizations where the stages are clusters', async () => {
    const folder = repositoryWith({ ...SHOP, 'clusters/blue/apps.yaml': SYNC('apps', './apps/overlays/staging'), 'clusters/green/apps.yaml': SYNC('apps', './apps/overlays/production') });

    const { stderr } = await promote(folder, 'blue', 'green', 'web');

    expect(stderr).toContain(`apps/overlays/staging/web/version.yaml → ${VERSION}\n`);
  });
});

describe('without kustomize, stage promote', () => {
  withoutKustomize();
  const promote = async (folder: string, ...parameters: string[]): Promise<Called> => call(stagePromote, parameters, folder, { PATH: '' });

  test('still promotes, and says that renders cannot be shown', async () => {
    const folder = repositoryWith(SHOP);

    const { status: code, stdout, stderr } = await promote(folder, 'staging', 'production', 'web');

    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^what that does to renders cannot be shown: kustomize 5 is not installed\n {2}fix: install it/);
    expect(read(folder, VERSION)).toBe(SHOP['apps/overlays/staging/web/version.yaml']);
  });

  test('names the stage and the service that were meant, and all mistakes at once', async () => {
    const folder = repositoryWith(SHOP);

    expect((await promote(folder, 'stagin', 'prodution')).stderr).toBe(`there is no stage "stagin": no cluster, folder or overlay is called so
  fix: write staging
there is no stage "prodution": no cluster, folder or overlay is called so
  fix: write production
`);
    expect((await promote(repositoryWith(Object.fromEntries(['staging-eu', 'staging-us', 'live'].map((name) => [`apps/${name}/kustomization.yaml`, kustomization('resources: []\n')]))), 'staging', 'live')).stderr).toBe('there is no stage "staging": no cluster, folder or overlay is called so\n  fix: there is staging-eu, staging-us\n');
    expect(await promote(folder, 'staging', 'production', 'wep')).toEqual({ status: 2, stdout: '', stderr: 'apps/overlays/staging has no service "wep"\n  fix: write web\n' });
    expect((await promote(folder, 'staging', 'staging')).stderr).toBe('staging and staging are the same stage\n  fix: name two stages\n');
    expect(status(folder)).toBe('');
  });

  test('sets the pins of components that belong to a stage, which act on what takes them in', async () => {
    const component = (policy: string, tag: string): string => `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nimages:\n- name: ghcr.io/shop/web\n  newTag: ${tag} # {"$imagepolicy": "flux-system:${policy}:tag"}\n`;
    const folder = repositoryWith({
      'k8s/images/staging/kustomization.yaml': component('staging', '1.4.0'), 'k8s/images/production/kustomization.yaml': component('production', '1.0.0'),
      ...Object.fromEntries(['staging', 'production'].flatMap((stage) => [[`k8s/${stage}/kustomization.yaml`, kustomization(`resources: [web.yaml]\ncomponents: [../images/${stage}]\n`)], [`k8s/${stage}/web.yaml`, version('web', 'ghcr.io/shop/web')]])),
    });

    const { status: code, stderr } = await promote(folder, 'staging', 'production');

    expect([code, stderr]).toEqual([0, expect.stringContaining('k8s/images/staging/kustomization.yaml image ghcr.io/shop/web 1.4.0 → k8s/images/production/kustomization.yaml\n')]);
    expect(read(folder, 'k8s/images/production/kustomization.yaml')).toBe(component('production', '1.4.0'));
    expect(status(folder)).toBe(' M k8s/images/production/kustomization.yaml\n');
  });

  test('takes a word that is a folder for all folders of that name, and a path for that folder', async () => {
    const folder = repositoryWith(Object.fromEntries(['staging', 'images/staging', 'production', 'images/production'].flatMap((place, index): [string, string][] => [
      [`${place}/kustomization.yaml`, kustomization(`resources: [web.yaml]\nimages:\n- name: ghcr.io/shop/web\n  newTag: 1.${index}.0\n`)], [`${place}/web.yaml`, version('web', 'ghcr.io/shop/web')],
    ])));

    const [both, one] = [await promote(folder, 'staging', 'production', '--dry-run'), await promote(folder, './staging', './production', '--dry-run')];

    expect([both.stdout.match(/^\+\+\+ .*/gm), one.stdout.match(/^\+\+\+ .*/gm)]).toEqual([['+++ b/images/production/kustomization.yaml', '+++ b/production/kustomization.yaml'], ['+++ b/production/kustomization.yaml']]);
  });

  test('knows a service by the object in a patch whose target names none', async () => {
    const patched = (tag: string): Files => ({ 'kustomization.yaml': kustomization('resources: [../base]\npatches:\n- path: web-values.yaml\n  target: {kind: Deployment}\n'), 'web-values.yaml': version('web', `ghcr.io/shop/web:${tag}`) });
    const stage = (name: string, files: Files): Files => Object.fromEntries(Object.entries(files).map(([path, text]) => [`apps/${name}/${path}`, text]));
    const base = Object.fromEntries(Object.entries(SHOP).filter(([path]) => path.startsWith('apps/base/web/')).map(([path, text]) => [path.replace('/web/', '/'), text]));
    const folder = repositoryWith({ ...base, ...stage('staging', patched('1.3.0')), ...stage('production', patched('1.2.0')) });

    const { status: code, stderr } = await promote(folder, 'staging', 'production', 'web');

    expect(code).toBe(0);
    expect(stderr).toContain('apps/staging/web-values.yaml → apps/production/web-values.yaml\n');
  });

  test('refuses a service that was named and that the stage does not have', async () => {
    const folder = repositoryWith(SHOP);

    const { status: code, stderr } = await promote(folder, 'staging', 'production', 'mail');

    expect([code, stderr]).toEqual([2, `apps/overlays/staging/mail/version.yaml changes mail, which apps/overlays/production does not have\n  fix: put what it is made from into the resources of ${PRODUCTION}\n`]);
  });

  test('refuses what would be lost, and leaves what else is edited', async () => {
    const folder = repositoryWith(SHOP);
    writeFileSync(join(folder, PRODUCTION), `${SHOP[PRODUCTION]!}namePrefix: x-\n`);
    writeFileSync(join(folder, VERSION), version('web', 'ghcr.io/shop/web:1.2.9'));

    const refused = await promote(folder, 'staging', 'production', 'web');

    expect(refused).toEqual({ status: 2, stdout: '', stderr: `${VERSION} has changes that are not committed, and would be lost\n  fix: commit them, or set them aside: git stash\n` });
    writeFileSync(join(folder, VERSION), SHOP['apps/overlays/staging/web/version.yaml']!); // what the promotion would write

    expect((await promote(folder, 'staging', 'production', 'web')).status).toBe(0);
    expect(read(folder, PRODUCTION)).toContain('- path: web/settings.yaml\n');
    expect(read(folder, PRODUCTION)).toContain('namePrefix: x-\n');
  });

  test('works where there is no Git, and says that nothing takes it back', async () => {
    const folder = folderWith(SHOP);

    const { status: code, stderr } = await promote(folder, 'staging', 'production', 'web');

    expect(code).toBe(0);
    expect(stderr).toContain('there is no Git here to take this back with: keep what --dry-run shows\n');
  });

  test('refuses files that cannot be read, and writes none', async () => {
    const folder = repositoryWith({ ...SHOP, 'apps/overlays/staging/web/version.yaml': 'apiVersion: apps/v1\nkind: Deployment\nspec: [\n' });

    const { status: code, stderr } = await promote(folder, 'staging', 'production', 'web');

    expect(code).toBe(2);
    expect(stderr).toMatch(/^apps\/overlays\/staging\/web\/version\.yaml:\d+/);
    expect(status(folder)).toBe('');
  });

  test('copies whole patches only where somebody says which stay, or which services are meant', async () => {
    const { 'apps/overlays/staging/web/_debug.yaml': _, 'apps/overlays/production/web/_replicas.yaml': __, ...rest } = SHOP;
    const unmarked = Object.fromEntries(Object.entries(rest).map(([path, text]) => [path, text.replace(/.*\/_.*\n/g, '')])) as Files;
    const folder = repositoryWith(unmarked);

    const refused = await promote(folder, 'staging', 'production');

    expect([refused.status, refused.stderr.split('\n').at(-3)]).toEqual([2, 'no patch here is named with "_", so that nothing tells which belong to their stage: apps/overlays/staging/web/version.yaml, apps/overlays/staging/web/settings.yaml would be copied whole']);
    expect((await promote(folder, 'staging', 'production', 'web')).status).toBe(0);
  });

  test('refuses to replace what looks like the next stage\'s own, naming it, but with --whole or a "_" file for it', async () => {
    const values = (stage: string, range: string, more = ''): string => `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: podinfo, namespace: podinfo}\nspec:\n  chart:\n    spec:\n      version: "${range}"\n${more}  values:\n    httpRoute:\n      hostnames:\n        - podinfo.${stage}\n`;
    const overlay = kustomization('resources: [../base]\npatches:\n  - path: podinfo-values.yaml\n    target: {kind: HelmRelease}\n');
    const TARGET = 'apps/production/podinfo-values.yaml';
    const files = {
      'apps/base/kustomization.yaml': kustomization('resources: [release.yaml]\n'), 'apps/base/release.yaml': 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: podinfo, namespace: podinfo}\n',
      'apps/staging/kustomization.yaml': overlay, 'apps/staging/podinfo-values.yaml': values('staging', '>=1.0.0-alpha', '  test: {enable: false}\n'),
      'apps/production/kustomization.yaml': overlay, [TARGET]: values('production', '>=1.0.0'),
    };
    const folder = repositoryWith(files);
    const problem = `${TARGET} would be replaced whole, and these fields look as if they belong to its stage: spec.chart.spec.version, spec.values.httpRoute.hostnames[0]`;

    const refused = await promote(folder, 'staging', 'production', 'podinfo');
    const shown = await promote(folder, 'staging', 'production', 'podinfo', '--dry-run');

    expect(refused).toEqual({ status: 2, stdout: '', stderr: `${problem}\n  fix: promote it all the same with --whole, or move them to apps/production/_podinfo-values.yaml, which stays, and name that behind it in the kustomization.yaml\n` });
    expect([shown.status, shown.stderr]).toEqual([0, expect.stringContaining(`without --dry-run this is refused: ${problem}\n`)]);
    expect(status(folder)).toBe('');
    expect((await promote(folder, 'staging', 'production', 'podinfo', '--whole')).status).toBe(0);
    expect(read(folder, TARGET)).toBe(files['apps/staging/podinfo-values.yaml']);
    const moved = repositoryWith({ ...files, 'apps/production/kustomization.yaml': `${overlay}  - path: _podinfo-values.yaml\n`, 'apps/production/_podinfo-values.yaml': files[TARGET]! });
    expect((await promote(moved, 'staging', 'production')).status).toBe(0);
  });

  test('replaces versions in operations, and neither what they size nor what the stage alone sets', async () => {
    const { 'apps/overlays/staging/web/_debug.yaml': _, 'apps/overlays/production/web/_replicas.yaml': __, ...rest } = SHOP;
    const own = kustomization('resources: [../../base/web]\npatches:\n- path: web/ops.yaml\n  target: {kind: Deployment, name: web}\n');
    const tree = (from: string, to: string): string => repositoryWith({ ...rest, 'apps/overlays/staging/kustomization.yaml': own, [PRODUCTION]: own, 'apps/overlays/staging/web/ops.yaml': from, 'apps/overlays/production/web/ops.yaml': to });
    const image = (tag: string): string => `- {op: replace, path: /spec/template/spec/containers/0/image, value: "ghcr.io/shop/web:${tag}"}\n`;
    const size = (replicas: number): string => `- {op: add, path: /spec/replicas, value: ${replicas}}\n`;

    expect((await promote(tree('- {op: add, path: /spec/version, value: ^2.1.0}\n', '- {op: add, path: /spec/version, value: ^2.0.0}\n'), 'staging', 'production', 'web')).status).toBe(0);
    expect((await promote(tree(`${image('1.3.0')}${size(1)}`, image('1.2.0')), 'staging', 'production', 'web')).status).toBe(0);
    expect((await promote(tree(`${image('1.3.0')}${size(1)}`, `${image('1.2.0')}${size(5)}`), 'staging', 'production', 'web')).stderr).toContain('belong to its stage: /spec/replicas\n');
    expect((await promote(tree(image('1.3.0'), `${image('1.2.0')}${size(5)}`), 'staging', 'production', 'web')).stderr).toContain('belong to its stage: /spec/replicas\n');
  });

  test('changes nothing but pinned values in generated files, and names what makes the others', async () => {
    const generated = (path: string, text: string): string => `# Generated by fluxwright (shop) as ${path}. Change the constructs, not this file.\n${text}`;
    const marker = ' # {"$imagepolicy": "flux-system:web-production"}';
    const folder = repositoryWith({ ...SHOP, [VERSION]: generated(VERSION, version('web', 'ghcr.io/shop/web:1.2.0', marker)), [PRODUCTION]: SHOP[PRODUCTION]!.replace('- path: web/version.yaml\n', '- path: web/version.yaml\n- path: web/settings.yaml\n'), 'apps/overlays/production/web/settings.yaml': SHOP['apps/overlays/staging/web/settings.yaml']! });

    expect((await promote(folder, 'staging', 'production', 'web')).status).toBe(0);
    expect(read(folder, VERSION)).toBe(generated(VERSION, version('web', 'ghcr.io/shop/web:1.3.0', marker)));

    writeFileSync(join(folder, 'apps/overlays/staging/web/version.yaml'), `${version('web', 'ghcr.io/shop/web:1.4.0')}  minReadySeconds: 9\n`);
    expect(await promote(folder, 'staging', 'production', 'web')).toEqual({ status: 2, stdout: '', stderr: `${VERSION} is generated, and more than its pinned values would have to change\n  fix: change the constructs of shop, then: fluxwright synth; --pins promotes pinned values alone\n` });
    expect((await promote(folder, 'staging', 'production', '--pins')).stderr).toBe('production has all that staging has to promote\n');
  });
});
