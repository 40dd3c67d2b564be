import type { IConstruct } from 'constructs';
import type { Directory } from '../../app/directory';
import { GitopsApp } from '../../app/gitops-app';
import { directoriesBelow } from '../../app/layout';
import { addModelCheck } from '../../app/model-check';
import { directoriesReached } from '../../app/reach';
import type { FluxKustomization } from './flux-kustomization';
import { kustomizationProblems } from './kustomization-problems';
import { missingPaths } from './missing-paths';

/**
 * The FluxKustomizations that apply a directory, by its path or because a directory that they apply takes it in.
 * Ask in a model check, when all constructs stand.
 */
export function kustomizationsApplying(directory: Directory): readonly FluxKustomization[] {
  return indexOf(GitopsApp.of(directory)).byDirectory.get(directory) ?? [];
}

/** The directories that a FluxKustomization applies, in the same way. */
export function directoriesAppliedBy(kustomization: FluxKustomization): ReadonlySet<Directory> {
  return indexOf(GitopsApp.of(kustomization)).byKustomization.get(kustomization) ?? new Set();
}

/** Every FluxKustomization of the app, in the order they were made. */
export function fluxKustomizationsOf(construct: IConstruct): readonly FluxKustomization[] {
  return registryOf(GitopsApp.of(construct)).kustomizations;
}

/** The constructor of FluxKustomization calls it. */
export function registerKustomization(kustomization: FluxKustomization): void {
  registryOf(GitopsApp.of(kustomization)).kustomizations.push(kustomization);
}

interface Registry {
  readonly kustomizations: FluxKustomization[];
  /** Made when asked for, and again when there are more Kustomizations. */
  index?: Index;
}

interface Index {
  readonly size: number;
  readonly byDirectory: ReadonlyMap<Directory, readonly FluxKustomization[]>;
  readonly byKustomization: ReadonlyMap<FluxKustomization, ReadonlySet<Directory>>;
}

const REGISTRY = Symbol.for('fluxwright.FluxKustomizations');

function registryOf(app: GitopsApp): Registry {
  const holder = app as { [REGISTRY]?: Registry };
  if (holder[REGISTRY] === undefined) {
    const registry: Registry = { kustomizations: [] };
    holder[REGISTRY] = registry;
    addModelCheck(app, () => {
      registry.index = makeIndex(app, registry.kustomizations);
      return [
        ...kustomizationProblems(registry.kustomizations, (kustomization) => registry.index!.byKustomization.get(kustomization)!),
        ...missingPaths(app, registry.kustomizations),
      ];
    });
  }
  return holder[REGISTRY];
}

function indexOf(app: GitopsApp): Index {
  const registry = registryOf(app);
  if (registry.index?.size !== registry.kustomizations.length) registry.index = makeIndex(app, registry.kustomizations);
  return registry.index;
}

function makeIndex(app: GitopsApp, kustomizations: readonly FluxKustomization[]): Index {
  const byPath = new Map(directoriesBelow(app).map((directory) => [directory.path, directory]));
  const byDirectory = new Map<Directory, FluxKustomization[]>();
  const byKustomization = new Map<FluxKustomization, ReadonlySet<Directory>>();
  for (const kustomization of kustomizations) {
    const roots = kustomization.appliedPaths.map((path) => byPath.get(path)).filter((root) => root !== undefined);
    const reached = directoriesReached(roots, byPath);
    byKustomization.set(kustomization, reached);
    for (const directory of reached) {
      const others = byDirectory.get(directory);
      if (others === undefined) byDirectory.set(directory, [kustomization]);
      else others.push(kustomization);
    }
  }
  return { size: kustomizations.length, byDirectory, byKustomization };
}
