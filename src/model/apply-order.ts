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
  private readonly earlier = new Map<FluxKustomization, ReadonlySet<FluxKustomization>>();

  constructor(cluster: Cluster) {
    this.byKey = new Map(cluster.kustomizations.map((one) => [one.key, one]));
  }

  dependenciesOf({ data, namespace }: FluxKustomization): Dependency[] {
    return listAt(data, 'spec.dependsOn').flatMap((dependency, index) => {
      const name = textAt(dependency, 'name');
      if (name === undefined) return [];
      const key = `${textAt(dependency, 'namespace') ?? namespace}/${name}`;
      return [{ key, index, kustomization: this.byKey.get(key) }];
    });
  }

  /** Everything that has been applied when this one is: what it depends on, what applies it, and what comes before those. */
  before(kustomization: FluxKustomization): ReadonlySet<FluxKustomization> {
    const known = this.earlier.get(kustomization);
    if (known !== undefined) return known;
    const found = this.reach(kustomization, (one) => [...this.dependenciesOf(one).flatMap((dependency) => dependency.kustomization ?? []), ...(one.parent === undefined ? [] : [one.parent])]);
    this.earlier.set(kustomization, found);
    return found;
  }

  /** What it waits for by `dependsOn` alone, in however many steps. */
  waitsFor(kustomization: FluxKustomization): ReadonlySet<FluxKustomization> {
    return this.reach(kustomization, (one) => this.dependenciesOf(one).flatMap((dependency) => dependency.kustomization ?? []));
  }

  private reach(start: FluxKustomization, next: (one: FluxKustomization) => readonly FluxKustomization[]): ReadonlySet<FluxKustomization> {
    const found = new Set<FluxKustomization>();
    const pending = [...next(start)];
    for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
      if (found.has(one)) continue;
      found.add(one);
      pending.push(...next(one));
    }
    return found;
  }
}
