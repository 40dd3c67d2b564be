import { dirname } from 'node:path';
import { diffValues } from '../../src/diff/fields/diff-values';
import { mapping, type Data } from '../../src/model/fields';
import { Repository } from '../../src/model/repository';
import { identityOf } from '../../src/model/source-object';
import { Walker } from '../../src/model/walk';
import { Renderer } from '../../src/render/builder';
import { findKustomize } from '../../src/render/kustomize';
import { RenderCache } from '../../src/render/render-cache';
import { canonical } from '../../src/stages/canonical';
import type { LiftQuestion } from '../../src/stages/plan-lift';
import { ManifestFile } from '../../src/tree/file';
import { Tree } from '../../src/tree/tree';
import { folderWith } from '../folders';
import type { Files } from './overlay-tree';

export type Open = LiftQuestion['open'];

export function treeOf(files: Files): Tree {
  return new Tree(Object.entries(files).map(([path, text]) => ManifestFile.fromText(path, text)));
}

/** What kustomize makes of a directory of a tree: the objects by kind and name. */
export async function rendered(open: Open, tree: Tree, directory: string): Promise<Map<string, Data>> {
  const { objects, failure } = await (await open(tree))(directory);
  if (failure !== undefined) throw new Error(`${directory}: ${failure}`);
  return new Map(objects.map(({ data }) => [`${identityOf(data).kind} ${identityOf(data).name.replace(/^x-/, '')}`, data]));
}

/** The fields of which two renders have not the same, without what names an object. */
export function differences(one: Map<string, Data>, other: Map<string, Data>): string[] {
  return [...one].filter(([key]) => other.has(key)).flatMap(([key, data]) => diffValues(data, other.get(key)!).map(({ path }) => `${key} ${path}`)).filter((path) => !path.endsWith(' metadata.name'));
}

export function valueOf(objects: Map<string, Data>, path: string): string {
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

/** Has kustomize build directories of trees. */
export async function openerOf(kustomize: string): Promise<Open> {
  const home = folderWith(); // renders are kept there: what is built twice costs once
  const cache = new RenderCache(home);
  const found = await findKustomize({ project: undefined, path: dirname(kustomize), cache: home }, cache);
  return async (tree) => {
    const repository = new Repository(tree);
    const renderer = new Renderer({ repository, walker: new Walker(repository), kustomize: found, cache, findDownload: () => undefined });
    return async (directory) => renderer.directory(directory);
  };
}
