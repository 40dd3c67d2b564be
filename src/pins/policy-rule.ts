import { satisfies, valid, validRange } from 'semver';
import { matcherOf } from '../flux/re2';
import { textAt, type Data } from '../model/fields';

/** What an ImagePolicy selects, as far as its own rule tells. */
export interface PolicyRule {
  /** `the highest number of $ts, among tags that match ^prod-`. */
  readonly text: string;
  /** Whether it could have selected a tag; undefined where that cannot be said. */
  fits(tag: string): boolean | undefined;
}

/** @returns undefined where the policy orders tags in no way that is known */
export function policyRule(data: Data): PolicyRule | undefined {
  const [pattern, extract] = [textAt(data, 'spec.filterTags.pattern'), textAt(data, 'spec.filterTags.extract')];
  const order = orderOf(data, extract);
  if (order === undefined) return undefined;
  const text = pattern === undefined ? order.text : `${order.text}, among tags that match ${pattern}`;
  return {
    text,
    fits(tag) {
      const found = pattern === undefined ? undefined : matcherOf(pattern);
      if (pattern !== undefined && found === undefined) return undefined;
      const match = found?.exec(tag);
      if (match === null) return false;
      const ordered = match === undefined || extract === undefined || extract === '' ? tag : expand(extract, match);
      return ordered === undefined ? undefined : order.takes(ordered);
    },
  };
}

interface Order {
  readonly text: string;
  takes(text: string): boolean | undefined;
}

function orderOf(data: Data, extract: string | undefined): Order | undefined {
  const of = extract === undefined || extract === '' ? '' : ` of ${extract}`;
  const range = textAt(data, 'spec.policy.semver.range');
  if (range !== undefined) {
    return { text: `the highest version${of} in ${range}`, takes: (version) => (validRange(range) === null ? undefined : valid(version) === null ? false : satisfies(version, range)) };
  }
  const [number, letters] = [data, data].map((from, index) => (from['spec'] as { policy?: Record<string, unknown> } | undefined)?.policy?.[index === 0 ? 'numerical' : 'alphabetical']);
  if (number !== undefined) return { text: `the ${isDescending(number) ? 'lowest' : 'highest'} number${of}`, takes: (text) => text.trim() !== '' && Number.isFinite(Number(text)) };
  if (letters !== undefined) return { text: `the ${isDescending(letters) ? 'first' : 'last'}${of} by the alphabet`, takes: () => true };
  return undefined;
}

function isDescending(order: unknown): boolean {
  return textAt(order, 'order') === 'desc';
}

/** What Go makes of `$ts` or `${major}.$2`; undefined where a group is not there. */
function expand(template: string, match: RegExpExecArray): string | undefined {
  let isKnown = true;
  const text = template.replace(/\$\$|\$\{(\w+)\}|\$(\w+)/g, (reference, braced: string | undefined, plain: string | undefined) => {
    if (reference === '$$') return '$';
    const name = braced ?? plain!;
    const group = /^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name];
    if (group === undefined) isKnown = false;
    return group ?? '';
  });
  return isKnown ? text : undefined;
}
