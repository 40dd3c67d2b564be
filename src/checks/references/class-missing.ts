import type { Rule } from '../rule';
import { missingReferences, reportMissing } from './missing-references';
import { GATEWAY_CLASS, INGRESS_CLASS, isKind, PRIORITY_CLASS, STORAGE_CLASS } from './object-reference';

export const classMissing: Rule = {
  id: 'class-missing',
  severity: 'warning',
  why: 'A volume of a StorageClass that does not exist is never made, a pod of a missing PriorityClass is refused, and no controller takes an Ingress of a missing IngressClass, or a Gateway of a missing GatewayClass.',
  example: `spec:
  storageClassName: fats # the StorageClass is called "fast"`,
  fix: 'name a class of the cluster, add it, or list it under checks.outsiders in fluxwright.yaml if something outside this repository makes it',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/',

  *find(context) {
    for (const missing of missingReferences(context)) {
      const { reference } = missing;
      if (isKind(reference.target, INGRESS_CLASS) || isKind(reference.target, GATEWAY_CLASS) || isKind(reference.target, PRIORITY_CLASS) || isKind(reference.target, STORAGE_CLASS)) yield reportMissing(context, missing, 'names');
    }
  },
};
