import type { Check } from '../check';
import { quoteValue } from '../schema-problem';
import { checkLabelMap } from './labels';
import { fieldsOf, isSet, itemsOf, problemAt, textOf, type Fields } from './object-parts';
import { isDnsLabel, isPort, isPortName } from './syntax';

/** A Service's ports and what its type needs. */
export function checkService(object: Fields, check: Check): void {
  const spec = fieldsOf(object['spec']);
  const ports = itemsOf(spec['ports']);
  checkLabelMap(spec['selector'], ['spec', 'selector'], check);
  if (spec['type'] === 'ExternalName') {
    if (!isSet(spec['externalName'])) problemAt(check, ['spec', 'externalName'], 'required', 'is missing: the Service is of the type ExternalName');
  } else if (ports.length === 0 && spec['clusterIP'] !== 'None') {
    problemAt(check, ['spec', 'ports'], 'required', 'is missing: only a headless Service and an ExternalName have no ports');
  }
  const names = new Map<string, number>();
  for (const [index, port] of ports.entries()) checkPort(fieldsOf(port), index, ports.length, names, check);
}

function checkPort(port: Fields, index: number, count: number, names: Map<string, number>, check: Check): void {
  const at = ['spec', 'ports', index];
  const { name, port: number, targetPort, nodePort } = port;
  if (typeof number === 'number' && !isPort(number)) problemAt(check, [...at, 'port'], 'port', `is ${number}; a port is 1 to 65535`);
  if (typeof nodePort === 'number' && (nodePort < 0 || nodePort > 65535)) problemAt(check, [...at, 'nodePort'], 'port', `is ${nodePort}; a port is 1 to 65535`);
  if (targetPort !== 0) checkTargetPort(targetPort, [...at, 'targetPort'], check);
  if (!isSet(name)) {
    if (count > 1) problemAt(check, [...at, 'name'], 'required', 'is missing: of several ports, each needs a name');
    return;
  }
  const text = textOf(name, check);
  if (text === undefined) return;
  if (!isDnsLabel(text)) problemAt(check, [...at, 'name'], 'name', `is ${quoteValue(text)}; a port's name has lower-case letters, digits and dashes`);
  const first = names.get(text);
  if (first !== undefined) problemAt(check, [...at, 'name'], 'duplicate', `is ${quoteValue(text)}, which is the name of port ${first}, too`);
  else names.set(text, index);
}

/** A number, or the name of a container's port. */
export function checkTargetPort(value: unknown, path: (string | number)[], check: Check): void {
  if (typeof value === 'number' && !isPort(value)) problemAt(check, path, 'port', `is ${value}; a port is 1 to 65535`);
  const name = textOf(value, check);
  if (name === undefined || isPortName(name)) return;
  if (/^\d+$/.test(name)) problemAt(check, path, 'port', `is ${quoteValue(name)}, a string, and so the name of a port: write ${name} without quotes`);
  else problemAt(check, path, 'name', `is ${quoteValue(name)}; the name of a container's port has at most 15 lower-case letters, digits and dashes`);
}
