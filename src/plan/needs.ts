import { creatorsOf, KNOWN_NAMESPACES } from '../checks/graph/namespace-missing';
import { namedIn, orderOf } from '../checks/graph/cluster-facts';
import { crdInstallers, isFluxGroup } from '../checks/graph/custom-resources';
import { dependencyKeys, helmReleasesOf } from '../checks/graph/helm-releases';
import { chartSource, sourceKey } from '../checks/graph/sources-of-cluster';
import { at, listAt, textAt } from '../model/fields';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';
import { isPlaceholder } from '../model/set-aside';
import { groupOf, identityKey } from '../model/source-object';
import { isFluxKustomization, sourceReference, type SourceReference } from '../model/sources';
import { isFoundOutByFailing, subjectId, type Milestone, type Need, type Subject } from './milestone';

/** A milestone with everything that has to be there before. */
export interface Waiting {
  readonly milestone: Milestone;
  readonly needs: readonly Need[];
}

/** What each Kustomization and HelmRelease of a cluster waits for, as kustomize-controller and helm-controller wait. */
export function needsOf(cluster: Cluster): Waiting[] {
  return new ClusterNeeds(cluster).all();
}

class ClusterNeeds {
  private readonly milestones = new Map<string, { readonly applied: Milestone; readonly ready: Milestone }>();
  private readonly children = new Map<FluxKustomization, FluxKustomization[]>();
  private readonly sources = new Map<string, FluxKustomization[]>();
  private readonly appliers = new Map<string, FluxKustomization[]>();
  private readonly sourcesByHand: ReadonlySet<string>;
  /** Whether a Kustomization that is built elsewhere may apply what is missed here. */
  private readonly isOpen: boolean;

  constructor(private readonly cluster: Cluster) {
    for (const kustomization of cluster.kustomizations) {
      this.enter({ kind: 'Kustomization', key: kustomization.key, object: kustomization.object, kustomization });
      if (kustomization.parent !== undefined) push(this.children, kustomization.parent, kustomization);
      for (const { identity } of namedIn(kustomization)) {
        push(this.appliers, identityKey(identity), kustomization);
        if (identity.group === 'source.toolkit.fluxcd.io') push(this.sources, sourceKey({ ...identity, namespace: identity.namespace ?? kustomization.namespace }), kustomization);
      }
    }
    for (const { key, object, kustomization } of helmReleasesOf(cluster)) this.enter({ kind: 'HelmRelease', key, object, kustomization });
    this.sourcesByHand = new Set(cluster.byHand.flatMap(({ group, kind, namespace = 'flux-system', name }) => (group === 'source.toolkit.fluxcd.io' ? [sourceKey({ kind, namespace, name })] : [])));
    this.isOpen = cluster.kustomizations.some(({ path }) => path === undefined);
  }

  all(): Waiting[] {
    return [...this.milestones.values()].flatMap(({ applied, ready }) => {
      const { subject } = applied;
      const readyNeeds: Need[] = [{ reason: 'applied-by', anyOf: [applied] }, ...(subject.kind === 'Kustomization' ? this.healthOf(subject.kustomization) : this.releaseNeeds(subject))];
      return [{ milestone: applied, needs: subject.kind === 'Kustomization' ? this.applyNeeds(subject.kustomization) : [this.after('applied-by', [subject.kustomization])] }, { milestone: ready, needs: readyNeeds }];
    });
  }

  private enter(subject: Subject): void {
    const id = subjectId(subject);
    if (!this.milestones.has(id)) this.milestones.set(id, { applied: { subject, event: 'applied' }, ready: { subject, event: 'ready' } });
  }

  private applyNeeds(one: FluxKustomization): Need[] {
    const byOrder = [...(one.parent === undefined ? [] : [this.after('applied-by', [one.parent])]), ...this.dependencies('Kustomization', one.data, one.namespace)];
    return [...byOrder, ...this.sourceNeed(sourceReference(one.data, one.namespace), one), ...this.crdNeeds(one), ...this.namespaceNeeds(one)].filter((need) => !isFoundOutByFailing(need) || !this.comesBefore(one, need));
  }

  /** Whether one of those that give what is needed has applied it anyway, by the order that is written down. */
  private comesBefore(one: FluxKustomization, { anyOf }: Need): boolean {
    const before = orderOf(this.cluster).before(one);
    return anyOf.some(({ subject }) => subject.kustomization !== one && before.has(subject.kustomization));
  }

