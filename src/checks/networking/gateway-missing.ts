import { missingReferences, reportMissing } from '../references/missing-references';
import { GATEWAY, isKind, ISTIO_GATEWAY } from '../references/object-reference';
import type { Rule } from '../rule';

export const gatewayMissing: Rule = {
  id: 'gateway-missing',
  severity: 'warning',
  why: 'A VirtualService or a route of the Gateway API that names a gateway which does not exist is attached to nothing: its host is not served, and nothing complains but the status of the route.',
  example: `kind: VirtualService
spec:
  gateways: [istio-system/pubic] # the Gateway is called "public"`,
  fix: 'name a Gateway of the cluster, with its namespace if that is another ("namespace/name" for Istio), or list it under checks.outsiders in fluxwright.yaml',
  link: 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService',

  *find(context) {
    for (const missing of missingReferences(context)) {
      const { target } = missing.reference;
      if (isKind(target, GATEWAY) || isKind(target, ISTIO_GATEWAY)) yield reportMissing(context, missing, 'is attached to');
    }
  },
};
