import { consequencesOf, diffOf, edited, replaced, type Files } from '../diff-files';
import { fleet, flux } from '../fleet';

const OVERLAY = 'apps/production/kustomization.yaml';
const patched = (patches: string, more: Files = {}): Files => edited(fleet, { [OVERLAY]: `${fleet[OVERLAY]!}${patches}`, ...more });
const operations = (replicas: number): string => `patches:\n  - target: { kind: Deployment, name: web }\n    patch: |\n      - { op: replace, path: /spec/replicas, value: ${replicas} }\n`;
const inFile = 'patches:\n  - path: patch.yaml\n    target: { kind: Deployment }\n';

test('operations in place of a file are followed to what they change', async () => {
  const { consequences } = await diffOf(fleet, patched(operations(1)));

  expect(consequences).toMatchObject([{
    title: 'lowers the replicas of Deployment shop/web: spec.replicas 3 → 1',
    evidence: { facts: ['apps/production/kustomization.yaml spec.replicas'] },
    appliers: [{ stage: 'production' }],
  }]);
  expect(await consequencesOf(patched(operations(2)), patched(operations(5)))).toEqual([]);
  expect(await consequencesOf(patched(operations(2)), fleet)).toEqual([]);
});

test('operations in a file are followed, too, and what does not fit changes nothing', async () => {
  const file = (value: string): Files => ({ 'apps/production/patch.yaml': `- op: replace\n  path: /spec/selector/matchLabels/app\n  value: ${value}\n` });

  expect(await consequencesOf(patched(inFile, file('web')), patched(inFile, file('shop')))).toEqual(['danger [immutable-field] changes spec.selector.matchLabels.app of Deployment shop/web, which is immutable: Flux fails to apply it']);
  expect(await consequencesOf(patched(inFile, file('web')), patched(inFile, { 'apps/production/patch.yaml': '- op: remove\n  path: /spec/nothing\n' }))).toEqual([]);
});

test('a patch that is merged goes by the keys that lists have, and what comes after it counts', async () => {
  const merged = (image: string): string => `patches:\n  - patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: { name: web }\n      spec: { template: { spec: { containers: [{ name: web, image: "${image}" }] } } }\n`;

  expect(await consequencesOf(patched(merged('registry.example.com/queue:1.3.0')), patched(merged('registry.example.com/queue:1.2.0')))).toEqual([
    'warning [stage-skipped] brings 1.2.0 to production with Deployment shop/web, and no earlier stage has had it',
    'warning [image-backwards] moves the image of Deployment shop/web backwards: registry.example.com/queue 1.3.0 → 1.2.0',
    'notice [pods-restart] restarts the pods of Deployment shop/web',
  ]);
  expect(await consequencesOf(patched(merged('registry.example.com/web:1.3.0')), patched(merged('registry.example.com/web:1.2.0')))).toEqual([]); // images: sets another tag
});

test('what a kustomization.yaml sets anyway does not change with the base', async () => {
  const before = replaced(fleet, 'apps/base/web.yaml', '        - name: web\n          image: registry.example.com/web\n', '        - name: web\n          image: registry.example.com/web:1.1.0\n');

  expect(await consequencesOf(before, replaced(before, 'apps/base/web.yaml', 'web:1.1.0', 'web:1.0.0'))).toEqual([]);
});

test('what a patch in a file sets in production changes elsewhere alone', async () => {
  const before = patched('patches:\n  - path: scale.yaml\n', { 'apps/production/scale.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 5 }\n' });

  const { consequences } = await diffOf(before, replaced(before, 'apps/base/web.yaml', 'replicas: 3', 'replicas: 2'));

  expect(consequences).toMatchObject([{ title: 'lowers the replicas of Deployment web: spec.replicas 3 → 2', appliers: [{ stage: 'staging' }] }]);
});

test('objects that a kustomization.yaml leads to from now on are opened with it', async () => {
  const before = edited(fleet, { 'apps/shared/route.yaml': 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  rules:\n    - host: shop.example.com\n' });

  expect(await consequencesOf(before, replaced(before, OVERLAY, '  - ../base\n', '  - ../base\n  - ../shared/route.yaml\n'))).toEqual(['warning [exposed] Ingress shop/web opens shop.example.com']);
});

test('what a Flux Kustomization patches is followed', async () => {
  const after = edited(fleet, { 'clusters/production/data.yaml': flux('data', 'data/production', '  patches:\n    - target: { kind: Cluster }\n      patch: |\n        - { op: replace, path: /spec/instances, value: 1 }\n') });

  expect(await consequencesOf(fleet, after)).toEqual(['warning [replicas-lowered] lowers the replicas of Cluster shop/orders: spec.instances 3 → 1']);
});

test('a component patches what takes it in', async () => {
  const component = (value: number): Files => ({ 'apps/quiet/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${operations(value)}` });
  const before = patched('components:\n  - ../quiet\n', component(2));

  expect(await consequencesOf(before, edited(before, component(1)))).toEqual(['warning [replicas-lowered] lowers the replicas of Deployment shop/web: spec.replicas 2 → 1']);
});

test('a patch of what is not in the repository is told by what it says', async () => {
  const remote = (replicas: number): Files => ({
    'apps/production/patch.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: queue\nspec:\n  replicas: ${replicas}\n`,
    [OVERLAY]: `${fleet[OVERLAY]!.replace('resources:\n', 'resources:\n  - https://example.com/queue.yaml\n')}patches:\n  - path: patch.yaml\n`,
  });

  expect(await consequencesOf(edited(fleet, remote(3)), edited(fleet, remote(1)))).toEqual(['warning [replicas-lowered] lowers the replicas of Deployment queue: spec.replicas 3 → 1']);
});

test('values that a patch puts into a Secret are not shown', async () => {
  const secret = replaced(edited(fleet, { 'data/production/key.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: key\nimmutable: true\nstringData:\n  key: one\n' }), 'data/production/kustomization.yaml', 'resources:\n', 'resources:\n  - key.yaml\n');
  const after = edited(secret, { 'data/production/kustomization.yaml': `${secret['data/production/kustomization.yaml']!}patches:\n  - target: { kind: Secret }\n    patch: |\n      - { op: replace, path: /stringData/key, value: hunter2 }\n` });

  const { consequences } = await diffOf(secret, after);

  expect(consequences).toMatchObject([{ title: 'changes stringData.key of Secret key, which is immutable: Flux fails to apply it' }]);
  expect(JSON.stringify(consequences.map(({ title, affected, evidence: { facts } }) => ({ title, affected, facts })))).not.toContain('hunter2');
});

test('an image that a patch sets under a marker, and a person there, is told of the object', async () => {
  const set = (tag: string): Files => patched('patches:\n  - path: image.yaml\n', { 'apps/production/image.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: registry.example.com/shop:${tag} # {"$imagepolicy": "flux-system:web"}\n` });
  const history = { authorsOf: () => [{ name: 'Ann', email: 'ann@example.com', commit: '1a2b3c4' }], everHad: () => true };

  expect(await consequencesOf(set('1.2.0'), set('1.3.0'), { history, only: 'image-by-hand' })).toEqual(['warning [image-by-hand] sets the image of Deployment shop/web by hand, where image policy flux-system:web sets it: registry.example.com/shop 1.2.0 → 1.3.0']);
});
