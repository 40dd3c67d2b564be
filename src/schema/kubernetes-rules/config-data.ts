import type { Check } from '../check';
import { quoteValue } from '../schema-problem';
import { fieldsOf, problemAt, textOf, type Fields } from './object-parts';
import { isConfigKey } from './syntax';

const MOST = 1024 * 1024;

/** The keys and the size of a ConfigMap or a Secret, and what a Secret of a type needs. */
export function checkConfigData(object: Fields, check: Check): void {
  const parts = object['kind'] === 'Secret' ? ['data', 'stringData'] : ['data', 'binaryData'];
  let size = 0;
  for (const part of parts) {
    for (const [key, value] of Object.entries(fieldsOf(object[part]))) {
      if (!check.isOpaque(key) && !isConfigKey(key)) problemAt(check, [part, key], 'name', `has a key that is none: a key has letters, digits, "-", "_" and ".", as a file's name`);
      if (typeof value === 'string') size += Buffer.byteLength(value);
    }
  }
  if (object['kind'] === 'Secret') return checkSecret(object, check);
  for (const key of Object.keys(fieldsOf(object['binaryData']))) if (key in fieldsOf(object['data'])) problemAt(check, ['binaryData', key], 'duplicate', 'is a key of data, too');
  if (size > MOST * 4 / 3) problemAt(check, ['data'], 'length', `holds ${size} bytes; a ConfigMap has at most ${MOST}`);
}

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

function checkSecret(object: Fields, check: Check): void {
  const type = textOf(object['type'], check);
  const there = { ...fieldsOf(object['data']), ...fieldsOf(object['stringData']) };
  for (const key of type !== undefined && Object.hasOwn(NEEDED, type) ? NEEDED[type]! : []) if (!(key in there)) problemAt(check, ['data', key], 'required', `is missing: a Secret of the type ${type!} has it`);
  if (type === 'kubernetes.io/basic-auth' && !('username' in there) && !('password' in there)) problemAt(check, ['data'], 'required', `needs username or password: the Secret is of the type ${type}`);
  if (type === 'kubernetes.io/service-account-token' && !('kubernetes.io/service-account.name' in fieldsOf(fieldsOf(object['metadata'])['annotations']))) {
    problemAt(check, ['metadata', 'annotations', 'kubernetes.io/service-account.name'], 'required', `is missing: a Secret of the type ${type} names its ServiceAccount there`);
  }
  const docker = textOf(there['.dockerconfigjson'], check);
  if (type === 'kubernetes.io/dockerconfigjson' && docker !== undefined) {
    const inData = !('.dockerconfigjson' in fieldsOf(object['stringData']));
    const text = inData ? Buffer.from(docker, 'base64').toString() : docker;
    if (!isJson(text)) problemAt(check, [inData ? 'data' : 'stringData', '.dockerconfigjson'], 'format', `is ${quoteValue(docker)}, which is not JSON${inData ? ' in base64' : ''}`);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
