import { stageDiff } from '../../src/cli/commands/stage-diff';
import { kustomization, SHOP } from '../stages/overlay-tree';
import { describeWith } from '../tools';
import type { Called } from './call';
import { callWith, repositoryWith } from './stage-folder';

describeWith('kustomize', 'stage diff', (kustomize) => {
  const diff = async (folder: string, ...parameters: string[]): Promise<Called> => callWith(kustomize, stageDiff, folder, ...parameters);

  test('shows by service and field how stages differ, and what of it is declared', async () => {
    const result = await diff(repositoryWith(SHOP), 'staging', 'production');

    expect(result).toEqual({
      status: 1, stderr: '',
      stdout: `mail
  - Deployment mail-system/mail: only in staging

web
  ~ Deployment web-system/web
      - spec.minReadySeconds: 5
      spec.template.spec.containers[name=web].image: ghcr.io/shop/web 1.3.0 → 1.2.0
      + spec.replicas: 5 (declared: apps/overlays/production/web/_replicas.yaml)
      - spec.revisionHistoryLimit: 1 (declared: apps/overlays/staging/web/_debug.yaml)

5 differences, 2 of them declared, from staging to production
`,
    });
  });

  test('is data for programs, and a table for people who review', async () => {
    const folder = repositoryWith(SHOP);

    const json = JSON.parse((await diff(folder, 'staging', 'production', 'mail', '--format', 'json')).stdout) as unknown;
    const { stdout } = await diff(folder, 'staging', 'production', 'web', '--format', 'markdown');

    expect(json).toEqual({
      from: 'staging', to: 'production', stages: [{ from: 'apps/overlays/staging', to: 'apps/overlays/production' }],
      services: [{ service: 'mail', objects: [{ kind: 'Deployment', namespace: 'mail-system', name: 'mail', in: 'from', declared: false, declaredBy: [], fields: [] }] }],
      limits: [],
    });
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      '### staging → production: 4 differences, 2 of them declared', '', '#### web', '', '| object | field | staging | production | declared |', '| --- | --- | --- | --- | --- |',
    ]);
    expect(stdout).toContain('| `Deployment web-system/web` | `spec.template.spec.containers[name=web].image` | `ghcr.io/shop/web:1.3.0` | `ghcr.io/shop/web:1.2.0` |  |\n');
  });

  test('is content where stages differ in nothing but what is declared', async () => {
    const folder = repositoryWith({ ...SHOP, 'apps/overlays/production/kustomization.yaml': SHOP['apps/overlays/staging/kustomization.yaml']!.replace('web/_debug.yaml', 'web/_replicas.yaml'), ...Object.fromEntries(['web/version.yaml', 'web/settings.yaml', 'mail/version.yaml'].map((path) => [`apps/overlays/production/${path}`, SHOP[`apps/overlays/staging/${path}`]!])) });

    const { status, stdout } = await diff(folder, 'staging', 'production');

    expect([status, stdout.split('\n').at(-2)]).toEqual([0, '2 differences, declared, from staging to production']);
  });

  test('finds the objects again where stages have other namespaces and names', async () => {
    const folder = repositoryWith({
      ...SHOP,
      'k8s/test/kustomization.yaml': kustomization('resources: [../../apps/base/web]\nnamespace: test\nnameSuffix: -test\n'),
      'k8s/live/kustomization.yaml': kustomization('resources: [../../apps/base/web]\nnamespace: live\nnameSuffix: -live\n'),
    });

    const { stdout } = await diff(folder, 'k8s/test', 'live');

    expect(stdout).toBe('web\n  ~ Deployment test/web-test\n      metadata.name: web-test → web-live\n      metadata.namespace: test → live\n\n2 differences from k8s/test to live\n');
  });

  test('never shows what a Secret holds', async () => {
    const secret = (value: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: token}\nstringData: {token: ${value}}\n`;
    const folder = repositoryWith({ 'a/kustomization.yaml': 'resources: [secret.yaml]\n', 'a/secret.yaml': secret('hush'), 'b/kustomization.yaml': 'resources: [secret.yaml]\n', 'b/secret.yaml': secret('quiet') });

    for (const format of ['text', 'json', 'markdown']) {
      const { status, stdout } = await diff(folder, 'a', 'b', '--format', format);

      expect([status, /hush|quiet/.test(stdout)]).toEqual([1, false]);
    }
  });

  test('tells what could not be compared, and does not call that equal', async () => {
    const folder = repositoryWith({ 'a/kustomization.yaml': 'resources: [nothing.yaml]\n', 'b/kustomization.yaml': 'resources: []\n' });

    const { status, stdout } = await diff(folder, 'a', 'b');

    expect(status).toBe(1);
    expect(stdout).toContain('not compared: a cannot be built: ');
    expect(stdout).toContain('\n\nno differences in what was compared from a to b\n');
  });

  test('tells what Flux applies in one of two clusters alone, and compares Kustomizations that are named after their stage', async () => {
    const sync = (name: string, path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 10m, path: ${path}, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n`;
    const web = (replicas: number): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: ${replicas}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}}\n`;
    const folder = repositoryWith({
      'clusters/dev/apps.yaml': sync('web-dev', './apps/dev'), 'clusters/dev/shared.yaml': sync('shared', './shared'), 'clusters/dev/extra.yaml': sync('extra', './extra'),
      'clusters/prod/apps.yaml': sync('web-prod', './apps/prod'), 'clusters/prod/shared.yaml': sync('common', './shared'),
      ...Object.fromEntries([['apps/dev', 1], ['apps/prod', 2], ['shared', 1], ['extra', 1]].flatMap(([path, replicas]) => [[`${path}/kustomization.yaml`, 'resources: [web.yaml]\n'], [`${path}/web.yaml`, web(replicas as number)]])),
    });

    const { status, stdout } = await diff(folder, 'dev', 'prod');

    expect(status).toBe(1);
    expect(stdout).toContain('spec.replicas: 1 → 2');
    expect((await diff(folder, 'clusters/dev', 'clusters/prod/')).stdout).toBe(stdout.replace('from dev to prod', 'from clusters/dev to clusters/prod/'));
    expect(stdout.split('\n').filter((line) => line.startsWith('not compared'))).toEqual(['not compared: extra, which Kustomization flux-system/extra of clusters/dev applies: clusters/prod has no such Kustomization']);
  });

  test('refuses a format and a service that there is not', async () => {
    const folder = repositoryWith(SHOP);

    expect((await diff(folder, 'staging', 'production', '--format', 'yaml')).stderr).toBe('there is no format "yaml"\n  fix: take one of text, json, markdown\n');
    expect((await diff(folder, 'staging', 'production', 'wbe')).stderr).toBe('apps/overlays/staging and apps/overlays/production has no service "wbe"\n  fix: write web\n');
  });
});
