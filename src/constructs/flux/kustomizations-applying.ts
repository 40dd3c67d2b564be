import type { IConstruct } from 'constructs';
import { Directory } from '../../app/directory';
import { directoriesBelow } from '../../app/layout';
import { GitopsApp } from '../../app/gitops-app';
import { directoriesReached } from '../../app/reach';
import type { FluxKustomization } from './flux-kustomization';

const REGISTRY = Symbol.for('fluxwright.FluxKustomizations');

interface Registry {
  readonly kustomizations: FluxKustomization[];
  /** Made when asked for, and again when there are more Kustomizations. */
  index?: { readonly size: number; readonly byDirectory: ReadonlyMap<Directory, readonly FluxKustomization[]> };
}

/**
 * The FluxKustomizations that apply a directory, by its path or because a directory that they apply takes it in.
 * Ask in a model check, when all constructs stand.
 */
export function kustomizationsApplying(directory: Directory): readonly FluxKustomization[] {
  const app = GitopsApp.of(directory);
  const registry = registryOf(app);
  if (registry.index?.size !== registry.kustomizations.length) {
    registry.index = { size: registry.kustomizations.length, byDirectory: indexByDirectory(app, registry.kustomizations) };
  }
  return registry.index.byDirectory.get(directory) ?? [];
}

/** Every FluxKustomization of the app, in the order they were made. */
export function fluxKustomizationsOf(construct: IConstruct): readonly FluxKustomization[] {
  return registryOf(GitopsApp.of(construct)).kustomizations;
}

/** The constructor of FluxKustomization calls it. */
export function registerKustomization(kustomization: FluxKustomization): void {
  registryOf(GitopsApp.of(kustomization)).kustomizations.push(kustomization);
}

function registryOf(app: GitopsApp): Registry {
  const holder = app as { [REGISTRY]?: Registry };
  return (holder[REGISTRY] ??= { kustomizations: [] });
}

function indexByDirectory(app: GitopsApp, kustomizations: readonly FluxKustomization[]): Map<Directory, FluxKustomization[]> {
  const byPath = new Map(directoriesBelow(app).map((directory) => [directory.path, directory]));
  const found = new Map<Directory, FluxKustomization[]>();
  for (const kustomization of kustomizations) {
    const roots = kustomization.appliedPaths.map((path) => byPath.get(path)).filter((root) => root !== undefined);
    for (const directory of directoriesReached(roots, byPath)) {
      const others = found.get(directory);
      if (others === undefined) found.set(directory, [kustomization]);
      else others.push(kustomization);
    }
  }
  return found;
}
