import type { Check } from '../check';
import { quoteValue, type FieldPath } from '../schema-problem';
import { checkContainers } from './containers';
import { checkLabelMap, checkLabelSelector, checkLabels } from './labels';
import { fieldsOf, isSet, itemsOf, problemAt, textOf, type Fields } from './object-parts';
import { isDnsSubdomain } from './syntax';
import { checkVolumes } from './volumes';

/** A pod, or what makes pods of a template. */
export function checkWorkload(object: Fields, check: Check): void {
  const spec = fieldsOf(object['spec']);
  if (!isSet(object['spec'])) return problemAt(check, ['spec'], 'required', 'is missing, and has to be there');
  switch (object['kind']) {
    case 'Pod': return checkPod(spec, ['spec'], [], check);
    case 'CronJob': return checkJobTemplate(fieldsOf(spec['jobTemplate'])['spec'], check);
    case 'Job': return checkJob(spec, ['spec'], check);
    default: return checkController(object['kind'] as string, spec, check);
  }
}

/** Kinds whose pods are chosen by a selector, and started again whenever they end. */
function checkController(kind: string, spec: Fields, check: Check): void {
  const claims = itemsOf(spec['volumeClaimTemplates']).map((claim) => textOf(fieldsOf(fieldsOf(claim)['metadata'])['name'], check) ?? '');
  checkTemplate(spec, ['spec'], claims, ['Always'], check);
  checkSelector(kind, spec, check);
  const { type, rollingUpdate } = fieldsOf(spec['strategy']);
  if (kind === 'Deployment' && type === 'Recreate' && isSet(rollingUpdate)) problemAt(check, ['spec', 'strategy', 'rollingUpdate'], 'combination', 'must not be there: the strategy is Recreate');
  const { maxSurge, maxUnavailable } = fieldsOf(rollingUpdate);
  if (kind === 'Deployment' && isNothing(maxSurge) && isNothing(maxUnavailable)) problemAt(check, ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'], 'combination', 'is 0, as maxSurge is; one of them has to be more');
  for (const field of ['replicas', 'minReadySeconds', 'revisionHistoryLimit']) {
    const value = spec[field];
    if (typeof value === 'number' && value < 0) problemAt(check, ['spec', field], 'range', `is ${value}; it has to be at least 0`);
  }
}

function isNothing(value: unknown): boolean {
  return value === 0 || value === '0%';
}

function checkSelector(kind: string, spec: Fields, check: Check): void {
  if (!isSet(spec['selector'])) return;
  const { matchLabels, matchExpressions } = fieldsOf(spec['selector']);
  const wanted = Object.entries(fieldsOf(matchLabels));
  checkLabelSelector(spec['selector'], ['spec', 'selector'], check);
  if (wanted.length === 0 && itemsOf(matchExpressions).length === 0) return problemAt(check, ['spec', 'selector'], 'selector', `selects every pod; a ${kind} has to name labels of its template`);
  const labels = fieldsOf(fieldsOf(fieldsOf(spec['template'])['metadata'])['labels']);
  for (const [key, value] of wanted) {
    const label = labels[key];
    if ((typeof value !== 'string' && value !== null) || label === value || (typeof value === 'string' && check.isOpaque(value)) || (typeof label === 'string' && check.isOpaque(label))) continue;
    problemAt(check, ['spec', 'selector', 'matchLabels', key], 'selector', `is ${quoteValue(value)}, and the template's label is ${label === undefined ? 'missing' : quoteValue(label)}`);
  }
}

function checkJobTemplate(spec: unknown, check: Check): void {
  const at = ['spec', 'jobTemplate', 'spec'];
  if (isSet(spec)) checkJob(fieldsOf(spec), at, check);
  else problemAt(check, at, 'required', 'is missing, and has to be there');
}

function checkJob(spec: Fields, at: FieldPath, check: Check): void {
  checkTemplate(spec, at, [], ['OnFailure', 'Never'], check);
  for (const field of ['parallelism', 'completions', 'backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished']) {
    const value = spec[field];
    if (typeof value === 'number' && value < 0) problemAt(check, [...at, field], 'range', `is ${value}; it has to be at least 0`);
  }
}

function checkTemplate(spec: Fields, at: FieldPath, claims: readonly string[], policies: readonly string[], check: Check): void {
  if (!isSet(spec['template'])) return;
  const template = fieldsOf(spec['template']);
  checkLabels(fieldsOf(template['metadata']), [...at, 'template', 'metadata'], check);
  if (!isSet(template['spec'])) return problemAt(check, [...at, 'template', 'spec'], 'required', 'is missing: the template is of a pod');
  const pod = fieldsOf(template['spec']);
  const policy = pod['restartPolicy'];
  if (!isSet(policy) ? !policies.includes('Always') : typeof policy === 'string' && !policies.includes(policy) && !check.isOpaque(policy)) {
    problemAt(check, [...at, 'template', 'spec', 'restartPolicy'], isSet(policy) ? 'combination' : 'required', `is ${isSet(policy) ? quoteValue(policy) : 'missing'}; it has to be ${policies.map(quoteValue).join(' or ')} here`);
  }
  checkPod(pod, [...at, 'template', 'spec'], claims, check);
}

function checkPod(spec: Fields, at: FieldPath, claims: readonly string[], check: Check): void {
  checkContainers(spec, at, checkVolumes(spec, at, claims, check), check);
  checkLabelMap(spec['nodeSelector'], [...at, 'nodeSelector'], check);
  const account = textOf(spec['serviceAccountName'], check);
  if (account !== undefined && !isDnsSubdomain(account)) problemAt(check, [...at, 'serviceAccountName'], 'name', `is ${quoteValue(account)}; a name has lower-case letters, digits, dashes and dots`);
  const { terminationGracePeriodSeconds: grace, activeDeadlineSeconds: deadline } = spec;
  if (typeof deadline === 'number' && deadline < 1) problemAt(check, [...at, 'activeDeadlineSeconds'], 'range', `is ${deadline}; it has to be at least 1`);
  if (typeof grace === 'number' && grace < 0) problemAt(check, [...at, 'terminationGracePeriodSeconds'], 'range', `is ${grace}; it has to be at least 0`);
}
