import type { CheckContext } from '../checks/check-context';
import { namedIn, type Named } from '../checks/graph/cluster-facts';
import { dependencyKeys, helmReleasesOf } from '../checks/graph/helm-releases';
import { chartSource, sourceKey, sourcesOf } from '../checks/graph/sources-of-cluster';
import { listAt, textAt, type Data } from '../model/fields';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';
import { isPlaceholder } from '../model/set-aside';
import { groupOf } from '../model/source-object';
import { isFluxKustomization, sourceReference, type SourceReference } from '../model/sources';
import { circleFault, missingFault } from '../plan/fault-text';
import type { Fault, Never } from '../plan/never';
import { obstaclesOf } from '../plan/obstacles';
import { wavesOf } from '../plan/waves';
import type { EdgeKind, Graph } from './graph';
import { GraphDraft, type NodeFacts } from './graph-draft';
import { enterImages } from './image-nodes';

/** The graph of clusters: Kustomizations, HelmReleases, sources and image automation. */
export function makeGraph(context: CheckContext, clusters: readonly Cluster[]): Graph {
  const draft = new GraphDraft();
  const obstacles = obstaclesOf(context);
  for (const cluster of clusters) new ClusterGraph(draft, cluster, factsOf(cluster, wavesOf(cluster, obstacles.get(cluster)))).enter();
  enterImages(draft, context, clusters);
  return draft.graph;
}

type Kind = 'Kustomization' | 'HelmRelease';

interface ClusterFacts {
  /** By kind and key. */
  readonly states: ReadonlyMap<string, NodeFacts>;
  /** Edges of circles, as `from to kind`. */
  readonly circles: ReadonlySet<string>;
}

class ClusterGraph {
  private readonly appliedSources = new Map<string, Named>();

  constructor(private readonly draft: GraphDraft, private readonly cluster: Cluster, private readonly facts: ClusterFacts) {
    for (const kustomization of cluster.kustomizations) {
      for (const named of namedIn(kustomization)) {
        const { group, kind, namespace, name } = named.identity;
        if (group === 'source.toolkit.fluxcd.io') this.appliedSources.set(sourceKey({ kind, name, namespace: namespace ?? kustomization.namespace }), named);
      }
    }
  }

  enter(): void {
    for (const one of this.cluster.kustomizations) this.enterKustomization(one);
    for (const { key, object, kustomization, namespace } of helmReleasesOf(this.cluster)) {
      const id = this.own('HelmRelease', key, textAt(object.data, 'spec.chart.spec.chart') ?? textAt(object.data, 'spec.chartRef.name'));
      this.link('Kustomization', kustomization.key, id, 'HelmRelease', key, 'applies');
      this.dependencies('HelmRelease', key, object.data, namespace);
      const source = chartSource(object.data, namespace);
      if (source !== undefined) this.draft.edge(id, this.source(source.reference), 'source');
    }
    for (const [key, { kustomization }] of this.appliedSources) {
      const [kind = '', namespace = '', name = ''] = key.split('/');
      const own = sourceReference(kustomization.data, kustomization.namespace);
      // bootstrap has brought its own source, which comes before it
      if (sourceKey(own) !== key) this.draft.edge(this.own('Kustomization', kustomization.key), this.source({ kind, namespace, name }), 'applies');
    }
  }

  private enterKustomization(one: FluxKustomization): void {
    const id = this.own('Kustomization', one.key, one.path === '' ? '.' : one.path);
    if (one.parent !== undefined) this.link('Kustomization', one.parent.key, id, 'Kustomization', one.key, 'applies');
    this.dependencies('Kustomization', one.key, one.data, one.namespace);
    const reference = sourceReference(one.data, one.namespace);
    const isImplied = one.parent !== undefined && sourceKey(sourceReference(one.parent.data, one.parent.namespace)) === sourceKey(reference);
    if (reference.name !== '') this.draft.edge(id, this.source(reference), 'source', { isImplied });
    for (const check of listAt(one.data, 'spec.healthChecks')) {
      const [kind = '', name = '', namespace = one.namespace, group = ''] = [textAt(check, 'kind'), textAt(check, 'name'), textAt(check, 'namespace'), groupOf(textAt(check, 'apiVersion') ?? '')];
      const of = isFluxKustomization({ group, kind }) ? 'Kustomization' : group === 'helm.toolkit.fluxcd.io' ? 'HelmRelease' : undefined;
      const key = `${namespace}/${name}`;
      if (of !== undefined && name !== '' && key !== one.key) this.draft.edge(id, this.named(of, key), 'health-check', { inCircle: this.isInCircle('Kustomization', one.key, of, key, 'health-check') });
    }
  }

