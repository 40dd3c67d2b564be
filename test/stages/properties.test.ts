import fc from 'fast-check';
import { Repository } from '../../src/model/repository';
import { canonical } from '../../src/stages/canonical';
import { withEdits } from '../../src/stages/draft';
import { planLift } from '../../src/stages/plan-lift';
import { planPromotion } from '../../src/stages/plan-promotion';
import { withoutStatic } from '../../src/stages/without-static';
import { testWith } from '../tools';
import { FIELDS, generatedTree, type GeneratedTree } from './generated-trees';
import { differences, openerOf, rendered, treeOf, valueOf, type Open } from './renders';

/** How many generated trees each property is tried on. */
const TREES = Number(process.env['STAGE_TREES'] ?? 10);
const SEED = Number(process.env['STAGE_SEED'] ?? 1);
const TIMEOUT = 60_000 + TREES * 10_000;

async function promotionHolds({ files, stages, specs }: GeneratedTree, open: Open): Promise<void> {
  const tree = treeOf(files);
  const [before, last] = [specs.at(-2)!, specs.at(-1)!];
  const pair = { from: `apps/overlays/${stages.at(-2)!}`, to: `apps/overlays/${stages.at(-1)!}` };
  if (![before, last].every(hasServices)) return;

  const { edits } = planPromotion(tree, [pair]);

  const after = withEdits(tree, edits);
  const [plain, was, is, isPlain] = await Promise.all([
    rendered(open, withoutStatic(new Repository(tree)), pair.from), rendered(open, tree, pair.to), rendered(open, after, pair.to), rendered(open, withoutStatic(new Repository(after)), pair.to),
  ]);
  // what changed is what the stage before has, where nothing is declared to be its own
  for (const path of differences(was, is)) expect([path, valueOf(is, path)]).toEqual([path, valueOf(plain, path)]);
  // what a patch of the stage before sets is the same in both, but for what is declared, and what an image of the last stage overrides
  const different = differences(plain, isPlain);
  const hasOwnTag = before.tag === undefined && last.tag !== undefined;
  for (const [service, own] of Object.entries(before.services)) {
    for (const { kind, isStatic } of own ?? []) if (!isStatic && !(hasOwnTag && service === 'mail' && kind === 'version')) expect(different).not.toContain(`Deployment ${service} ${FIELDS[kind]!}`);
  }
  expect(edits.every(({ path }) => path.startsWith(`${pair.to}/`) && !path.includes('/_'))).toBe(true);
  const comments = (text: string): string[] => text.split('\n').flatMap((line) => /#.*/.exec(line)?.[0] ?? []);
  expect(comments(after.get(`${pair.to}/kustomization.yaml`)!.bytes.toString())).toEqual(comments(files[`${pair.to}/kustomization.yaml`]!));
  expect(planPromotion(after, [pair]).edits).toEqual([]);
}

/** @returns how many patches were lifted */
async function liftHolds({ files, stages, specs }: GeneratedTree, open: Open): Promise<number> {
  const tree = treeOf(files);
  const overlays = stages.filter((_, index) => hasServices(specs[index]!)).map((stage) => `apps/overlays/${stage}`);

  const { edits, lifted } = await planLift({ tree, overlays, open });

  const after = withEdits(tree, edits);
  const isBuilt = hasServices(specs.at(-1)!) && tree.has('apps/overlays/demo/kustomization.yaml');
  for (const directory of [...overlays, ...(isBuilt ? ['apps/overlays/demo'] : [])]) expect(canonical([...await rendered(open, after, directory)])).toBe(canonical([...await rendered(open, tree, directory)]));
  expect(edits.every(({ path }) => !path.includes('/_'))).toBe(true);
  expect((await planLift({ tree: after, overlays, open })).edits).toEqual([]);
  return lifted.length;
}

function hasServices({ services }: GeneratedTree['specs'][number]): boolean {
  return Object.values(services).some((own) => own !== undefined);
}

async function holdsForAll(holds: (tree: GeneratedTree) => Promise<unknown>): Promise<void> {
  await fc.assert(fc.asyncProperty(generatedTree, async (tree) => void await holds(tree)), { numRuns: TREES, seed: SEED });
}

testWith('kustomize', 'after a promotion the promoted fields render the same in both stages, nothing else changed, and a second one does nothing', async (kustomize) => {
  const open = await openerOf(kustomize);

  await holdsForAll(async (tree) => promotionHolds(tree, open));
}, TIMEOUT);

testWith('kustomize', 'lifting changes no render, and a second lift does nothing', async (kustomize) => {
  const open = await openerOf(kustomize);
  let lifted = 0;

  await holdsForAll(async (tree) => (lifted += await liftHolds(tree, open)));

  expect(lifted).toBeGreaterThan(0);
}, TIMEOUT);
