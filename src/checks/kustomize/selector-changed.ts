import { at, mappingAt, type Data, type Step } from '../../model/fields';
import type { AppliedObject } from '../../model/applied-object';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { identityKey } from '../../model/source-object';
import { listed, place } from '../graph/cluster-facts';
import { directoryOf } from '../../tree/path';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import type { Report, Rule } from '../rule';

export const selectorChanged: Rule = {
  id: 'selector-changed',
  severity: 'error',
  why: 'The selector of a workload cannot be changed: the API server refuses it, and Flux fails until somebody deletes the object. commonLabels, and labels with includeSelectors, change it.',
  example: `commonLabels: # added to a folder whose Deployments run already
  team: shop`,
  fix: 'write "labels: [{ pairs: …, includeTemplates: true }]", which leaves selectors alone',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
  needs: 'base',

  *find(context) {
    const { clusters, base, rendered } = context;
    if (base === undefined) return;
    for (const cluster of clusters) {
      const before = base.clusters.find(({ name }) => name === cluster.name);
      if (before === undefined) continue;
      const workloads = workloadsOf(before);
      for (const kustomization of cluster.kustomizations) {
        for (const object of kustomization.objects) {
          const old = !IMMUTABLE.has(object.kind) ? undefined : workloads.get(identityKey(object));
          if (old !== undefined) yield* changes(object, old, cluster, kustomization);
        }
        if (!rendered) yield* labelChanges(context, before, cluster, kustomization);
      }
    }
  },
};

/** Labels that cannot be changed once the object is there. */
const IMMUTABLE: ReadonlyMap<string, readonly (readonly Step[])[]> = new Map(Object.entries({
  Deployment: [['spec', 'selector', 'matchLabels']],
  ReplicaSet: [['spec', 'selector', 'matchLabels']],
  DaemonSet: [['spec', 'selector', 'matchLabels']],
  StatefulSet: [['spec', 'selector', 'matchLabels'], ['spec', 'volumeClaimTemplates', 0, 'metadata', 'labels']],
  Job: [['spec', 'selector', 'matchLabels'], ['spec', 'template', 'metadata', 'labels']],
}));

const workloadsOf = memoized((cluster: Cluster): ReadonlyMap<string, AppliedObject> => new Map(
  cluster.kustomizations.flatMap(({ objects }) => objects).filter(({ kind }) => IMMUTABLE.has(kind)).map((object) => [identityKey(object), object]),
));

function* changes(object: AppliedObject, old: AppliedObject, cluster: Cluster, kustomization: FluxKustomization): Generator<Report> {
  if (isReplaced(object, kustomization)) return;
  for (const path of IMMUTABLE.get(object.kind)!) {
    const [is, was] = [mappingAt(object.data, path), mappingAt(old.data, path)];
    const changed = differences(was, is);
    if (changed.length === 0) continue;
    const field = path.filter((step) => typeof step === 'string').join('.');
    yield { at: { object, path }, message: `${field} changes (${listed(changed)}): the API server refuses that for a ${object.kind} that is there`, in: place(cluster, kustomization) };
  }
}

/** What is not rendered does not show what labels come to: a change of those that go into selectors is told instead. */
function* labelChanges({ repository, base }: CheckContext, before: Cluster, cluster: Cluster, kustomization: FluxKustomization): Generator<Report> {
  const old = before.kustomizations.find(({ key }) => key === kustomization.key);
  if (old === undefined) return;
  const running = workloadsOf(before);
  const workload = kustomization.objects.find((object) => IMMUTABLE.has(object.kind) && running.has(identityKey(object)) && !isReplaced(object, kustomization));
  if (workload === undefined) return;
  for (const file of kustomization.files) {
    const is = repository.kustomizations.get(directoryOf(file));
    const was = base!.repository.kustomizations.get(directoryOf(file));
    if (is?.path !== file || (was === undefined && old.files.has(file))) continue;
    const changed = differences(selectorLabels(was?.data), selectorLabels(is.data));
    if (changed.length === 0) continue;
    const field = at(is.data, 'commonLabels') !== undefined ? 'commonLabels' : at(is.data, 'labels') !== undefined ? 'labels' : undefined;
    yield { at: { file, ...(field === undefined ? {} : { path: [field] }) }, message: `labels that go into selectors change (${listed(changed)}): the API server refuses that for the ${workload.kind} ${workload.name}, which is there`, in: place(cluster, kustomization) };
  }
}

function selectorLabels(data: Data | undefined): Data {
  const labels = at(data, 'labels');
  const selecting = Array.isArray(labels) ? labels.filter((entry: unknown) => at(entry, 'includeSelectors') === true).map((entry: unknown) => mappingAt(entry, 'pairs')) : [];
  return Object.assign({}, mappingAt(data, 'commonLabels'), ...selecting) as Data;
}

/** Whether Flux deletes the object and makes it anew where it cannot be changed. */
function isReplaced({ data }: AppliedObject, { data: kustomization }: FluxKustomization): boolean {
  const annotation = mappingAt(data, 'metadata.annotations')['kustomize.toolkit.fluxcd.io/force'];
  return at(kustomization, 'spec.force') === true || annotation === 'enabled' || annotation === 'Enabled';
}

function differences(was: Data, is: Data): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].sort().filter((key) => was[key] !== is[key]).map((key) => (
    is[key] === undefined ? `without ${key}` : was[key] === undefined ? `with ${key}: ${shown(is[key])}` : `${key}: ${shown(was[key])} to ${shown(is[key])}`
  ));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}
