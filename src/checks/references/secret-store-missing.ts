import type { Rule } from '../rule';
import { missingReferences, reportMissing } from './missing-references';

export const secretStoreMissing: Rule = {
  id: 'secret-store-missing',
  severity: 'warning',
  why: 'An ExternalSecret whose store does not exist makes no Secret, and what needs that does not start.',
  example: `secretStoreRef:
  kind: ClusterSecretStore
  name: valt # the ClusterSecretStore is called "vault"`,
  fix: 'name a store of the cluster, of its kind: a SecretStore serves its own namespace, a ClusterSecretStore all; or list it under checks.outsiders in fluxwright.yaml if something outside this repository makes it',
  link: 'https://external-secrets.io/latest/api/externalsecret/',

  *find(context) {
    for (const missing of missingReferences(context)) {
      const { reference } = missing;
      if (reference.target.group === 'external-secrets.io') yield reportMissing(context, missing, 'reads from');
    }
  },
};
