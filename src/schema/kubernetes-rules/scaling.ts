import type { Check } from '../check';
import { quoteValue } from '../schema-problem';
import { fieldsOf, isSet, itemsOf, problemAt, textOf, type Fields } from './object-parts';
import { checkLabelSelector } from './labels';

/** A HorizontalPodAutoscaler's bounds. */
export function checkAutoscaler(object: Fields, check: Check): void {
  if (!isSet(object['spec'])) return problemAt(check, ['spec'], 'required', 'is missing, and has to be there');
  const { minReplicas, maxReplicas, scaleTargetRef, metrics } = fieldsOf(object['spec']);
  if (typeof maxReplicas === 'number' && maxReplicas < 1) problemAt(check, ['spec', 'maxReplicas'], 'range', `is ${maxReplicas}; it has to be at least 1`);
  if (typeof minReplicas === 'number' && typeof maxReplicas === 'number' && minReplicas > maxReplicas) problemAt(check, ['spec', 'maxReplicas'], 'combination', `is ${maxReplicas}, less than minReplicas, ${minReplicas}`);
  if (typeof minReplicas === 'number' && minReplicas < 0) problemAt(check, ['spec', 'minReplicas'], 'range', `is ${minReplicas}; it has to be at least 0`);
  for (const [index, metric] of itemsOf(metrics).entries()) checkMetric(fieldsOf(metric), index, check);
  for (const field of ['kind', 'name']) if (fieldsOf(scaleTargetRef)[field] === '') problemAt(check, ['spec', 'scaleTargetRef', field], 'required', 'is empty, and must not be');
}

const METRICS: Readonly<Record<string, string>> = { Resource: 'resource', ContainerResource: 'containerResource', Pods: 'pods', Object: 'object', External: 'external' };

function checkMetric(metric: Fields, index: number, check: Check): void {
  const field = typeof metric['type'] === 'string' && Object.hasOwn(METRICS, metric['type']) ? METRICS[metric['type']] : undefined;
  if (field === undefined) return;
  if (!isSet(metric[field])) return problemAt(check, ['spec', 'metrics', index, field], 'required', `is missing: the metric is of the type ${String(metric['type'])}`);
  const type = textOf(fieldsOf(fieldsOf(metric[field])['target'])['type'], check);
  if (type !== undefined && !['Utilization', 'Value', 'AverageValue'].includes(type)) problemAt(check, ['spec', 'metrics', index, field, 'target', 'type'], 'enum', `is ${quoteValue(type)}; allowed are "Utilization", "Value", "AverageValue"`);
}

/** How many pods a PodDisruptionBudget keeps. */
export function checkDisruptionBudget(object: Fields, check: Check): void {
  const { minAvailable, maxUnavailable, selector } = fieldsOf(object['spec']);
  if (isSet(minAvailable) && isSet(maxUnavailable)) problemAt(check, ['spec'], 'combination', 'has minAvailable and maxUnavailable; one of them is allowed');
  for (const [field, value] of [['minAvailable', minAvailable], ['maxUnavailable', maxUnavailable]] as const) {
    if (typeof value === 'number' && value < 0) problemAt(check, ['spec', field], 'range', `is ${value}; it has to be at least 0`);
    if (typeof value === 'string' && value !== '' && !check.isOpaque(value) && !/^([0-9]|[1-9][0-9]|100)%$/.test(value)) problemAt(check, ['spec', field], 'format', `is "${value}"; write a number, or a string such as "50%"`);
  }
  checkLabelSelector(selector, ['spec', 'selector'], check);
}

/** What a PersistentVolume offers. */
export function checkVolumeObject(object: Fields, check: Check): void {
  const { accessModes, capacity } = fieldsOf(object['spec']);
  if (itemsOf(accessModes).length === 0) problemAt(check, ['spec', 'accessModes'], 'required', 'is missing, and has to be there');
  if (!isSet(fieldsOf(capacity)['storage'])) problemAt(check, ['spec', 'capacity', 'storage'], 'required', 'is missing, and has to be there');
}

/** What a PersistentVolumeClaim asks for. */
export function checkClaim(object: Fields, check: Check): void {
  const { accessModes, resources } = fieldsOf(object['spec']);
  if (itemsOf(accessModes).length === 0) problemAt(check, ['spec', 'accessModes'], 'required', 'is missing: write ["ReadWriteOnce"] for one node');
  if (!isSet(fieldsOf(fieldsOf(resources)['requests'])['storage'])) problemAt(check, ['spec', 'resources', 'requests', 'storage'], 'required', 'is missing, and has to be there');
}
