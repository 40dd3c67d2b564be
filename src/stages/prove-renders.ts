import { walkClusters } from '../model/clusters';
import { referencesOf, resolveTarget } from '../model/kustomization-file';
import type { Build } from '../model/flux-kustomization';
import type { Repository } from '../model/repository';
import { identityKey, identityTitle } from '../model/source-object';
import { Walker } from '../model/walk';
import { canonical } from './canonical';
import { readersOf, type BuildDirectory } from './rendered-changes';

/** The directories whose renders have to stay as they are: what is applied, and what nothing else is made from. */
export function rendersOf(repository: Repository, files: ReadonlySet<string>, overlays: readonly string[]): string[] {
  const readers = readersOf(files, repository);
  const used = new Set([...repository.kustomizations.values()].flatMap((one) => referencesOf(one).flatMap(({ role, target }) => (role === 'resources' || role === 'components' ? resolveTarget(one.directory, target) ?? [] : []))));
  const walker = new Walker(repository);
  const applied = walkClusters(repository, walker).flatMap(({ kustomizations }) => kustomizations.flatMap(({ path }) => (path !== undefined && [...walker.walk(path).files].some((file) => files.has(file)) ? [path] : [])));
  return [...new Set([...readers.filter((directory) => !used.has(directory)), ...applied, ...overlays.filter((directory) => readers.includes(directory))])].sort();
}

/** What is not the same in two renders of some directories, or cannot be shown to be: object by object. */
export async function differingRenders(directories: readonly string[], before: BuildDirectory, after: BuildDirectory): Promise<string[]> {
  const all = await Promise.all(directories.map(async (directory) => differenceOf(directory, await before(directory), await after(directory))));
  return all.filter((difference) => difference !== undefined);
}

function differenceOf(directory: string, before: Build, after: Build): string | undefined {
  if (before.failure !== undefined) return `${directory} cannot be built: ${before.failure}`;
  if (after.failure !== undefined) return `${directory} could not be built any more: ${after.failure}`;
  const [missing] = [...(before.leftOut ?? []), ...(after.leftOut ?? [])];
  if (missing !== undefined) return `${directory} cannot be built without ${missing}: fluxwright upstream fetch`;
  const [was, is] = [before, after].map(({ objects }) => new Map(objects.map((object, index) => [`${identityKey(object)}\0${objects.slice(0, index).filter((one) => identityKey(one) === identityKey(object)).length}`, object])));
  const changed = [...new Set([...was!.keys(), ...is!.keys()])].find((key) => canonical(was!.get(key)?.data) !== canonical(is!.get(key)?.data));
  return changed === undefined ? undefined : `${identityTitle((was!.get(changed) ?? is!.get(changed))!)} would change in ${directory}`;
}
