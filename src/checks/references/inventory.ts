import type { AppliedObject } from '../../model/applied-object';
import { listAt, mapping } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import { identityOf } from '../../model/source-object';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import { matchesObject } from '../object-pattern';
import { isKind, VOLUME_CLAIM, type TargetKind } from './object-reference';
import { claimsOf, isCopied, producedBy } from './produced';
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
  private readonly kinds = new Map<string, OfKind>();
  /** Whose volume claims are entered when somebody asks for one. */
  private unclaimed: Subject[] = [];

  constructor(cluster: Cluster, { walker, rendered, repository }: CheckContext) {
    for (const subject of subjectsOf(cluster)) this.enterObject(subject);
    // what cannot be built would still bring what its files say
    for (const applier of cluster.kustomizations) {
      const { path, failure } = applier;
      if (!rendered || failure === undefined || path === undefined || !repository.isDirectory(path)) continue;
      for (const object of walker.walk(path).objects) this.enterObject({ object, identity: { ...object, namespace: undefined }, applier });
    }
  }

  find(target: TargetKind, namespace: string | undefined, name: string): Provided | undefined {
    const called = this.kindOf(target).byName.get(name);
    const found = namespace === undefined ? called?.values().next().value : (called?.get(namespace) ?? called?.get(ANYWHERE));
    if (found !== undefined) return found[0];
    const isLike = this.kindOf(target).patterns.some((pattern) => (namespace === undefined || pattern.namespace === undefined || pattern.namespace === namespace) && matchesObject(`${target.kind}/${pattern.name}`, { ...target, name, namespace }));
    return isLike ? { namespace, name, subject: undefined } : undefined;
  }

  /** Everything that is called so, in a namespace or in one that is not known. */
  findAll(target: TargetKind, namespace: string, name: string): readonly Provided[] {
    const called = this.kindOf(target).byName.get(name);
    return [...(called?.get(namespace) ?? []), ...(called?.get(ANYWHERE) ?? [])];
  }

  /** The namespaces that have one of the name. */
  namespacesWith(target: TargetKind, name: string): string[] {
    return [...(this.kindOf(target).byName.get(name)?.keys() ?? [])].filter((namespace) => namespace !== ANYWHERE);
  }

  /** The names of all of a kind in a namespace. */
  names(target: TargetKind, namespace: string | undefined): string[] {
    const { byName, namesIn } = this.kindOf(target);
    return [...(namespace === undefined ? byName.keys() : namesIn.get(namespace) ?? [])];
  }

  private enterObject(subject: Subject): void {
    const { object, identity: { namespace } } = subject;
    this.enter(object, { namespace, name: object.name, subject });
    // a prefix or suffix that kustomize has put around it, and references to it have not yet
    if (object.source !== undefined && object.source.name !== object.name) this.enter(object, { namespace, name: object.source.name, subject });
    this.unclaimed.push(subject);
    const produced = producedBy({ ...object, namespace }, object.data);
    const isSeenAnywhere = produced.length > 0 && isCopied(object.data);
    for (const { target, name, namespace: of } of produced) {
      this.enter(target, { namespace: of, name, subject: undefined });
      if (of !== undefined && isSeenAnywhere) this.enter(target, { namespace: undefined, name, subject: undefined });
    }
    if (object.kind === 'ResourceSet') for (const inner of resourcesOf(object)) this.enter(inner.target, inner);
  }

  private enter(target: TargetKind, provided: Provided): void {
    const kind = this.entryOf(target);
    const namespace = provided.namespace === undefined || isPlaceholder(provided.namespace) ? undefined : provided.namespace;
    if (isPlaceholder(provided.name) || provided.name.includes('<<')) {
      kind.patterns.push({ namespace, name: patternOf(provided.name) });
      return;
    }
    let called = kind.byName.get(provided.name);
    if (called === undefined) kind.byName.set(provided.name, (called = new Map()));
    const isSeenAnywhere = namespace === undefined || (provided.subject !== undefined && isCopied(provided.subject.object.data));
    const own = provided.namespace === namespace ? provided : { ...provided, namespace };
    put(called, namespace ?? ANYWHERE, own);
    if (isSeenAnywhere && namespace !== undefined) put(called, ANYWHERE, own);
    const names = kind.namesIn.get(namespace ?? ANYWHERE);
    if (names === undefined) kind.namesIn.set(namespace ?? ANYWHERE, new Set([provided.name]));
    else names.add(provided.name);
  }

  private enterClaims(): void {
    const subjects = this.unclaimed;
    this.unclaimed = [];
    for (const { object, identity: { namespace } } of subjects) {
      const isSeenAnywhere = isCopied(object.data);
      for (const name of claimsOf(object, object.data)) {
        this.enter(VOLUME_CLAIM, { namespace, name, subject: undefined });
        if (namespace !== undefined && isSeenAnywhere) this.enter(VOLUME_CLAIM, { namespace: undefined, name, subject: undefined });
      }
    }
  }

  private kindOf(target: TargetKind): OfKind {
    if (this.unclaimed.length > 0 && isKind(target, VOLUME_CLAIM)) this.enterClaims();
    return this.entryOf(target);
  }

  private entryOf({ group, kind }: TargetKind): OfKind {
    const key = `${group}/${kind}`;
    let found = this.kinds.get(key);
    if (found === undefined) this.kinds.set(key, (found = { byName: new Map(), namesIn: new Map(), patterns: [] }));
    return found;
  }
}

function put(called: Map<string, Provided[]>, namespace: string, provided: Provided): void {
  const here = called.get(namespace);
  if (here === undefined) called.set(namespace, [provided]);
  else here.push(provided);
}

/** In place of a namespace, for what lives in none, or may be seen from all. */
const ANYWHERE = '';

interface OfKind {
  /** By name, then by namespace. */
  readonly byName: Map<string, Map<string, Provided[]>>;
  readonly namesIn: Map<string, Set<string>>;
  /** Names with variables in them. */
  readonly patterns: { readonly namespace: string | undefined; readonly name: string }[];
}

const inventories = memoized((context: CheckContext) => memoized((cluster: Cluster) => new Inventory(cluster, context)));

export function inventoryOf(context: CheckContext, cluster: Cluster): Inventory {
  return inventories(context)(cluster);
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
