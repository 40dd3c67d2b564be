const SUFFIXES = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** A quantity of Kubernetes as a number, exact enough to compare volumes; NaN for a text that is none. */
export function amountOf(quantity: string): number {
  const [, number, suffix] = /^([+-]?[\d.]+)([a-zA-Z]{0,2}|[eE][+-]?\d+)$/.exec(quantity) ?? [];
  if (number === undefined) return Number.NaN;
  if (/^[eE][+-]?\d+$/.test(suffix!)) return Number(quantity);
  if (suffix!.endsWith('i')) return Number(number) * 1024 ** SUFFIXES.indexOf(suffix![0]!);
  const small = ['n', 'u', 'm'].indexOf(suffix!);
  return Number(number) * (small >= 0 ? 1000 ** (small - 3) : 1000 ** SUFFIXES.indexOf(suffix!.toUpperCase()));
}
