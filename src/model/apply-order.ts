import { listAt, textAt } from './fields';
import type { Cluster, FluxKustomization } from './flux-kustomization';

/** An entry of a Flux Kustomization's `dependsOn`. */
export interface Dependency {
  /** `namespace/name`. */
  readonly key: string;
  readonly index: number;
  /** The one that it names, if it is there. */
  readonly kustomization: FluxKustomization | undefined;
}

/** Which Flux Kustomizations of a cluster come before which. */
export class ApplyOrder {
  readonly byKey: ReadonlyMap<string, FluxKustomization>;
  private readonly dependants = new Map<FluxKustomization, FluxKustomization[]>();

  constructor(cluster: Cluster) {
    this.byKey = new Map(cluster.kustomizations.map((one) => [one.key, one]));
    for (const one of cluster.kustomizations) {
      for (const { kustomization } of this.dependenciesOf(one)) {
        if (kustomization !== undefined) add(this.dependants, kustomization, one);
      }
    }
  }

  dependenciesOf({ data, namespace }: FluxKustomization): Dependency[] {
    return listAt(data, 'spec.dependsOn').flatMap((dependency, index) => {
      const name = textAt(dependency, 'name');
      if (name === undefined) return [];
      const key = `${textAt(dependency, 'namespace') ?? namespace}/${name}`;
      return [{ key, index, kustomization: this.byKey.get(key) }];
    });
  }

  /** The ones that name it in their `dependsOn`. */
  directDependantsOf(kustomization: FluxKustomization): readonly FluxKustomization[] {
    return this.dependants.get(kustomization) ?? [];
  }

  /** Everything that waits for it by `dependsOn`, in however many steps. */
  dependantsOf(kustomization: FluxKustomization): ReadonlySet<FluxKustomization> {
    return reach(kustomization, (one) => this.directDependantsOf(one));
  }

  /** Everything that it waits for by `dependsOn`, in however many steps. */
  waitsFor(kustomization: FluxKustomization): ReadonlySet<FluxKustomization> {
    return reach(kustomization, (one) => this.dependenciesOf(one).flatMap((dependency) => dependency.kustomization ?? []));
  }

  /** Everything that has been applied when this one is: what it depends on, what applies it, and what comes before those. Not kept, since all of them together may be large. */
  before(kustomization: FluxKustomization): ReadonlySet<FluxKustomization> {
    return reach(kustomization, (one) => [...this.dependenciesOf(one).flatMap((dependency) => dependency.kustomization ?? []), ...(one.parent === undefined ? [] : [one.parent])]);
  }
}

function reach(start: FluxKustomization, next: (one: FluxKustomization) => readonly FluxKustomization[]): ReadonlySet<FluxKustomization> {
  const found = new Set<FluxKustomization>();
  const pending = [...next(start)];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    if (found.has(one)) continue;
    found.add(one);
    pending.push(...next(one));
  }
  return found;
}

function add<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
