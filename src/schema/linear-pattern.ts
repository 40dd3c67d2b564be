import type { RE2JS } from 're2js';
import { matcherOf } from '../flux/re2';

/** Whether a text holds a match. */
export type Pattern = (text: string) => boolean;

/**
 * A pattern of a schema, as Go reads it; undefined for one that is none. JavaScript's own expressions are used where they
 * cannot take more than linear time, since a CRD may come from anywhere; else a port of RE2, which takes 10 ms to load.
 */
export function compilePattern(pattern: string): Pattern | undefined {
  const own = isLinear(pattern) && !FOREIGN.test(pattern) ? matcherOf(pattern) : undefined;
  return own === undefined ? compileRe2js(pattern) : (text) => own.test(text);
}

/** What JavaScript reads and RE2 refuses. */
const FOREIGN = /\(\?(?:=|!|<[=!])|\\[1-9]/;

/** Whether JavaScript needs no more than time in proportion to the text, as far as one can see. */
export function isLinear(pattern: string): boolean {
  return FREQUENT.has(pattern) || !NESTED.test(pattern.replace(/\{\d+\}|\\./g, ''));
}

/** A group that repeats and holds what repeats, or two repetitions that may share letters. */
const NESTED = /[*+}][^()]*\)[*+{]|\)[^()]*\)[*+{]|[*+}][^()[\]]*(?:\[[^\]]*\])?[*+]/;

/** Nested and yet harmless: each round begins or ends with a letter that nothing else in it takes. */
const FREQUENT: ReadonlySet<string> = new Set([
  '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$',
  '^([0-9]+(\\.[0-9]+)?(ms|s|m))+$',
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
  '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
]);

function compileRe2js(pattern: string): Pattern | undefined {
  const { RE2JS: engine } = require('re2js') as { RE2JS: typeof RE2JS };
  try {
    const compiled = engine.compile(pattern);
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}
