import type { Rule } from '../rule';
import { inventoryOf } from './inventory';
import { missingReferences, reportMissing } from './missing-references';
import { isKind, SECRET } from './object-reference';

export const secretMissing: Rule = {
  id: 'secret-missing',
  severity: 'warning',
  why: 'A pod whose Secret does not exist does not start, and what Flux reads values or variables from a missing one is not applied.',
  example: `envFrom:
  - secretRef:
      name: web-scret # the Secret is called "web-secret"`,
  fix: 'name a Secret of the same namespace, add it (encrypted, or as an ExternalSecret), mark the reference "optional: true", or list it under checks.outsiders in fluxwright.yaml if something outside this repository makes it',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret',

  *find(context) {
    for (const missing of missingReferences(context)) {
      const { reference, meant, cluster } = missing;
      if (!isKind(reference.target, SECRET) || (reference.isOftenHandmade === true && meant === undefined)) continue;
      // a repository that keeps no Secrets at all says that people make them elsewhere
      const keepsNone = inventoryOf(context, cluster).names(SECRET, undefined).length === 0;
      yield reportMissing(context, missing, 'needs', keepsNone ? 'notice' : undefined);
    }
  },
};
