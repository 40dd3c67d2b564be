import { at, mappingAt } from '../../model/fields';
import { place } from '../graph/cluster-facts';
import type { Rule } from '../rule';
import { isEmpty, isSelected, labelSelector, selectorText, type LabelSelector } from './label-selector';
import { isSettledIn } from './is-settled';
import { addedLabels, podTemplatesOf } from './pod-templates';

export const selectorDiffersFromTemplate: Rule = {
  id: 'selector-differs-from-template',
  severity: 'error',
  why: 'A Deployment, StatefulSet, DaemonSet or ReplicaSet whose selector does not match the labels of its own pods is refused by the API server, and the whole Kustomization with it.',
  example: `spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: wbe}`,
  fix: 'give the template the labels that the selector names; the selector itself cannot be changed once the object exists',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const { subject, labels, path } of [...podTemplatesOf(cluster).values()].flat()) {
        const { object, identity, applier } = subject;
        if (!CONTROLLERS.has(identity.kind) || identity.group !== 'apps' || at(object.data, 'spec.selector') === undefined) continue;
        const selector = labelSelector(mappingAt(object.data, 'spec.selector'));
        if (isEmpty(selector) || isSelected(selector, labels, addedLabels(context))) continue;
        if (!isSettledIn(context, subject, 'selector', 'matchLabels', 'labels')) continue;
        yield {
          at: { object: { ...object, namespace: identity.namespace }, path },
          message: `the pods have ${selectorText({ labels: asked(labels, selector), expressions: [] }) || 'no such label'}, and the selector wants ${selectorText(selector)}`,
          in: applier === undefined ? undefined : place(cluster, applier),
        };
      }
    }
  },
};

const CONTROLLERS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** The labels that a selector asks about. */
function asked(labels: Readonly<Record<string, string>>, selector: LabelSelector): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => Object.hasOwn(selector.labels, key) || selector.expressions.some((one) => one.key === key)));
}
