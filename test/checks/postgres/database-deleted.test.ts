import { bootstrapped, findingsOf, kustomization } from '../check-tree';
import { database, shop } from './database';

const before = shop({ 'shop/pg.yaml': database() });
const fix = '  fix: annotate the Cluster with "kustomize.toolkit.fluxcd.io/prune: disabled" and let Flux apply that, in a commit of its own, before it leaves the tree';

test('a database that leaves its Kustomization would be deleted', async () => {
  expect(await findingsOf('database-deleted', shop({ 'shop/kustomization.yaml': '' }), { base: before })).toEqual([
    `clusters/prod/shop.yaml:1 error Kustomization flux-system/shop: the database shop/pg leaves the Kustomization flux-system/shop: Flux deletes it, with its volumes\n${fix}`,
  ]);
});

test('a deleted Kustomization takes its database along', async () => {
  const [finding] = await findingsOf('database-deleted', bootstrapped('clusters/prod'), { base: before });

  expect(finding).toMatch('the database shop/pg leaves the Kustomization flux-system/shop, which is itself deleted: Flux deletes it, with its volumes');
});

test('a renamed Kustomization may delete it before the new one has it', async () => {
  const [finding] = await findingsOf('database-deleted', { ...bootstrapped('clusters/prod'), 'clusters/prod/shop.yaml': kustomization('store', './shop'), 'shop/pg.yaml': database() }, { base: before });

  expect(finding).toMatch('the database shop/pg moves from the Kustomization flux-system/shop to flux-system/store: if the first is reconciled before the second');
});

test('a database that is annotated, or whose Kustomization does not prune, is safe', async () => {
  const kept = shop({ 'shop/pg.yaml': database('', { annotations: '{kustomize.toolkit.fluxcd.io/prune: disabled}' }) });
  const unpruned = Object.fromEntries(Object.entries(shop({ 'shop/kustomization.yaml': '' })).map(([path, text]) => [path, path.endsWith('shop.yaml') ? text.replace('prune: true', 'prune: false') : text]));

  expect(await findingsOf('database-deleted', shop({ 'shop/kustomization.yaml': '' }), { base: kept })).toEqual([]);
  expect(await findingsOf('database-deleted', unpruned, { base: before })).toEqual([]);
  expect(await findingsOf('database-deleted', before, { base: before })).toEqual([]);
});
