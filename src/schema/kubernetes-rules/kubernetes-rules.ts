import type { Check } from '../check';
import { checkBinding, checkRole } from './access';
import { checkConfigData } from './config-data';
import { checkCronJob } from './cron-job';
import { checkIngress } from './ingress';
import { checkNetworkPolicy } from './network-policy';
import type { Fields } from './object-parts';
import { checkAutoscaler, checkClaim, checkDisruptionBudget, checkVolumeObject } from './scaling';
import { checkService } from './service';
import { checkWorkload } from './workload';

type Rule = (object: Fields, check: Check) => void;

/** What the API server refuses in objects of its own kinds, and no schema says: in code there, and here. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  'v1/ConfigMap': [checkConfigData],
  'v1/Secret': [checkConfigData],
  'v1/Service': [checkService],
  'v1/Pod': [checkWorkload],
  'v1/PersistentVolume': [checkVolumeObject],
  'v1/PersistentVolumeClaim': [checkClaim],
  'apps/v1/Deployment': [checkWorkload],
  'apps/v1/StatefulSet': [checkWorkload],
  'apps/v1/DaemonSet': [checkWorkload],
  'apps/v1/ReplicaSet': [checkWorkload],
  'batch/v1/Job': [checkWorkload],
  'batch/v1/CronJob': [checkWorkload, checkCronJob],
  'networking.k8s.io/v1/Ingress': [checkIngress],
  'networking.k8s.io/v1/NetworkPolicy': [checkNetworkPolicy],
  'rbac.authorization.k8s.io/v1/Role': [checkRole],
  'rbac.authorization.k8s.io/v1/ClusterRole': [checkRole],
  'rbac.authorization.k8s.io/v1/RoleBinding': [checkBinding],
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': [checkBinding],
  'autoscaling/v1/HorizontalPodAutoscaler': [checkAutoscaler],
  'autoscaling/v2/HorizontalPodAutoscaler': [checkAutoscaler],
  'policy/v1/PodDisruptionBudget': [checkDisruptionBudget],
};

export function checkKubernetesRules(object: Fields, check: Check): void {
  const key = `${object['apiVersion'] as string}/${object['kind'] as string}`;
  if (Object.hasOwn(RULES, key)) for (const rule of RULES[key]!) rule(object, check);
}
