import type { Rule } from '../rule';
import { missingReferences } from './missing-references';
import { isKind, SECRET } from './object-reference';

export const credentialsUnknown: Rule = {
  id: 'credentials-unknown',
  severity: 'notice',
  why: 'Credentials for what is fetched, pulled or told are often made with kubectl or "flux create secret": whoever builds the cluster anew has to know of them.',
  example: `kind: OCIRepository
spec:
  secretRef: {name: ghcr-auth} # made by nothing in the tree`,
  fix: 'keep it in the tree, encrypted or as an ExternalSecret, or list it under checks.outsiders in fluxwright.yaml, which also tells others that it is needed',
  link: 'https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference',

  *find(context) {
    for (const { reference, subject: { object, identity }, more, meant } of missingReferences(context)) {
      if (!isKind(reference.target, SECRET) || reference.isOftenHandmade !== true || meant !== undefined) continue;
      yield {
        at: { object: { ...object, namespace: identity.namespace }, path: reference.path },
        message: `names the Secret ${reference.namespace}/${reference.name}, which nothing in the tree makes${more === 0 ? '' : `, as ${more === 1 ? 'does 1 more object' : `do ${more} more objects`}`}`,
        fix: `keep it in the tree, encrypted or as an ExternalSecret, or list "Secret/${reference.namespace}/${reference.name}" under checks.outsiders in fluxwright.yaml`,
      };
    }
  },
};
