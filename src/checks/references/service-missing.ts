import type { Rule } from '../rule';
import { missingReferences, reportMissing } from './missing-references';
import { isKind, SERVICE } from './object-reference';

export const serviceMissing: Rule = {
  id: 'service-missing',
  severity: 'warning',
  why: 'What an Ingress or a route sends to a Service that does not exist is answered with an error.',
  example: `backend:
  service:
    name: wbe # the Service is called "web"
    port: {number: 80}`,
  fix: 'name a Service of the same namespace, add it, or list it under checks.outsiders in fluxwright.yaml if something outside this repository makes it',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource',

  *find(context) {
    for (const missing of missingReferences(context)) {
      const { reference } = missing;
      if (isKind(reference.target, SERVICE)) yield reportMissing(context, missing, 'leads to');
    }
  },
};
