import { missingReferences, reportMissing } from '../references/missing-references';
import type { Rule } from '../rule';

export const issuerMissing: Rule = {
  id: 'issuer-missing',
  severity: 'warning',
  why: 'A certificate of an issuer that does not exist is never issued: its Secret stays away, and what serves with it does not start, or serves with a certificate that nobody trusts.',
  example: `kind: Certificate
spec:
  issuerRef: {kind: ClusterIssuer, name: letsencypt} # the ClusterIssuer is called "letsencrypt"`,
  fix: 'name an issuer of the cluster, and its kind: an Issuer serves its own namespace, a ClusterIssuer all; or list it under checks.outsiders in fluxwright.yaml',
  link: 'https://cert-manager.io/docs/concepts/issuer/',

  *find(context) {
    for (const missing of missingReferences(context)) {
      if (missing.reference.target.group === 'cert-manager.io') yield reportMissing(context, missing, 'asks');
    }
  },
};
