import type { Check } from '../check';
import type { FieldPath } from '../schema-problem';
import { fieldsOf, isSet, problemAt, type Fields } from './object-parts';
import { checkTargetPort } from './service';

const ACTIONS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

/** What the kubelet asks a container, and does with it. */
export function checkProbes(container: Fields, path: FieldPath, check: Check): void {
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name];
    if (!isSet(probe)) continue;
    const at = [...path, name];
    checkAction(fieldsOf(probe), at, ACTIONS, check);
    const { successThreshold } = fieldsOf(probe);
    if (name !== 'readinessProbe' && typeof successThreshold === 'number' && successThreshold > 1) problemAt(check, [...at, 'successThreshold'], 'range', `is ${successThreshold}; a ${name} has 1`);
    for (const field of ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold']) {
      const value = fieldsOf(probe)[field];
      if (typeof value === 'number' && value < 0) problemAt(check, [...at, field], 'range', `is ${value}; it has to be at least 0`);
    }
  }
  for (const hook of ['postStart', 'preStop']) {
    const action = fieldsOf(container['lifecycle'])[hook];
    if (isSet(action)) checkAction(fieldsOf(action), [...path, 'lifecycle', hook], ['exec', 'httpGet', 'tcpSocket', 'sleep'], check);
  }
}

function checkAction(handler: Fields, at: FieldPath, actions: readonly string[], check: Check): void {
  const set = actions.filter((action) => isSet(handler[action]));
  // a misspelt action is reported as a field that is not known
  if (set.length === 0 && !Object.keys(handler).some((field) => !PROBE_FIELDS.has(field) && !actions.includes(field))) problemAt(check, at, 'required', `needs one of ${actions.join(', ')}`);
  if (set.length > 1) problemAt(check, at, 'combination', `has ${set.join(' and ')}; one of them is allowed`);
  for (const action of ['httpGet', 'tcpSocket']) {
    const { port } = fieldsOf(handler[action]);
    if (set.includes(action) && port !== undefined) checkTargetPort(port, [...at, action, 'port'], check);
  }
}

const PROBE_FIELDS: ReadonlySet<string> = new Set(['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold', 'terminationGracePeriodSeconds']);
