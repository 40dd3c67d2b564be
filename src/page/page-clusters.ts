import type { CheckContext } from '../checks/check-context';
import { hideSecrets } from '../diff/fields/secrets';
import type { Graph } from '../graph/graph';
import { mapping } from '../model/fields';
import type { AppliedObject } from '../model/applied-object';
import type { Cluster } from '../model/flux-kustomization';
import { secretVariablesOf, withoutSecretVariables } from '../model/secret-variables';
import { identityOf } from '../model/source-object';
import { clusterPlan } from '../plan/cluster-plan';
import { obstaclesOf } from '../plan/obstacles';
import type { NeedReason } from '../plan/milestone';
import { blockedText, headline, namingOf, stepNotes } from '../plan/output/words';
import type { ClusterPlan, PlannedNever, PlannedStep } from '../plan/plan';
import { wavesOf } from '../plan/waves';
import { visible } from '../visible';
import { boxesOf } from './drawings';
import { imagesIn, shownText } from './object-text';
import type { PageCluster, PageKustomization, PageNeed, PageObject } from './page';
import { fileOf, titlesOf, type Placed, type PlacedFindings } from './place-findings';

/** The texts of all objects together; beyond that, a page takes too long to open. */
const MOST_CHARACTERS = 40_000_000;

export interface Clusters {
  readonly clusters: readonly PageCluster[];
  readonly kustomizations: readonly PageKustomization[];
  /** By Kustomization: the YAML of its objects. */
  readonly texts: readonly (readonly string[] | undefined)[];
}

export interface ClustersQuestion {
  readonly context: CheckContext;
  readonly clusters: readonly Cluster[];
  /** What of the clusters is shown, as a graph. */
  readonly graph: Graph;
  readonly placed: readonly Placed[];
  readonly findings: PlacedFindings;
  /** By Kustomization: the changes that concern it. */
  readonly entries: ReadonlyMap<number, readonly number[]>;
}

/** Clusters with their waves, their Kustomizations, and what these apply. */
export function pageClusters({ context, clusters, graph, placed, findings, entries }: ClustersQuestion): Clusters {
  const obstacles = obstaclesOf(context);
  const kustomizations: PageKustomization[] = [];
  const texts: (readonly string[] | undefined)[] = [];
  let room = MOST_CHARACTERS;
  const pages = clusters.map((cluster, index): PageCluster => {
    const plan = clusterPlan(cluster, wavesOf(cluster, obstacles.get(cluster)));
    const own = placed.filter((one) => one.cluster === cluster);
    const ids = new Map(own.map(({ id, kustomization }) => [kustomization.key, id]));
    const turns = new Turns(plan, ids);
    const secretsOf = secretVariablesOf(context.repository, cluster);
    for (const { id, kustomization } of own) {
      const secret = secretsOf(kustomization);
      const objects = kustomization.objects.map((object) => shownObject(object, withoutSecretVariables(object, secret)));
      const size = objects.reduce((sum, { text }) => sum + text.length, 0);
      room -= size;
      texts.push(room < 0 ? undefined : objects.map(({ text }) => text));
      kustomizations.push({
        cluster: index,
        key: visible(kustomization.key),
        name: visible(turns.name(kustomization.key)),
        path: kustomization.path === undefined ? '' : visible(kustomization.path || '.'),
        failure: kustomization.failure === undefined ? undefined : visible(kustomization.failure, 2000),
        ...turns.of(kustomization.key, kustomization.parent?.key),
        objects: objects.map(({ object, text, identity }) => pageObject(object, identity, imagesIn(text), findings)),
        findings: findings.of(id),
        entries: entries.get(id) ?? [],
      });
    }
    const idsOf = (keys: readonly string[]): number[] => keys.flatMap((key) => ids.get(key) ?? []);
    return {
      name: visible(cluster.name || '.'),
      headline: visible(headline({ of: 'tree', clusters: [] }, plan)),
      waves: plan.waves.map((steps) => idsOf(steps.map(({ kustomization }) => kustomization))).filter((steps) => steps.length > 0),
      never: idsOf(plan.never.filter(({ kind }) => kind === 'Kustomization').map(({ key }) => key)),
      boxes: boxesOf(graph, cluster.name, own),
    };
  });
  return { clusters: pages, kustomizations, texts };
}

