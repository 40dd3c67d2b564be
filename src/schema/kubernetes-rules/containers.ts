import type { Check } from '../check';
import { quoteValue, type FieldPath } from '../schema-problem';
import { fieldsOf, isSet, itemsOf, problemAt, textOf, type Fields } from './object-parts';
import { checkProbes } from './probes';
import { checkRequests } from './requests';
import { isDnsLabel, isPort, isPortName } from './syntax';

/**
 * The containers of a pod, all lists of them together: their names are shared.
 * @param volumes the names of the pod's volumes
 */
export function checkContainers(spec: Fields, at: FieldPath, volumes: ReadonlySet<string>, check: Check): void {
  const names = new Map<string, string>();
  if (Array.isArray(spec['containers']) && spec['containers'].length === 0) problemAt(check, [...at, 'containers'], 'required', 'has no item: a pod needs a container');
  for (const list of ['initContainers', 'containers']) {
    for (const [index, item] of itemsOf(spec[list]).entries()) {
      const container = fieldsOf(item);
      const path = [...at, list, index];
      checkContainerName(container['name'], path, names, `${list}[${index}]`, check);
      checkContainer(container, path, volumes, spec['hostNetwork'] === true, check);
      if (list === 'containers' || container['restartPolicy'] === 'Always') checkProbes(container, path, check);
    }
  }
}

function checkContainerName(value: unknown, path: FieldPath, names: Map<string, string>, place: string, check: Check): void {
  if (value === '') problemAt(check, [...path, 'name'], 'required', 'is empty, and must not be');
  const name = textOf(value, check);
  if (name === undefined) return;
  if (!isDnsLabel(name)) problemAt(check, [...path, 'name'], 'name', `is ${quoteValue(name)}; a container's name has lower-case letters, digits and dashes, at most 63 of them`);
  const first = names.get(name);
  // two in one list are found by the list's type
  if (first !== undefined && first.split('[')[0] !== place.split('[')[0]) problemAt(check, [...path, 'name'], 'duplicate', `is ${quoteValue(name)}, which is the name of ${first}, too`);
  names.set(name, place);
}

function checkContainer(container: Fields, path: FieldPath, volumes: ReadonlySet<string>, onHost: boolean, check: Check): void {
  const { image, env, ports, volumeMounts, resources } = container;
  if (!isSet(image)) problemAt(check, [...path, 'image'], 'required', 'is missing, and has to be there');
  else if (typeof image === 'string' && image.trim() !== image) problemAt(check, [...path, 'image'], 'format', `is ${quoteValue(image)}, with a space around it`);
  for (const [index, entry] of itemsOf(env).entries()) checkVariable(fieldsOf(entry), [...path, 'env', index], check);
  for (const [index, entry] of itemsOf(container['envFrom']).entries()) checkSource(fieldsOf(entry), [...path, 'envFrom', index], check);
  const portNames = new Map<string, number>();
  for (const [index, port] of itemsOf(ports).entries()) checkPort(fieldsOf(port), [...path, 'ports', index], portNames, index, onHost, check);
  for (const [index, mount] of itemsOf(volumeMounts).entries()) {
    const name = textOf(fieldsOf(mount)['name'], check);
    if (name !== undefined && !volumes.has(name)) problemAt(check, [...path, 'volumeMounts', index, 'name'], 'reference', `is ${quoteValue(name)}, and the pod has no volume of that name`);
  }
  checkRequests(fieldsOf(resources), [...path, 'resources'], check);
}

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

function checkVariable({ name, value, valueFrom }: Fields, path: FieldPath, check: Check): void {
  if (name === '') problemAt(check, [...path, 'name'], 'required', 'is empty, and must not be');
  if (typeof name === 'string' && name.includes('=')) problemAt(check, [...path, 'name'], 'name', `is ${quoteValue(name)}; the name of a variable holds no "="`);
  if (!isSet(valueFrom)) return;
  if (isSet(value)) problemAt(check, path, 'combination', 'has a value and valueFrom; one of them is allowed');
  const sources = SOURCES.filter((source) => isSet(fieldsOf(valueFrom)[source]));
  if (sources.length === 0 && Object.keys(fieldsOf(valueFrom)).every((source) => SOURCES.includes(source))) problemAt(check, [...path, 'valueFrom'], 'required', `needs one of ${SOURCES.join(', ')}`);
  for (const source of ['configMapKeyRef', 'secretKeyRef']) {
    if (sources.includes(source) && !isSet(fieldsOf(fieldsOf(valueFrom)[source])['name'])) problemAt(check, [...path, 'valueFrom', source, 'name'], 'required', 'is missing, and has to be there');
  }
  if (sources.length > 1) problemAt(check, [...path, 'valueFrom'], 'combination', `has ${sources.join(' and ')}; one of them is allowed`);
}

function checkSource(source: Fields, path: FieldPath, check: Check): void {
  const set = ['configMapRef', 'secretRef'].filter((reference) => isSet(source[reference]));
  if (set.length === 0 && Object.keys(source).every((field) => ['prefix', 'configMapRef', 'secretRef'].includes(field))) problemAt(check, path, 'required', 'needs a configMapRef or a secretRef');
  if (set.length > 1) problemAt(check, path, 'combination', 'has a configMapRef and a secretRef; one of them is allowed');
  for (const reference of set) if (!isSet(fieldsOf(source[reference])['name'])) problemAt(check, [...path, reference, 'name'], 'required', 'is missing, and has to be there');
}

function checkPort({ name, containerPort, hostPort }: Fields, path: FieldPath, names: Map<string, number>, index: number, onHost: boolean, check: Check): void {
  if (typeof containerPort === 'number' && !isPort(containerPort)) problemAt(check, [...path, 'containerPort'], 'port', `is ${containerPort}; a port is 1 to 65535`);
  if (typeof hostPort === 'number' && hostPort !== 0 && !isPort(hostPort)) problemAt(check, [...path, 'hostPort'], 'port', `is ${hostPort}; a port is 1 to 65535`);
  if (onHost && typeof hostPort === 'number' && typeof containerPort === 'number' && hostPort !== containerPort) problemAt(check, [...path, 'hostPort'], 'combination', `is ${hostPort}; with hostNetwork it is the containerPort, ${containerPort}`);
  const text = textOf(name, check);
  if (text === undefined) return;
  if (!isPortName(text)) problemAt(check, [...path, 'name'], 'name', `is ${quoteValue(text)}; the name of a container's port has at most 15 lower-case letters, digits and single dashes, and one letter at least`);
  const first = names.get(text);
  if (first !== undefined) problemAt(check, [...path, 'name'], 'duplicate', `is ${quoteValue(text)}, which is the name of port ${first}, too`);
  else names.set(text, index);
}
