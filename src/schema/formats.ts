import { isIP } from 'node:net';

/** What is wrong with a value of a format, as it follows "is VALUE, …"; nothing for formats that the API server does not check. */
export function formatProblem(format: string | undefined, value: unknown, builtIn: boolean): string | undefined {
  if (typeof value === 'number') return builtIn ? numberProblem(format, value) : undefined;
  if (typeof value !== 'string') return undefined;
  switch (format) {
    case 'quantity': return QUANTITY.test(value) ? undefined : 'which is no quantity; write a number with a unit, such as "500m", "512Mi" or "10Gi"';
    case 'byte': return isBase64(value) ? undefined : 'which is not base64';
    case 'date-time': return (builtIn ? RFC3339 : DATE_TIME).test(value) ? undefined : 'which is no date and time such as "2006-01-02T15:04:05Z"';
    case 'date': return /^\d{4}-\d{2}-\d{2}$/.test(value) ? undefined : 'which is no date such as "2006-01-02"';
    case 'ipv4': return isIP(value) === 4 ? undefined : 'which is no IPv4 address';
    case 'ipv6': return isIP(value) === 6 ? undefined : 'which is no IPv6 address';
    case 'cidr': return isCidr(value) ? undefined : 'which is no network such as "10.0.0.0/8"';
    case 'uuid': return /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(value) ? undefined : 'which is no UUID';
    default: return undefined;
  }
}

/** Go's padded base64, which skips line ends. */
export function isBase64(text: string): boolean {
  const plain = text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]/g, '') : text;
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}

export function isCidr(text: string): boolean {
  const [address, length, ...rest] = text.split('/');
  const family = isIP(address!);
  return rest.length === 0 && family !== 0 && /^\d{1,3}$/.test(length ?? '') && Number(length) <= (family === 4 ? 32 : 128);
}

function numberProblem(format: string | undefined, value: number): string | undefined {
  if (format === 'int32' && (value > 0x7fffffff || value < -0x80000000)) return 'which does not fit into 32 bits';
  return undefined;
}

const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\d+))?$/;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:?\d{2})?$/;
