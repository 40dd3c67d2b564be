/** An amount as Kubernetes writes it, as a number: `500m`, `1.5Gi`, `2`. Undefined for what is none. */
export function quantityOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const [, number, suffix = ''] = typeof value === 'string' ? /^([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([numkMGTPE]i?|Ki)?$/.exec(value) ?? [] : [];
  return number === undefined || !(suffix in SUFFIXES) ? undefined : Number(number) * SUFFIXES[suffix]!;
}

const SUFFIXES: Readonly<Record<string, number>> = {
  '': 1, n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4, Pi: 1024 ** 5, Ei: 1024 ** 6,
};
