import type { Check } from '../check';
import { quoteValue, type FieldPath } from '../schema-problem';
import { fieldsOf, isSet, itemsOf, problemAt, textOf, type Fields } from './object-parts';
import { isDnsLabel, isDnsSubdomain } from './syntax';

/** An Ingress' hosts, paths and backends. */
export function checkIngress(object: Fields, check: Check): void {
  const spec = fieldsOf(object['spec']);
  if (itemsOf(spec['rules']).length === 0 && !isSet(spec['defaultBackend'])) problemAt(check, ['spec'], 'combination', 'needs rules or a defaultBackend');
  if (isSet(spec['defaultBackend'])) checkBackend(fieldsOf(spec['defaultBackend']), ['spec', 'defaultBackend'], check);
  for (const [index, rule] of itemsOf(spec['rules']).entries()) {
    const { host, http } = fieldsOf(rule);
    const at = ['spec', 'rules', index];
    checkHost(host, [...at, 'host'], check);
    if (!isSet(http)) continue;
    const paths = itemsOf(fieldsOf(http)['paths']);
    if (Array.isArray(fieldsOf(http)['paths']) && paths.length === 0) problemAt(check, [...at, 'http', 'paths'], 'required', 'has no item, and needs one');
    for (const [position, path] of paths.entries()) checkPath(fieldsOf(path), [...at, 'http', 'paths', position], check);
  }
  checkReference(spec['ingressClassName'], ['spec', 'ingressClassName'], check);
  for (const [index, tls] of itemsOf(spec['tls']).entries()) {
    checkReference(fieldsOf(tls)['secretName'], ['spec', 'tls', index, 'secretName'], check);
    for (const [position, host] of itemsOf(fieldsOf(tls)['hosts']).entries()) checkHost(host, ['spec', 'tls', index, 'hosts', position], check);
  }
}

function checkReference(value: unknown, path: FieldPath, check: Check): void {
  const name = textOf(value, check);
  if (name !== undefined && !isDnsSubdomain(name)) problemAt(check, path, 'name', `is ${quoteValue(name)}; a name has lower-case letters, digits, dashes and dots`);
}

function checkHost(value: unknown, path: FieldPath, check: Check): void {
  const host = textOf(value, check);
  if (host === undefined) return;
  const domain = host.startsWith('*.') ? host.slice(2) : host;
  if (isDnsSubdomain(domain)) return;
  const hint = isDnsSubdomain(domain.toLowerCase()) ? `write "${host.toLowerCase()}"` : 'a host is a DNS name in lower case, which may begin with "*.", without port and path';
  problemAt(check, path, 'host', `is ${quoteValue(host)}; ${hint}`);
}

function checkPath(entry: Fields, at: FieldPath, check: Check): void {
  const { path, pathType, backend } = entry;
  const text = textOf(path, check);
  if (pathType === 'Exact' || pathType === 'Prefix') {
    if (!isSet(path)) problemAt(check, [...at, 'path'], 'required', `is missing: the pathType is ${pathType}`);
    else if (text !== undefined && !text.startsWith('/')) problemAt(check, [...at, 'path'], 'format', `is ${quoteValue(text)}; a path begins with "/"`);
    else if (text !== undefined && /\/\/|\/\.\.?(\/|$)|%2f|%2F/.test(text)) problemAt(check, [...at, 'path'], 'format', `is ${quoteValue(text)}; a path must not hold "//", "/./", "/../" or "%2f"`);
  } else if (text !== undefined && !text.startsWith('/')) problemAt(check, [...at, 'path'], 'format', `is ${quoteValue(text)}; a path begins with "/"`);
  if (isSet(backend)) checkBackend(fieldsOf(backend), [...at, 'backend'], check);
}

function checkBackend({ service, resource }: Fields, at: FieldPath, check: Check): void {
  if (isSet(service) === isSet(resource)) return problemAt(check, at, 'combination', isSet(service) ? 'has a service and a resource; one of them is allowed' : 'needs a service or a resource');
  if (!isSet(service)) return;
  const target = textOf(fieldsOf(service)['name'], check);
  if (target !== undefined && !isDnsLabel(target)) problemAt(check, [...at, 'service', 'name'], 'name', `is ${quoteValue(target)}; the name of a Service has lower-case letters, digits and dashes`);
  const { name, number } = fieldsOf(fieldsOf(service)['port']);
  if (isSet(name) && isSet(number)) problemAt(check, [...at, 'service', 'port'], 'combination', 'has a name and a number; one of them is allowed');
  if (!isSet(name) && !isSet(number)) problemAt(check, [...at, 'service', 'port'], 'required', 'needs the name or the number of a port');
  if (typeof number === 'number' && (number < 1 || number > 65535)) problemAt(check, [...at, 'service', 'port', 'number'], 'port', `is ${number}; a port is 1 to 65535`);
}
