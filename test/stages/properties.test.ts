import { dirname } from 'node:path';
import fc from 'fast-check';
import { diffValues } from '../../src/diff/fields/diff-values';
import { mapping, type Data } from '../../src/model/fields';
import { Repository } from '../../src/model/repository';
import { identityOf } from '../../src/model/source-object';
import { Walker } from '../../src/model/walk';
import { Renderer } from '../../src/render/builder';
import { findKustomize } from '../../src/render/kustomize';
import { RenderCache } from '../../src/render/render-cache';
import { canonical } from '../../src/stages/canonical';
import { withEdits } from '../../src/stages/draft';
import { planLift, type LiftQuestion } from '../../src/stages/plan-lift';
import { planPromotion } from '../../src/stages/plan-promotion';
import { withoutStatic } from '../../src/stages/without-static';
import { ManifestFile } from '../../src/tree/file';
import { Tree } from '../../src/tree/tree';
import { folderWith } from '../folders';
import { testWith } from '../tools';
import { FIELDS, generatedTree, type GeneratedTree } from './generated-trees';
import type { Files } from './overlay-tree';

/** How many generated trees each property is tried on. */
const TREES = Number(process.env['STAGE_TREES'] ?? 10);
const SEED = Number(process.env['STAGE_SEED'] ?? 1);
const TIMEOUT = 60_000 + TREES * 10_000;

type Open = LiftQuestion['open'];

const treeOf = (files: Files): Tree => new Tree(Object.entries(files).map(([path, text]) => ManifestFile.fromText(path, text)));

/** What kustomize makes of a directory of a tree: the objects by kind and name. */
async function rendered(open: Open, tree: Tree, directory: string): Promise<Map<string, Data>> {
  const { objects, failure } = await (await open(tree))(directory);
  if (failure !== undefined) throw new Error(`${directory}: ${failure}`);
  return new Map(objects.map(({ data }) => [`${identityOf(data).kind} ${identityOf(data).name.replace(/^x-/, '')}`, data]));
}

/** The fields of which two renders have not the same, without what names an object. */
function differences(one: Map<string, Data>, other: Map<string, Data>): string[] {
  return [...one].filter(([key]) => other.has(key)).flatMap(([key, data]) => diffValues(data, other.get(key)!).map(({ path }) => `${key} ${path}`)).filter((path) => !path.endsWith(' metadata.name'));
}

function valueOf(objects: Map<string, Data>, path: string): string {
  const [key] = [...objects.keys()].filter((one) => path.startsWith(`${one} `));
  const lacking = key === undefined ? [] : diffValues(objects.get(key)!, {}).flatMap(({ before, path: top }) => diffValues({}, { [top]: before }));
  return key === undefined ? 'no object' : canonical(at(Object.fromEntries(lacking.map(({ path: top, after }) => [top, after])), path.slice(key.length + 1)));
}

/** The value at a path as diffs write it: `spec.containers[name=main].image`. */
function at(data: unknown, path: string): unknown {
  return path.split(/\.|(?=\[)/).reduce<unknown>((value, step) => {
    const [, field, wanted] = /^\[(\w+)=(.*)\]$/.exec(step) ?? [];
    return field === undefined ? mapping(value)[step] : (Array.isArray(value) ? value : []).find((item) => String(mapping(item)[field]) === wanted);
  }, data);
}

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

async function openerOf(kustomize: string): Promise<Open> {
  const home = folderWith(); // renders are kept there: what is built twice costs once
  const cache = new RenderCache(home);
  const found = await findKustomize({ project: undefined, path: dirname(kustomize), cache: home }, cache);
  return async (tree) => {
    const repository = new Repository(tree);
    const renderer = new Renderer({ repository, walker: new Walker(repository), kustomize: found, cache, findDownload: () => undefined });
    return async (directory) => renderer.directory(directory);
  };
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