  private dependencies(kind: Subject['kind'], data: unknown, namespace: string): Need[] {
    return dependencyKeys(data, namespace).flatMap(({ key, index }): Need[] => {
      const found = this.milestones.get(subjectId({ kind, key }));
      if (found === undefined) return this.isOpen || isPlaceholder(key) ? [] : [{ reason: 'depends-on', anyOf: [], what: `${kind} ${key}` }];
      // an expression of the user decides in place of the Ready condition, from the moment that the object is there
      const hasExpression = textAt(listAt(data, 'spec.dependsOn')[index], 'readyExpr') !== undefined;
      return [{ reason: 'depends-on', anyOf: [hasExpression ? found.applied : found.ready] }];
    });
  }

  private sourceNeed(reference: SourceReference, one: FluxKustomization): Need[] {
    const appliers = this.sources.get(sourceKey(reference)) ?? [];
    const comesByHand = this.sourcesByHand.has(sourceKey(reference)) || (one.parent === undefined && appliers.includes(one));
    return appliers.length === 0 || comesByHand ? [] : [this.after('source', appliers, `${reference.kind} ${reference.namespace}/${reference.name}`)];
  }

  /** Flux applies CRDs before all else of a Kustomization, so that its own are there in time. */
  private crdNeeds(one: FluxKustomization): Need[] {
    const installers = crdInstallers(this.cluster);
    const kinds = new Map(one.objects.map(({ group, kind }) => [`${group}/${kind}`, { group, kind }]));
    return [...kinds].flatMap(([key, { group, kind }]) => {
      const from = installers.get(key) ?? [];
      return from.length === 0 || from.includes(one) || isFluxGroup(group) ? [] : [this.after('crd', from, kind)];
    });
  }

  private namespaceNeeds(one: FluxKustomization): Need[] {
    const { applied, byHand } = creatorsOf(this.cluster);
    const namespaces = new Set(namedIn(one).flatMap(({ identity: { namespace, kind } }) => (namespace === undefined || kind === 'Namespace' ? [] : [namespace])));
    return [...namespaces].flatMap((namespace) => {
      const from = applied.get(namespace) ?? [];
      return from.length === 0 || from.includes(one) || byHand.has(namespace) || KNOWN_NAMESPACES.has(namespace) ? [] : [this.after('namespace', from, namespace)];
    });
  }

  /** With `wait`, Flux looks at all that it applies, and at no healthChecks; it never waits for itself. */
  private healthOf(one: FluxKustomization): Need[] {
    if (at(one.data, 'spec.wait') === true) {
      const kustomizations = (this.children.get(one) ?? []).map((child) => this.ready('Kustomization', child.key));
      const releases = namedIn(one).flatMap(({ identity: { group, kind, namespace, name } }) => (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease' ? this.ready('HelmRelease', `${namespace}/${name}`) : []));
      return [...kustomizations, ...releases].flat().map((milestone) => ({ reason: 'wait', anyOf: [milestone] }));
    }
    return listAt(one.data, 'spec.healthChecks').flatMap((check): Need[] => {
      const [apiVersion = '', kind = '', name = '', namespace] = ['apiVersion', 'kind', 'name', 'namespace'].map((field) => textAt(check, field));
      const group = groupOf(apiVersion);
      if (isFluxKustomization({ group, kind }) && `${namespace}/${name}` === one.key) return [];
      const waited = isFluxKustomization({ group, kind }) ? this.ready('Kustomization', `${namespace}/${name}`) : group === 'helm.toolkit.fluxcd.io' ? this.ready('HelmRelease', `${namespace}/${name}`) : [];
      if (waited.length > 0) return [{ reason: 'health-check', anyOf: waited }];
      const appliers = this.appliers.get(identityKey({ apiVersion, group, kind, namespace, name })) ?? [];
      return appliers.length === 0 || appliers.includes(one) ? [] : [this.after('health-check', appliers, `${kind} ${namespace}/${name}`)];
    });
  }

  private releaseNeeds({ object: { data }, key, kustomization }: Subject): Need[] {
    const namespace = key.slice(0, key.indexOf('/'));
    const source = chartSource(data, namespace);
    const sourceNeeds = source === undefined ? [] : this.sourceNeed(source.reference, kustomization).filter((need) => !need.anyOf.some(({ subject }) => subject.kustomization === kustomization));
    return [...this.dependencies('HelmRelease', data, namespace), ...sourceNeeds];
  }

  private ready(kind: Subject['kind'], key: string): Milestone[] {
    const found = this.milestones.get(subjectId({ kind, key }));
    return found === undefined ? [] : [found.ready];
  }

  private after(reason: Need['reason'], kustomizations: readonly FluxKustomization[], what?: string): Need {
    const anyOf = kustomizations.map(({ key }) => this.milestones.get(subjectId({ kind: 'Kustomization', key }))!.applied);
    return what === undefined ? { reason, anyOf } : { reason, anyOf, what };
  }
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else if (!list.includes(item)) list.push(item);
}
