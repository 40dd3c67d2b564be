import type { Rule } from '../rule';
import { missingReferences, reportMissing } from './missing-references';
import { CONFIG_MAP, isKind } from './object-reference';

export const configMapMissing: Rule = {
  id: 'config-map-missing',
  severity: 'warning',
  why: 'A pod whose ConfigMap does not exist does not start, and what Flux reads values or variables from a missing one is not applied.',
  example: `envFrom:
  - configMapRef:
      name: web-confg # the ConfigMap is called "web-config"`,
  fix: 'name a ConfigMap of the same namespace, add it, mark the reference "optional: true", or list it under checks.outsiders in fluxwright.yaml if something outside this repository makes it',
  link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps',

  *find(context) {
    for (const missing of missingReferences(context)) {
      const { reference } = missing;
      if (isKind(reference.target, CONFIG_MAP)) yield reportMissing(context, missing, 'needs');
    }
  },
};
