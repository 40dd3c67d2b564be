import { bootstrapped } from '../checks/check-tree';
import { fleet, flux } from '../diff/fleet';
import { testWith } from '../tools';
import { dangerous, large } from './fleets';
import { pageOf } from './page-of';

jest.setTimeout(60_000);

test('a page has the waves of every cluster, and what never comes up with its reason', async () => {
  const { page } = await pageOf(dangerous);
  const named = (ids: readonly number[]): string[] => ids.map((id) => page.kustomizations[id]!.name);

  expect(page.clusters.map(({ headline, waves, never }) => [headline, waves.map(named), named(never)])).toEqual([
    ['clusters/production: 3 Flux Kustomizations in 3 waves', [['flux-system'], ['data'], ['apps']], []],
    ['clusters/staging: 3 Flux Kustomizations in 2 waves; 1 never becomes ready', [['flux-system'], ['data']], ['apps']],
  ]);
  expect(page.kustomizations.find(({ why }) => why !== undefined)!.why).toBe('depends on the Kustomization flux-system/date, which does not exist in this cluster. Fix: write "name: data", if that is meant');
});

test('a change stands at its Kustomization, and a finding at its object', async () => {
  const { page } = await pageOf(dangerous, { before: fleet });

  const apps = page.kustomizations.find(({ key, cluster }) => key === 'flux-system/apps' && cluster === 0)!;
  expect(apps.entries.map((id) => page.entries[id]!.title)).toContain('Deployment web');
  const deployment = apps.objects.find(({ kind }) => kind === 'Deployment')!;
  expect(deployment.findings.map((id) => page.findings[id]!.rule)).toContain('selector-changed');
  expect(page.consequences.map(({ title, entries }) => [title, entries.map((id) => page.entries[id]!.title)])).toContainEqual(['deletes Cluster shop/orders, and its data with it', ['data/production/kustomization.yaml', 'Cluster shop/orders']]);
});

test('both sides of a change are there as YAML', async () => {
  const { page, texts } = await pageOf(dangerous, { before: fleet });

  const index = page.entries.findIndex(({ title }) => title === 'Deployment web');
  expect(texts.entries[index]!.before).toContain('\n  replicas: 3\n  selector:\n    matchLabels:\n      app: web\n');
  expect(texts.entries[index]!.after).toContain('\n  replicas: 1\n  selector:\n    matchLabels:\n      app: shop\n');
});

test('the same trees make the same page', async () => {
  expect((await pageOf(dangerous, { before: fleet })).html).toBe((await pageOf(dangerous, { before: fleet })).html);
});

testWith('kustomize', 'no value of a Secret is anywhere in a page: not its own, not generated, not substituted', async (kustomize) => {
  const secret = (value: string): Record<string, string> => ({
    ...bootstrapped('clusters/prod'),
    'clusters/prod/shop.yaml': flux('shop', 'shop', '  postBuild:\n    substituteFrom:\n      - kind: Secret\n        name: shop-secrets\n      - kind: ConfigMap\n        name: shop-settings\n'),
    'clusters/prod/secrets.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop-secrets\n  namespace: flux-system\nstringData:\n  TOKEN: ${value}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop-settings\n  namespace: flux-system\ndata:\n  REGION: north\n`,
    'shop/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - settings.yaml\nsecretGenerator:\n  - name: login\n    literals:\n      - password=${value}\n`,
    'shop/settings.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n  annotations:\n    example.com/size: "${value.length}"\ndata:\n  url: https://user:\${TOKEN}@\${REGION}.example.com\n  region: \${REGION}\n`,
  });
  const [old, now] = ['correct-horse-battery', 'staple-horse-battery-2'];

  const { html, texts } = await pageOf(secret(now), { before: secret(old), kustomize });

  for (const value of [old, now]) for (const text of [value, Buffer.from(value).toString('base64')]) expect(html).not.toContain(text);
  const settings = texts.objects.flat().find((text) => text?.includes('name: settings\n'));
  expect(settings).toContain('  region: north\n  url: https://user:${TOKEN}@${REGION}.example.com\n');
});

test('a large cluster has its waves in place of a drawing, and all its objects', async () => {
  const { page, texts } = await pageOf(large(310, '1.0.0'));

  expect(texts.drawings).toEqual([undefined]);
  expect(page.clusters[0]!.waves.map(({ length }) => length)).toEqual([1, 20, 290]);
  expect(page.kustomizations.reduce((sum, { objects }) => sum + objects.length, 0)).toBe(310 * 5 + 310 + 2);
});

test('a tree without a cluster is a page that says so', async () => {
  const { html } = await pageOf({ 'README.md': 'nothing' });

  expect(html).toContain('No cluster is found: no directory has what flux bootstrap writes.');
});