  private dependencies(kind: Kind, key: string, data: Data, namespace: string): void {
    for (const dependency of dependencyKeys(data, namespace)) {
      this.draft.edge(this.own(kind, key), this.named(kind, dependency.key), 'depends-on', { inCircle: this.isInCircle(kind, key, kind, dependency.key, 'depends-on') });
    }
  }

  private link(kind: Kind, key: string, to: string, ofKind: Kind, ofKey: string, edge: EdgeKind): void {
    // who waits for what it applies, or is applied by it, is held by the same arrow
    const inCircle = this.isInCircle(ofKind, ofKey, kind, key, 'applied-by') || this.isInCircle(kind, key, ofKind, ofKey, 'wait');
    this.draft.edge(this.own(kind, key), to, edge, { inCircle });
  }

  private isInCircle(kind: Kind, key: string, toKind: Kind, toKey: string, reason: string): boolean {
    return this.facts.circles.has(`${kind} ${key}\n${toKind} ${toKey}\n${reason}`);
  }

  private own(kind: Kind, key: string, detail?: string): string {
    const slash = key.indexOf('/');
    return this.draft.node(this.cluster.name, kind, key.slice(0, slash), key.slice(slash + 1), { detail, ...this.facts.states.get(`${kind} ${key}`) });
  }

  /** One that something names, which may not be there. */
  private named(kind: Kind, key: string): string {
    const isThere = this.facts.states.has(`${kind} ${key}`) || isPlaceholder(key);
    const slash = key.indexOf('/');
    return isThere ? this.own(kind, key, this.detailOf(kind, key)) : this.draft.node(this.cluster.name, kind, key.slice(0, slash), key.slice(slash + 1), { state: 'missing' });
  }

  /** The first that is told of a node counts, and it may be told of by its name before its turn. */
  private detailOf(kind: Kind, key: string): string | undefined {
    if (kind === 'Kustomization') {
      const path = this.cluster.kustomizations.find((one) => one.key === key)?.path;
      return path === '' ? '.' : path;
    }
    const data = helmReleasesOf(this.cluster).find((one) => one.key === key)?.object.data;
    return textAt(data, 'spec.chart.spec.chart') ?? textAt(data, 'spec.chartRef.name');
  }

  private source(reference: SourceReference): string {
    const { kind, namespace, name } = reference;
    const key = sourceKey(reference);
    const byHand = this.cluster.byHand.find((object) => object.group === 'source.toolkit.fluxcd.io' && sourceKey({ kind: object.kind, namespace: object.namespace ?? 'flux-system', name: object.name }) === key);
    const isThere = sourcesOf(this.cluster).has(key) || isPlaceholder(key);
    return this.draft.node(this.cluster.name, kind, namespace, name, isThere ? { detail: textAt((this.appliedSources.get(key)?.object ?? byHand)?.data, 'spec.url') } : { state: 'missing' });
  }
}

function factsOf(cluster: Cluster, { waves, never }: ReturnType<typeof wavesOf>): ClusterFacts {
  const states = new Map<string, NodeFacts>();
  for (const { key } of helmReleasesOf(cluster)) states.set(`HelmRelease ${key}`, {});
  for (const steps of waves) for (const { kustomization: { key }, wave } of steps) states.set(`Kustomization ${key}`, { wave });
  for (const one of never) states.set(`${one.subject.kind} ${one.subject.key}`, { state: 'never', why: whyNever(one), ...(one.appliesIn === undefined ? {} : { wave: one.appliesIn }) });
  const circles = new Set(never.flatMap(({ faults }) => faults.flatMap((fault) => (fault.type !== 'circle' ? [] : fault.circle.links.map(({ subject, reason }, index) => {
    const next = fault.circle.links[(index + 1) % fault.circle.links.length]!.subject;
    return `${subject.kind} ${subject.key}\n${next.kind} ${next.key}\n${reason}`;
  })))));
  return { states, circles };
}

function whyNever({ faults: [first], roots }: Never): string {
  return first === undefined ? `waits for ${roots.map(({ key }) => key).join(', ')}` : faultText(first);
}

function faultText(fault: Fault): string {
  if (fault.type === 'circle') return circleFault(fault.circle).message;
  return fault.type === 'missing' ? missingFault(fault.what).message : fault.obstacle.message;
}
