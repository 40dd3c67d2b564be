import { componentPaths, walkingBuilder } from '../model/clusters';
import type { Build, BuildRequest } from '../model/flux-kustomization';
import { KUSTOMIZATION_NAMES, referencesOf, resolveTarget } from '../model/kustomization-file';
import type { Repository } from '../model/repository';
import type { Walker } from '../model/walk';
import type { Tree } from '../tree/tree';
import type { BuilderFor } from './state';

/**
 * Walks along kustomization files, and tells what kustomize would stop at: a file that cannot be read, or is not there.
 * @param whole the side with all its files: the repository that is walked may be a part of it
 */
export function sourceBuilder(whole: Tree): BuilderFor {
  return (repository, walker) => {
    const walk = walkingBuilder(walker);
    return async (requests) => (await walk(requests)).map((build, index) => ({ ...build, failure: failureOf(requests[index]!, build, { repository, walker, whole }) }));
  };
}

interface Side {
  readonly repository: Repository;
  readonly walker: Walker;
  readonly whole: Tree;
}

function failureOf({ path, object }: BuildRequest, { files }: Build, side: Side): string | undefined {
  const { repository } = side;
  const directories = [path, ...componentPaths(object.data, path)];
  for (const directory of directories) {
    const problem = brokenKustomization(directory, side);
    if (problem !== undefined) return problem;
  }
  const inputs = new Set(repository.kustomizationsAmong(files).flatMap((kustomization) => referencesOf(kustomization).flatMap(({ role, target }) => (role === 'inputs' ? resolveTarget(kustomization.directory, target) ?? [] : []))));
  for (const file of files) {
    const error = inputs.has(file) ? undefined : repository.errorIn(file);
    if (error !== undefined) return error.problem;
  }
  for (const directory of directories) {
    const problem = missingFrom(directory, side);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function missingFrom(directory: string, side: Side): string | undefined {
  for (const { kustomization, reference } of side.walker.walk(directory).missing) {
    const target = resolveTarget(kustomization.directory, reference.target);
    if (target === undefined || side.whole.has(target)) continue;
    const problem = brokenKustomization(target, side);
    if (problem !== undefined) return problem;
    if (!KUSTOMIZATION_NAMES.some((name) => side.whole.has(`${target}/${name}`))) return `${target} does not exist`;
  }
  return undefined;
}

function brokenKustomization(directory: string, { repository }: Side): string | undefined {
  for (const name of KUSTOMIZATION_NAMES) {
    const error = repository.errorIn(directory === '' ? name : `${directory}/${name}`);
    if (error !== undefined) return error.problem;
  }
  return undefined;
}
