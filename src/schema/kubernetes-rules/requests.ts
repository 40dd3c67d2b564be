import type { Check } from '../check';
import { quoteValue, type FieldPath } from '../schema-problem';
import { fieldsOf, problemAt, type Fields } from './object-parts';

/** A container gets at most its limits, so it cannot request more. */
export function checkRequests({ requests, limits }: Fields, path: FieldPath, check: Check): void {
  for (const [resource, limit] of Object.entries(fieldsOf(limits))) {
    const request = fieldsOf(requests)[resource];
    const [least, most] = [amountOf(request), amountOf(limit ?? 0)];
    if (least !== undefined && most !== undefined && least > most) problemAt(check, [...path, 'requests', resource], 'combination', `is ${quoteValue(request)}, more than the limit of ${quoteValue(limit)}`);
  }
  for (const [part, amounts] of [['requests', requests], ['limits', limits]] as const) {
    for (const [resource, amount] of Object.entries(fieldsOf(amounts))) {
      if (!isResource(resource)) problemAt(check, [...path, part, resource], 'name', 'is no resource of a container; known are cpu, memory, ephemeral-storage and names such as "nvidia.com/gpu"');
      if ((amountOf(amount) ?? 0) < 0) problemAt(check, [...path, part, resource], 'range', `is ${quoteValue(amount)}; an amount is not negative`);
    }
  }
}

function isResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || name.startsWith('hugepages-') || name.includes('/') || name.includes('${');
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1, n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

/** A quantity as a number; undefined for what is none. */
export function amountOf(quantity: unknown): number | undefined {
  if (typeof quantity === 'number') return quantity;
  const match = typeof quantity === 'string' ? /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]i?|))$/.exec(quantity) : null;
  if (match === null) return undefined;
  const [, number, exponent, unit] = match;
  return exponent === undefined ? Number(number) * (UNITS[unit!] ?? Number.NaN) : Number(`${number}${exponent}`);
}
