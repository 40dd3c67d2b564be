import { compare, valid } from 'semver';

/**
 * Whether a tag comes before or after another: as versions, or where they are alike but for numbers, such as `prod-9` and
 * `prod-12`; or by a date or time in both, such as `main-1a2b3c4-1701185194`. Undefined where nothing tells.
 */
export function compareTags(a: string, b: string): number | undefined {
  const [one, other] = [a, b].map((tag) => valid(padded(tag)));
  if (one != null && other != null) return compare(one, other);
  const times = [a, b].map((tag) => tag.split(/[-_.]/).map((part) => (/^\d{8,14}$/.test(part) ? Number(part) : undefined)));
  const time = times[0]!.findIndex((part, index) => part !== undefined && times[1]![index] !== undefined);
  if (time >= 0) return times[0]![time]! - times[1]![time]!;
  const [left, right] = [a, b].map((tag) => tag.split(/(\d+)/));
  if (left === undefined || right === undefined || left.length !== right.length) return undefined;
  // a commit's id looks like a number now and then: what is alike has its letters at the same places
  if (left.some((part, index) => index % 2 === 0 && part !== right[index]) || left.length === 1) return undefined;
  for (let index = 1; index < left.length; index += 2) {
    const [was, is] = [Number(left[index]), Number(right[index])];
    if (was !== is) return was - is;
  }
  return 0;
}

/** `1.2` is `1.2.0`; leading zeros, as in dates, make it no version. */
function padded(tag: string): string {
  const [, numbers, rest] = /^v?(\d+(?:\.\d+){0,2})((?:[-+].*)?)$/.exec(tag) ?? [];
  if (numbers === undefined) return tag;
  const parts = numbers.split('.');
  return `${[...parts, '0', '0'].slice(0, 3).join('.')}${rest ?? ''}`;
}
