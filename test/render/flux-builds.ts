import { join } from 'node:path';
import { Repository } from '../../src/model/repository';
import type { Build } from '../../src/model/flux-kustomization';
import { identityOf } from '../../src/model/source-object';
import { Walker } from '../../src/model/walk';
import { Renderer, type RenderOptions } from '../../src/render/builder';
import { findKustomize } from '../../src/render/kustomize';
import { RenderCache } from '../../src/render/render-cache';
import { readTree } from '../../src/tree/disk';
import { folderWith } from '../folders';

export type Files = Readonly<Record<string, string>>;

/** What renders a folder of files with a kustomize; renders are kept in a folder of the test, or in `home`. */
export async function rendererFor(kustomize: string, root: string, options: Partial<RenderOptions> & { readonly home?: string } = {}): Promise<Renderer> {
  const { home = folderWith(), ...rest } = options;
  const repository = new Repository(readTree(root));
  const cache = new RenderCache(home);
  const found = await findKustomize({ project: undefined, path: join(kustomize, '..'), cache: home }, cache);
  return new Renderer({ repository, walker: new Walker(repository), kustomize: found, cache, findDownload: () => undefined, ...rest });
}

/** A Flux Kustomization of the directory `app`. */
export function fluxKustomization(spec: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'app', namespace: 'flux-system' }, spec: { path: './app', prune: true, ...spec } };
}

/** What a Flux Kustomization of the directory `app` comes to. */
export async function builtFrom(kustomize: string, files: Files, spec: Readonly<Record<string, unknown>> = {}, options: Partial<RenderOptions> = {}): Promise<Build> {
  const renderer = await rendererFor(kustomize, folderWith(files), options);
  const data = fluxKustomization(spec);
  const [build] = await renderer.builder([{ object: { ...identityOf(data), data, source: undefined }, path: 'app', namespace: 'flux-system', applied: [] }]);
  return build!;
}

/** JSON with sorted keys: two objects are one when these are. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));
}
