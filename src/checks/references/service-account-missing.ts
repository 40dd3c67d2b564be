import type { Rule } from '../rule';
import { missingReferences, reportMissing } from './missing-references';
import { isKind, SERVICE_ACCOUNT } from './object-reference';

export const serviceAccountMissing: Rule = {
  id: 'service-account-missing',
  severity: 'warning',
  why: 'Pods of a service account that does not exist are not created, and Flux applies nothing in the name of one that is missing.',
  example: `spec:
  serviceAccountName: wbe # the ServiceAccount is called "web"`,
  fix: 'name a ServiceAccount of the same namespace, add it, or list it under checks.outsiders in fluxwright.yaml if something outside this repository makes it',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/',

  *find(context) {
    for (const missing of missingReferences(context)) {
      const { reference } = missing;
      if (isKind(reference.target, SERVICE_ACCOUNT)) yield reportMissing(context, missing, 'runs as');
    }
  },
};