/** When the Kustomizations of a cluster come up, and after what. */
class Turns {
  readonly name: (key: string) => string;
  private readonly steps: ReadonlyMap<string, { readonly step: PlannedStep; readonly wave: number }>;
  private readonly never: ReadonlyMap<string, PlannedNever>;
  private readonly critical: ReadonlySet<string>;

  constructor(plan: ClusterPlan, private readonly ids: ReadonlyMap<string, number>) {
    this.name = namingOf(plan);
    this.steps = new Map(plan.waves.flatMap((steps, index) => steps.map((step) => [step.kustomization, { step, wave: index + 1 }] as const)));
    this.never = new Map(plan.never.flatMap((one) => (one.kind === 'Kustomization' ? [[one.key, one] as const] : [])));
    this.critical = new Set(plan.criticalPath.map(({ kustomization }) => kustomization));
  }

  of(key: string, parent: string | undefined): Pick<PageKustomization, 'wave' | 'why' | 'isCritical' | 'notes' | 'needs'> {
    const [found, never] = [this.steps.get(key), this.never.get(key)];
    const waits = [...(parent === undefined ? [] : [{ reason: 'applied-by' as const, on: [parent] }]), ...(found === undefined ? never?.blockedBy.map(({ reason, on }) => ({ reason, on: [on] })) ?? [] : [...found.step.after, ...found.step.early])];
    return {
      wave: found?.wave ?? never?.appliesIn,
      why: never === undefined ? undefined : visible(never.faults[0] === undefined ? blockedText(never, this.name) : `${never.faults[0].message}. Fix: ${never.faults[0].fix}`, 2000),
      isCritical: this.critical.has(key),
      notes: found === undefined ? [] : stepNotes(found.step, this.name).filter((note) => !note.startsWith('after ')).map((note) => visible(note)),
      needs: [...grouped(waits)].map(([reason, keys]): PageNeed => ({ reason: REASONS[reason], on: keys.flatMap((one) => this.ids.get(one) ?? []) })).filter(({ on }) => on.length > 0),
    };
  }
}

const REASONS: Readonly<Record<NeedReason, string>> = {
  'applied-by': 'applied by', 'depends-on': 'depends on', source: 'needs the source of', crd: 'needs the CRDs of', namespace: 'needs the namespace of', wait: 'waits for', 'health-check': 'checks the health of',
};

function grouped(waits: readonly { readonly reason: NeedReason; readonly on: readonly string[] }[]): ReadonlyMap<NeedReason, string[]> {
  const found = new Map<NeedReason, string[]>();
  for (const { reason, on } of waits) found.set(reason, [...new Set([...(found.get(reason) ?? []), ...on])]);
  return found;
}

interface ShownObject {
  readonly object: AppliedObject;
  readonly identity: ReturnType<typeof identityOf>;
  readonly text: string;
}

function shownObject(object: AppliedObject, data: AppliedObject['data']): ShownObject {
  return { object, identity: identityOf(data), text: shownText(mapping(hideSecrets(data, { isSecret: object.group === '' && object.kind === 'Secret' }))) };
}

function pageObject(object: AppliedObject, { kind, namespace, name }: ShownObject['identity'], images: readonly string[], findings: PlacedFindings): PageObject {
  const file = fileOf(object);
  const line = object.source?.line ?? 0;
  return {
    kind: visible(kind), name: visible(namespace === undefined ? name : `${namespace}/${name}`), images,
    place: file === undefined ? 'generated' : visible(`${file}${line > 1 ? `:${line}` : ''}`),
    findings: findings.ofObject(file, ...titlesOf(object)),
  };
}
