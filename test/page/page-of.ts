import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rules } from '../../src/checks';
import type { CheckContext } from '../../src/checks/check-context';
import { NO_SETTINGS } from '../../src/checks/check-settings';
import { runChecks } from '../../src/checks/run-checks';
import { diffRendered } from '../../src/diff/rendered/diff-rendered';
import { diffTrees } from '../../src/diff/diff-trees';
import type { BuilderFor } from '../../src/diff/state';
import { makeGraph } from '../../src/graph/make-graph';
import { discoverClusters, walkingBuilder } from '../../src/model/clusters';
import { Repository } from '../../src/model/repository';
import { Walker } from '../../src/model/walk';
import { pageDocument } from '../../src/page/document/document';
import { makePage } from '../../src/page/make-page';
import type { Page, PageTexts } from '../../src/page/page';
import { Renderer } from '../../src/render/builder';
import { RenderCache } from '../../src/render/render-cache';
import { treeOf, type Files } from '../diff/diff-files';

export interface MadePage {
  readonly page: Page;
  readonly texts: PageTexts;
  readonly html: string;
}

/** The page of a tree as it is; with what it was before, the page of the change. Built by kustomize where one is named. */
export async function pageOf(files: Files, { before, kustomize }: { readonly before?: Files; readonly kustomize?: string } = {}): Promise<MadePage> {
  const home = mkdtempSync(join(tmpdir(), 'fluxwright-page-'));
  try {
    const builderFor: BuilderFor = (repository, walker) => (kustomize === undefined ? walkingBuilder(walker) : new Renderer({
      repository, walker, kustomize: { path: kustomize, version: 'of the tests', environmentPath: process.env['PATH'] ?? '' }, cache: new RenderCache(home), findDownload: () => undefined,
    }).builder);
    const context = await contextOf(files, builderFor, kustomize !== undefined);
    const question = before === undefined ? undefined : { before: treeOf(before), after: treeOf(files), sides: { before: 'main', after: 'the working tree' } };
    const diff = question === undefined ? undefined : kustomize === undefined ? await diffTrees(question) : await diffRendered({ ...question, builderFor, findDownload: () => undefined });
    const base = before === undefined ? undefined : await contextOf(before, builderFor, kustomize !== undefined);
    const checks = runChecks({ ...context, base }, rules.filter(({ needs }) => (needs === 'base' ? base !== undefined : needs !== 'render' || context.rendered)));
    const { page, texts } = await makePage({ context, clusters: context.clusters, graph: makeGraph(context, context.clusters), checks, diff });
    return { page, texts, html: pageDocument(page, texts) };
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function contextOf(files: Files, builderFor: BuilderFor, rendered: boolean): Promise<CheckContext> {
  const repository = new Repository(treeOf(files));
  const walker = new Walker(repository);
  return { repository, walker, clusters: await discoverClusters(repository, walker, await builderFor(repository, walker)), rendered, base: undefined, settings: NO_SETTINGS };
}

/** Writes a page to where a browser can open it, and answers with its address. */
export function fileOf(html: string): { readonly address: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-page-'));
  writeFileSync(join(folder, 'page.html'), html);
  return { address: `file://${folder}/page.html`, remove: () => rmSync(folder, { recursive: true }) };
}
