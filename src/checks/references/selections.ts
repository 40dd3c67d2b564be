import { at, listAt, textAt, textsAt, type Step } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import { memoized } from '../memoized';
import { isEmpty, labelSelector, labelsIn, plainSelector, type LabelSelector } from './label-selector';
import { podTemplatesOf } from './pod-templates';
import { byNamespace, subjectsOf, type Subject } from './subjects';

/** An object that selects others by their labels. */
export interface Selection {
  readonly subject: Subject;
  readonly selector: LabelSelector;
  readonly path: readonly Step[];
  /** What it selects, as people say it. */
  readonly of: 'pod template' | 'Service';
  /** Where it selects; undefined for everywhere. */
  readonly namespaces: readonly string[] | undefined;
}

/** Something with labels that may be selected. */
export interface Selectable {
  readonly subject: Subject;
  readonly labels: Readonly<Record<string, string>>;
}

/** Every selection of a cluster that is made by labels, and not of everything. */
export function selectionsOf(cluster: Cluster): Selection[] {
  return subjectsOf(cluster).flatMap((subject): Selection[] => {
    const { object: { data }, identity: { group, kind, namespace } } = subject;
    if (namespace === undefined || isPlaceholder(namespace)) return [];
    if (group === '' && kind === 'Service') return at(data, 'spec.type') === 'ExternalName' ? [] : selection(subject, plainSelector(at(data, 'spec.selector')), 'pod template', [namespace]);
    const selector = labelSelector(at(data, 'spec.selector'));
    if (group === 'policy' && kind === 'PodDisruptionBudget') return selection(subject, selector, 'pod template', [namespace]);
    if (group !== 'monitoring.coreos.com' || (kind !== 'ServiceMonitor' && kind !== 'PodMonitor')) return [];
    const named = textsAt(data, 'spec.namespaceSelector.matchNames');
    const namespaces = at(data, 'spec.namespaceSelector.any') === true ? undefined : named.length > 0 ? named : [namespace];
    return selection(subject, selector, kind === 'ServiceMonitor' ? 'Service' : 'pod template', namespaces);
  });
}

function selection(subject: Subject, selector: LabelSelector, of: Selection['of'], namespaces: readonly string[] | undefined): Selection[] {
  return isEmpty(selector) ? [] : [{ subject, selector, path: ['spec', 'selector'], of, namespaces }];
}

/** What of the tree a selection may select, whatever its labels. */
export function selectablesFor(cluster: Cluster, { of, namespaces }: Selection): Selectable[] {
  const all = of === 'Service' ? servicesOf(cluster) : podTemplatesOf(cluster);
  if (namespaces === undefined) return [...all.values()].flat();
  return [...namespaces, undefined].flatMap((namespace) => all.get(namespace) ?? []);
}

const servicesOf = memoized((cluster: Cluster) => byNamespace(subjectsOf(cluster).flatMap((subject) => (
  subject.identity.kind === 'Service' && subject.identity.group === '' ? [{ subject, labels: labelsIn(at(subject.object.data, 'metadata.labels')) }] : []
))));

/** The ports that containers of a pod have names for. */
export function namedPorts(container: unknown): string[] {
  return listAt(container, 'ports').flatMap((port) => textAt(port, 'name') ?? []);
}
