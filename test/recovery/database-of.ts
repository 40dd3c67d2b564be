import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discoverClusters, walkingBuilder } from '../../src/model/clusters';
import type { Cluster } from '../../src/model/flux-kustomization';
import { Repository } from '../../src/model/repository';
import { Walker } from '../../src/model/walk';
import { findLiveDatabase } from '../../src/recovery/live-database';
import { formatRestore, planRestore, type Restore, type RestoreRequest } from '../../src/recovery/restore';
import { Renderer } from '../../src/render/builder';
import { RenderCache } from '../../src/render/render-cache';
import { SchemaSet } from '../../src/schema/schema-set';
import { bootstrapped, kustomization, treeOf, type Files } from '../checks/check-tree';

export const NOW = Date.parse('2026-03-02T12:00:00Z');

/** A tree with its clusters; built by kustomize where one is given. */
export async function openTree(files: Files, kustomize?: string): Promise<{ readonly repository: Repository; readonly clusters: readonly Cluster[] }> {
  const repository = new Repository(treeOf(files));
  const walker = new Walker(repository);
  if (kustomize === undefined) return { repository, clusters: await discoverClusters(repository, walker, walkingBuilder(walker)) };
  const home = mkdtempSync(join(tmpdir(), 'fluxwright-recovery-'));
  try {
    const program = { path: kustomize, version: 'of the tests', environmentPath: process.env['PATH'] ?? '' };
    const { builder } = new Renderer({ repository, walker, kustomize: program, cache: new RenderCache(home), findDownload: () => undefined });
    return { repository, clusters: await discoverClusters(repository, walker, builder) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What `db restore` makes of a tree. */
export async function restoreOf(files: Files, database: string, request: Partial<RestoreRequest> = {}, kustomize?: string): Promise<Restore> {
  const opened = await openTree(files, kustomize);
  return planRestore(findLiveDatabase(opened.repository, opened.clusters, database), { from: 'object-store', inPlace: false, now: NOW, ...request }, opened);
}

/** A shop in production: its database, with a spec in YAML that is indented by two spaces, and more objects beside it. */
export function shop(spec: string, ...objects: readonly string[]): Files {
  return {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/shop.yaml': kustomization('shop', './shop'),
    'shop/pg.yaml': `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata:\n  name: pg\n  namespace: shop\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}`,
    ...Object.fromEntries(objects.map((text, index) => [`shop/object-${index + 1}.yaml`, text])),
  };
}

/** What a file has behind its comments. */
export function manifestOf({ text }: Restore): string {
  return text.replace(/^#.*\n/gm, '');
}

/** What the schemas of the API say of a manifest. */
export function problemsOf(manifest: unknown): readonly unknown[] {
  return new SchemaSet().validate(manifest);
}

export { formatRestore };
