import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../errors';
import { componentPaths } from '../../model/clusters';
import { mapping, mappingAt, textAt, type Data } from '../../model/fields';
import { isKustomizationPath, kustomizationFile, referencesOf, resolveTarget } from '../../model/kustomization-file';
import { objectsOf, identityKey } from '../../model/source-object';
import { isFluxKustomization } from '../../model/sources';
import type { Tree } from '../../tree/tree';
import { directoryOf } from '../../tree/path';
import type { TextIndex } from './text-index';

/**
 * Where objects may come or go although their own files stay as they are: what a changed kustomization.yaml names on one
 * side alone, or all of it if it changes how its parts are built; the paths of Flux Kustomizations that changed; and what
 * uses the input of a generator, or is patched.
 */
export function changedStructure(before: Tree, after: Tree, different: readonly string[], index: TextIndex): readonly string[] {
  return different.flatMap((path) => {
    if (isKustomizationPath(path)) return [...changedTargets(path, before, after), ...(isComponent(path, after) ? usersOf(directoryOf(path), index) : [])];
    if (!index.fluxFiles.has(path) && (!holdsObjects(path, before, after) || isPart(path, after, index))) return usersOf(path, index);
    return index.fluxFiles.has(path) ? changedFluxPaths(path, before, after).flatMap((named) => index.directoriesNamed(named)) : [];
  });
}

/** Whether a file with objects is a patch, or what a generator reads. */
function isPart(path: string, after: Tree, index: TextIndex): boolean {
  return [...index.naming(path)].filter(isKustomizationPath).some((kustomization) => documentsOf(after, kustomization).some((object) => (
    referencesOf(kustomizationFile(kustomization, object)).some(({ role, target }) => (role === 'patches' || role === 'inputs') && resolveTarget(directoryOf(kustomization), target) === path)
  )));
}

function isComponent(path: string, after: Tree): boolean {
  return documentsOf(after, path).some((object) => kustomizationFile(path, object).isComponent);
}

/** Where a part is used: beside what names it, and in the overlays over that. */
function usersOf(path: string, index: TextIndex): string[] {
  const own = [...index.naming(path)].filter(isKustomizationPath).map(directoryOf);
  return [...own, ...own.flatMap((directory) => [...index.naming(directory)].map(directoryOf))];
}

function holdsObjects(path: string, before: Tree, after: Tree): boolean {
  return [before, after].some((tree) => {
    const file = tree.get(path);
    return file?.type === 'manifests' && /^\s*["']?kind["']?:/m.test(file.text);
  });
}

function changedTargets(path: string, before: Tree, after: Tree): string[] {
  const [old, now] = [before, after].map((tree) => documentsOf(tree, path).map((object) => kustomizationFile(path, object))[0]);
  const directory = directoryOf(path);
  if (old === undefined || now === undefined) return [directory];
  if (!isDeepStrictEqual(withoutLists(old.data), withoutLists(now.data))) return [directory];
  const [was, is] = [old, now].map((file) => new Set(referencesOf(file).map(({ target }) => resolveTarget(directory, target) ?? ''))) as [Set<string>, Set<string>];
  return [...new Set([...was, ...is])].filter((target) => target !== '' && was.has(target) !== is.has(target));
}

function withoutLists(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([field]) => field !== 'resources' && field !== 'bases' && field !== 'components'));
}

function changedFluxPaths(path: string, before: Tree, after: Tree): string[] {
  const [old, now] = [before, after].map((tree) => new Map(documentsOf(tree, path).flatMap((object, index) => (
    objectsOf({ object, line: 0 }, path, index).filter((one) => isFluxKustomization(one) || one.kind === 'FluxInstance').map((one): [string, Data] => [identityKey(one), one.data])
  )))) as [Map<string, Data>, Map<string, Data>];
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => !isDeepStrictEqual(whatItApplies(old.get(key)), whatItApplies(now.get(key)))).flatMap((key) => (
    [old.get(key), now.get(key)].flatMap((data) => {
      const built = data === undefined ? undefined : resolveTarget('', textAt(data, 'spec.path') ?? textAt(data, 'spec.sync.path') ?? '');
      return built === undefined ? [] : [built, ...componentPaths(data!, built)];
    })
  ));
}

/** What a Flux Kustomization's spec says of what is applied, and not of how or when. */
function whatItApplies(data: Data | undefined): Data | undefined {
  if (data === undefined) return undefined;
  const { interval: _i, timeout: _t, retryInterval: _r, dependsOn: _d, wait: _w, healthChecks: _h, healthCheckExprs: _e, force: _f, decryption: _c, ...spec } = mappingAt(data, 'spec');
  return spec;
}

function documentsOf(tree: Tree, path: string): Data[] {
  const file = tree.get(path);
  if (file?.type !== 'manifests') return [];
  try {
    return file.documents.map(({ object }) => mapping(object));
  } catch (error) {
    if (UserError.is(error)) return [];
    throw error;
  }
}
