import { listAt, mappingAt, textAt } from '../../model/fields';
import { place } from '../graph/cluster-facts';
import { inventoryOf } from '../references/inventory';
import { isSettledIn } from '../references/is-settled';
import { labelsIn } from '../references/label-selector';
import { GATEWAY } from '../references/object-reference';
import { addedLabels } from '../references/pod-templates';
import { subjectsOf } from '../references/subjects';
import type { Rule } from '../rule';
import { attachmentOf, refusal, type NamespaceLabels } from './listeners';

export const listenerRefusesRoute: Rule = {
  id: 'listener-refuses-route',
  severity: 'error',
  why: 'A route that no listener of its Gateway takes is not served: by the listener\'s name or port, the kind of route, the namespaces that it takes routes from (its own, if it says nothing), or its hostname.',
  example: `# the Gateway lies in "gateways", with no allowedRoutes
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs: [{name: public, namespace: gateways}]`,
  fix: 'change what the route asks for, or let the listener take it: allowedRoutes.namespaces.from: All, or Selector',
  link: 'https://gateway-api.sigs.k8s.io/reference/spec/#allowedroutes',

  *find(context) {
    for (const cluster of context.clusters) {
      const labelsOf: NamespaceLabels = (namespace) => {
        const found = inventoryOf(context, cluster).find({ group: '', kind: 'Namespace' }, undefined, namespace)?.subject;
        return found === undefined || !isSettledIn(context, found, 'labels') || addedLabels(context).size > 0 ? undefined : labelsIn(mappingAt(found.object.data, 'metadata.labels'));
      };
      for (const subject of subjectsOf(cluster)) {
        const { object, identity: { group, kind, namespace }, applier } = subject;
        if (group !== GATEWAY.group || !kind.endsWith('Route') || namespace === undefined || !isSettledIn(context, subject, 'parentRefs', 'hostnames', 'sectionName', 'namespace')) continue;
        for (const [index, parent] of listAt(object.data, 'spec.parentRefs').entries()) {
          if ((textAt(parent, 'kind') ?? 'Gateway') !== 'Gateway' || (textAt(parent, 'group') ?? GATEWAY.group) !== GATEWAY.group) continue;
          const [name, of] = [textAt(parent, 'name') ?? '', textAt(parent, 'namespace') ?? namespace];
          const gateway = inventoryOf(context, cluster).find(GATEWAY, of, name)?.subject;
          if (gateway === undefined || gateway.identity.namespace === undefined || !isSettledIn(context, gateway, 'listeners', 'allowedRoutes', 'hostname', 'from')) continue;
          const attachment = attachmentOf(object.data, parent, kind, namespace);
          const reason = refusal(gateway.object.data, of, attachment, labelsOf);
          if (reason === undefined) continue;
          yield {
            at: { object: { ...object, namespace }, path: ['spec', 'parentRefs', index] },
            message: `is not served by the Gateway ${of}/${name}, which ${reason}`,
            in: applier === undefined ? undefined : place(cluster, applier),
          };
        }
      }
    }
  },
};
