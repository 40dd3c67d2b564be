import type { Cluster } from '../../model/flux-kustomization';
import type { CheckContext } from '../check-context';
import { place } from '../graph/cluster-facts';
import type { Report, Rule } from '../rule';
import { inventoryOf } from './inventory';
import { differing, isSelected, selectorText } from './label-selector';
import { mayHoldOthers } from './may-be-made';
import { isSettledIn } from './is-settled';
import { slip } from './name-typo';
import { addedLabels } from './pod-templates';
import { selectablesFor, selectionsOf, type Selectable, type Selection } from './selections';

export const selectorMatchesNothing: Rule = {
  id: 'selector-matches-nothing',
  severity: 'warning',
  why: 'A Service that selects no pods answers nothing, a PodDisruptionBudget that selects none protects nothing, and a monitor that selects none measures nothing; none of them complains.',
  example: `kind: Service
spec:
  selector: {app: wbe} # the pods are labelled "app: web"`,
  fix: 'write the labels that the pods, or for a ServiceMonitor the Services, have',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const selection of selectionsOf(cluster)) {
        const report = unmatched(context, cluster, selection);
        if (report !== undefined) yield report;
      }
    }
  },
};

function unmatched(context: CheckContext, cluster: Cluster, selection: Selection): Report | undefined {
  const { subject, selector, of, path, namespaces } = selection;
  const { applier, object, identity } = subject;
  if (!isSettledIn(context, subject, 'selector', 'matchLabels')) return undefined;
  const unknown = addedLabels(context);
  const candidates = selectablesFor(cluster, selection);
  if (candidates.some((one) => isSelected(selector, one.labels, unknown) || !isSettledIn(context, one.subject, 'labels'))) return undefined;
  const meant = candidates.flatMap((one) => mistyped(selection, one, unknown))[0];
  // beside charts and operators, only a slip is no accident
  if (meant === undefined && (namespaces === undefined ? [undefined] : namespaces).some((namespace) => mayHoldOthers(context, cluster, namespace) || isOthers(context, cluster, namespace))) return undefined;
  return {
    at: { object: { ...object, namespace: identity.namespace }, path },
    message: `selects ${selectorText(selector)}, which no ${of} ${namespaces === undefined ? 'of this cluster' : `in ${namespaces.join(', ')}`} has`,
    fix: meant === undefined ? undefined : `write "${meant.key}: ${meant.value}", as ${meant.title} has it`,
    in: applier === undefined ? undefined : place(cluster, applier),
  };
}

/** The one label that keeps something from being selected, if it is a slip. */
function mistyped({ selector }: Selection, { subject, labels }: Selectable, unknown: ReadonlySet<string>): { key: string; value: string; title: string }[] {
  const [key, ...more] = differing(selector, labels, unknown);
  if (key === undefined || more.length > 0) return [];
  const value = labels[key];
  return value !== undefined && slip(selector.labels[key]!, value) !== undefined ? [{ key, value, title: `${subject.identity.kind} ${subject.identity.name}` }] : [];
}

/** Namespaces in which clusters run pods of their own. */
function isOthers(context: CheckContext, cluster: Cluster, namespace: string | undefined): boolean {
  if (namespace === 'flux-system') return inventoryOf(context, cluster).find({ group: 'apps', kind: 'Deployment' }, namespace, 'source-controller') === undefined;
  return namespace === undefined || namespace.startsWith('kube-') || namespace.startsWith('openshift-') || namespace === 'default';
}
