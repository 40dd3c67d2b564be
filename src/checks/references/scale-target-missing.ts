import type { Rule } from '../rule';
import { missingReferences, reportMissing } from './missing-references';

export const scaleTargetMissing: Rule = {
  id: 'scale-target-missing',
  severity: 'warning',
  why: 'An autoscaler whose target does not exist scales nothing, and says so in its own status only.',
  example: `kind: HorizontalPodAutoscaler
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wbe} # the Deployment is called "web"`,
  fix: 'name an object of the same namespace, with its kind and apiVersion, or list it under checks.outsiders in fluxwright.yaml if something outside this repository makes it',
  link: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',

  *find(context) {
    for (const missing of missingReferences(context)) {
      const { reference } = missing;
      if (reference.path.some((step) => step === 'scaleTargetRef' || step === 'targetRef' || step === 'autoscalerRef')) yield reportMissing(context, missing, 'scales');
    }
  },
};
