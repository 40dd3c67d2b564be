import { consequencesOf, diffOf, edited, replaced, type Files } from '../diff-files';
import { fleet } from '../fleet';

const without = (path: string): Files => edited(fleet, { [path]: undefined });

test('a file that is gone and still listed stops Flux, which deletes nothing', async () => {
  const { consequences } = await diffOf(fleet, without('data/production/postgres.yaml'));

  expect(consequences).toMatchObject([{
    class: 'kustomization-fails',
    severity: 'danger',
    title: 'Flux Kustomization flux-system/data can no longer be built: data/production/postgres.yaml does not exist',
    evidence: { facts: ['data/production/postgres.yaml is gone'] },
    advice: ['mend what it says: until then Flux applies nothing of it, and deletes nothing'],
  }]);
});

test('a kustomization.yaml that cannot be read stops what takes it in, wherever that is', async () => {
  const after = edited(fleet, { 'apps/base/kustomization.yaml': 'resources: [web.yaml\n' });

  const { consequences } = await diffOf(fleet, after);

  expect(consequences).toMatchObject([{ class: 'kustomization-fails', appliers: [{ stage: 'production' }, { stage: 'staging' }] }]);
  expect(consequences[0]!.title).toMatch(/^Flux Kustomization flux-system\/apps can no longer be built: apps\/base\/kustomization\.yaml:\d is not YAML that Go reads: /);
});

test('what a generator reads may be broken YAML: that is content', async () => {
  const before = replaced(edited(fleet, { 'apps/base/rules.yaml': 'kind: Rules\nrules: []\n' }), 'apps/base/kustomization.yaml', '      - settings.properties\n', '      - settings.properties\n      - rules.yaml\n');

  const told = await consequencesOf(before, edited(before, { 'apps/base/rules.yaml': 'kind: Rules\nrules: [\n' }));

  expect(told).toEqual(['notice [pods-restart] restarts the pods of Deployment shop/web, which use the generated web-settings']);
});

test('what was broken before is told as mended by nobody, and what is mended is fine', async () => {
  const broken = without('data/production/postgres.yaml');

  expect(await consequencesOf(broken, fleet)).toEqual([]);
  expect(await consequencesOf(broken, replaced(broken, 'data/production/namespace.yaml', 'name: shop', 'name: shop\n  labels: { team: blue }'))).toEqual([]);
});

test('what an unreadable file may apply is not said to be applied by nobody', async () => {
  const before = edited(fleet, { 'clusters/production/data.yaml': `${fleet['clusters/production/data.yaml']!}spec: {}\n` });

  const after = replaced(before, 'data/production/postgres.yaml', 'size: 10Gi', 'size: 20Gi');

  expect(await consequencesOf(before, after)).toEqual([]);
  expect((await diffOf(before, after)).limits).toMatchObject([{ reason: expect.stringContaining('clusters/production/data.yaml') as string }]);
});
