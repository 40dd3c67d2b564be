import { containersOf } from '../../model/containers';
import { listAt, textAt } from '../../model/fields';
import { isPlaceholder } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import { place } from '../graph/cluster-facts';
import type { Rule } from '../rule';
import { isSelected } from './label-selector';
import { isSettledIn } from './is-settled';
import { addedLabels } from './pod-templates';
import { namedPorts, selectablesFor, selectionsOf } from './selections';

export const targetPortMissing: Rule = {
  id: 'target-port-missing',
  severity: 'error',
  why: 'A Service whose targetPort is a name that no container has sends its requests nowhere: the pods are left out of its endpoints, and nothing complains.',
  example: `kind: Service
spec:
  ports:
    - port: 80
      targetPort: http # the container calls its port "web"`,
  fix: 'write the name that the container gives the port, or its number',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const selection of selectionsOf(cluster)) {
        const { subject, selector } = selection;
        const { object, identity, applier } = subject;
        if (identity.kind !== 'Service') continue;
        const pods = selectablesFor(cluster, selection).filter(({ labels }) => isSelected(selector, labels, addedLabels(context)));
        if (pods.length === 0 || !pods.every((pod) => isSettledIn(context, pod.subject, 'ports', 'containers'))) continue;
        const names = pods.flatMap((pod) => containersOf(pod.subject.object).flatMap(({ data }) => namedPorts(data)));
        for (const [index, port] of listAt(object.data, 'spec.ports').entries()) {
          const name = textAt(port, 'targetPort');
          if (name === undefined || /^\d+$/.test(name) || isPlaceholder(`${name}${names.join('')}`) || names.includes(name) || !isSettledIn(context, subject, 'targetPort')) continue;
          const nearest = nearestTo(name, names) ?? (names.length === 1 ? names[0] : undefined);
          yield {
            at: { object: { ...object, namespace: identity.namespace }, path: ['spec', 'ports', index, 'targetPort'] },
            message: `sends to the port ${name} of ${pods.map((pod) => `${pod.subject.identity.kind} ${pod.subject.identity.name}`).join(', ')}, whose containers ${names.length === 0 ? 'name no port' : `have ${names.join(', ')}`}`,
            fix: nearest === undefined ? undefined : `write "targetPort: ${nearest}"`,
            in: applier === undefined ? undefined : place(cluster, applier),
          };
        }
      }
    }
  },
};
