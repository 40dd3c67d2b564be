import type { AppliedObject } from '../../model/applied-object';
import { listAt, mapping } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import { identityOf } from '../../model/source-object';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import { matchesObject } from '../object-pattern';
import type { TargetKind } from './object-reference';
import { isCopied, producedBy } from './produced';
import { subjectsOf, type Subject } from './subjects';

/** Something that a cluster has. */
export interface Provided {
  /** Undefined if it is not known, or may be any. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** Undefined for what a controller makes. */
  readonly subject: Subject | undefined;
}

/** What the tree brings into a cluster, by kind and name: objects, and those that controllers are known to make of them. */
export class Inventory {
  private readonly byName = new Map<string, Map<string, Provided[]>>();
  private readonly patterns = new Map<string, { readonly namespace: string | undefined; readonly name: string }[]>();

  constructor(cluster: Cluster, { walker, rendered, repository }: CheckContext) {
    for (const subject of subjectsOf(cluster)) this.enterObject(subject);
    for (const object of cluster.byHand) this.enterObject({ object, identity: object, applier: undefined });
    // what cannot be built would still bring what its files say
    for (const applier of cluster.kustomizations) {
      const { path, failure } = applier;
      if (!rendered || failure === undefined || path === undefined || !repository.isDirectory(path)) continue;
      for (const object of walker.walk(path).objects) this.enterObject({ object, identity: { ...object, namespace: undefined }, applier });
    }
  }

  find(target: TargetKind, namespace: string | undefined, name: string): Provided | undefined {
    const called = this.byName.get(keyOf(target))?.get(name) ?? [];
    const here = called.find((one) => namespace === undefined || one.namespace === namespace) ?? called.find((one) => one.namespace === undefined || (one.subject !== undefined && isCopied(one.subject.object.data)));
    if (here !== undefined) return here;
    const like = this.patterns.get(keyOf(target))?.find((pattern) => (namespace === undefined || pattern.namespace === undefined || pattern.namespace === namespace) && matchesObject(`${target.kind}/${pattern.name}`, { ...target, name, namespace }));
    return like === undefined ? undefined : { namespace, name, subject: undefined };
  }

  /** Everything that is called so, in a namespace or in one that is not known. */
  findAll(target: TargetKind, namespace: string | undefined, name: string): Provided[] {
    return (this.byName.get(keyOf(target))?.get(name) ?? []).filter((one) => namespace === undefined || one.namespace === undefined || one.namespace === namespace);
  }

  /** The namespaces that have one of the name. */
  namespacesWith(target: TargetKind, name: string): string[] {
    return [...new Set((this.byName.get(keyOf(target))?.get(name) ?? []).flatMap((one) => one.namespace ?? []))];
  }

  /** The names of all of a kind in a namespace. */
  names(target: TargetKind, namespace: string | undefined): string[] {
    return [...(this.byName.get(keyOf(target)) ?? [])].flatMap(([name, called]) => (called.some((one) => namespace === undefined || one.namespace === namespace) ? [name] : []));
  }

  /** Everything of a kind. */
  all(target: TargetKind): Provided[] {
    return [...(this.byName.get(keyOf(target))?.values() ?? [])].flat();
  }

  private enterObject(subject: Subject): void {
    const { object, identity: { namespace } } = subject;
    this.enter(object, { namespace, name: object.name, subject });
    // a prefix or suffix that kustomize has put around it, and references to it have not yet
    if (object.source !== undefined && object.source.name !== object.name) this.enter(object, { namespace, name: object.source.name, subject });
    for (const { target, name, namespace: of } of producedBy({ ...object, namespace }, object.data)) {
      this.enter(target, { namespace: of, name, subject: undefined });
      if (of !== undefined && isCopied(object.data)) this.enter(target, { namespace: undefined, name, subject: undefined });
    }
    if (object.kind === 'ResourceSet') for (const inner of resourcesOf(object)) this.enter(inner.target, inner);
  }

  private enter(target: TargetKind, provided: Provided): void {
    const key = keyOf(target);
    if (isPlaceholder(provided.name) || /<</.test(provided.name)) {
      const namespace = provided.namespace === undefined || isPlaceholder(provided.namespace) ? undefined : provided.namespace;
      const patterns = this.patterns.get(key) ?? [];
      this.patterns.set(key, [...patterns, { namespace, name: patternOf(provided.name) }]);
      return;
    }
    const names = this.byName.get(key) ?? new Map<string, Provided[]>();
    this.byName.set(key, names);
    const namespace = provided.namespace === undefined || isPlaceholder(provided.namespace) ? undefined : provided.namespace;
    names.set(provided.name, [...(names.get(provided.name) ?? []), { ...provided, namespace }]);
  }
}

const inventories = memoized((context: CheckContext) => memoized((cluster: Cluster) => new Inventory(cluster, context)));

export function inventoryOf(context: CheckContext, cluster: Cluster): Inventory {
  return inventories(context)(cluster);
}

function keyOf({ group, kind }: TargetKind): string {
  return `${group}/${kind}`;
}

/** A name with variables in it, with a `*` for each: it stands for any text. */
function patternOf(name: string): string {
  return name.replace(/\$\{[^}]*\}|\{\{[^}]*\}\}|<<[^>]*>>|<[^>]*>|\$\([^)]*\)/g, '*');
}

/** What a ResourceSet makes, as far as its templates say. */
function resourcesOf({ data }: AppliedObject): (Provided & { readonly target: TargetKind })[] {
  return listAt(data, 'spec.resources').flatMap((resource) => {
    const { group, kind, name, namespace } = identityOf(mapping(resource));
    return [{ target: { group, kind }, name, namespace: namespace?.includes('<<') === true ? undefined : namespace, subject: undefined }];
  });
}
