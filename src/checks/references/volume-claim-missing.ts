import type { Rule } from '../rule';
import { missingReferences, reportMissing } from './missing-references';
import { isKind, VOLUME_CLAIM } from './object-reference';

export const volumeClaimMissing: Rule = {
  id: 'volume-claim-missing',
  severity: 'warning',
  why: 'A pod with a volume of a claim that does not exist waits for it for ever.',
  example: `volumes:
  - name: data
    persistentVolumeClaim:
      claimName: web-dta # the PersistentVolumeClaim is called "web-data"`,
  fix: 'name a PersistentVolumeClaim of the same namespace, add it, or list it under checks.outsiders in fluxwright.yaml if something outside this repository makes it',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',

  *find(context) {
    for (const missing of missingReferences(context)) {
      const { reference } = missing;
      if (isKind(reference.target, VOLUME_CLAIM)) yield reportMissing(context, missing, 'mounts');
    }
  },
};
