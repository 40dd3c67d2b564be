import { matchesGlob } from './glob';
import { parseTemplate, TemplateError, type Expression, type Node } from './template';

/** What is known of a variable: its value, that it has one which cannot be seen here, or that there is no such variable. */
export type Lookup = (name: string) => string | typeof UNKNOWN | undefined;

/** The value of a variable that is set where it cannot be seen, as in an encrypted Secret. */
export const UNKNOWN: unique symbol = Symbol('unknown');

export interface Evaluated {
  /** Expressions whose value is not known here stand in it as they are written. */
  readonly text: string;
  /** Variables that are not set and have no default; '' stands in their place. */
  readonly unset: readonly string[];
  /** Variables whose values would have been needed. */
  readonly unresolved: readonly string[];
}

/**
 * Puts values into a text.
 * @throws TemplateError for a text that Flux refuses
 */
export function evaluate(text: string, lookup: Lookup): Evaluated {
  const unset = new Set<string>();
  const unresolved = new Set<string>();
  let written = 0;
  const nodeText = (node: Node): string | undefined => (typeof node === 'string' ? node : expressionText(node));

  function expressionText({ name, operator, parameters }: Expression): string | undefined {
    const values = parameters.map(nodeText); // first, and whether they are needed or not, as Flux does
    const found = lookup(name);
    if (found === UNKNOWN) {
      unresolved.add(name);
      return undefined;
    }
    if (found === undefined && !DEFAULTS.has(operator)) unset.add(name);
    const value = found ?? '';
    if (values.includes(undefined)) return isDefaulting(operator) && value !== '' ? value : undefined;
    const result = apply(operator, value, values as string[]);
    written += result.length;
    if (written > LONGEST_TEXT) throw new TemplateError('it grows beyond all measure');
    return result;
  }

  const parts = parseTemplate(text).map((node) => nodeText(node) ?? (node as Expression).source);
  return { text: parts.join(''), unset: [...unset], unresolved: [...unresolved] };
}

/** Beyond these somebody means us harm: no API server takes objects of more than a few megabytes. */
const LONGEST_TEXT = 32 * 1024 * 1024;
const LONGEST_TO_MATCH = 2000;

/** Operators that do with a variable that is not set. */
const DEFAULTS: ReadonlySet<string> = new Set(['-', '+', '=', '?', ':-', ':+', ':=', ':?']);

function isDefaulting(operator: string): boolean {
  return operator === '' || DEFAULTS.has(operator);
}

function apply(operator: string, value: string, parameters: readonly string[]): string {
  const [first = '', second = ''] = parameters;
  switch (operator) {
    case ',': return mapFirst(value, lower);
    case ',,': return lower(value);
    case '^': return mapFirst(value, upper);
    case '^^': return upper(value);
    case '#': return parameters.length === 0 ? String(Buffer.byteLength(value)) : withoutPrefix(value, first, 'shortest');
    case '##': return withoutPrefix(value, first, 'longest');
    case '%': return reversed(withoutPrefix(reversed(value), reversed(first), 'shortest'));
    case '%%': return reversed(withoutPrefix(reversed(value), reversed(first), 'longest'));
    case ':': return substring(value, parameters);
    case '/#': return parameters.length === 2 && value.startsWith(first) ? second + value.slice(first.length) : value;
    case '/%': return parameters.length === 2 && value.endsWith(first) ? value.slice(0, value.length - first.length) + second : value;
    case '/': return replaceOnce(value, first, second);
    case '//': return replaceAll(value, first, second);
    default: return value === '' ? parameters.join('') : value;
  }
}

function replaceAll(value: string, search: string, replacement: string): string {
  const parts = search === '' ? ['', ...value, ''] : value.split(search);
  if (parts.length * replacement.length > LONGEST_TEXT) throw new TemplateError('it grows beyond all measure');
  return parts.join(replacement);
}

function replaceOnce(value: string, search: string, replacement: string): string {
  const at = value.indexOf(search);
  return at < 0 ? value : value.slice(0, at) + replacement + value.slice(at + search.length);
}

/** Go maps letter by letter: `ß` has no capital. */
function upper(text: string): string {
  return [...text].map((character) => oneLetter(character.toUpperCase(), character)).join('');
}

function lower(text: string): string {
  return [...text].map((character) => oneLetter(character.toLowerCase(), character)).join('');
}

function oneLetter(mapped: string, otherwise: string): string {
  return [...mapped].length === 1 ? mapped : otherwise;
}

function mapFirst(text: string, map: (character: string) => string): string {
  const [first = ''] = text;
  return map(first) + text.slice(first.length);
}

/** Positions count bytes, negative ones from the end. */
function substring(value: string, [position = '', length]: readonly string[]): string {
  const bytes = Buffer.from(value);
  const from = integer(position);
  if (from === undefined) return value;
  const start = from < 0 ? Math.max(0, bytes.length + from) : from;
  if (length === undefined) return bytes.subarray(start).toString();
  const count = integer(length);
  if (count === undefined) return value;
  const end = count < 0 ? bytes.length + count : start + count;
  return end < start ? '' : bytes.subarray(start, end).toString();
}

function integer(text: string): number | undefined {
  return /^[-+]?[0-9]+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}

function withoutPrefix(value: string, pattern: string, which: 'shortest' | 'longest'): string {
  const characters = [...value];
  if (characters.length > LONGEST_TO_MATCH) throw new TemplateError(`a value of ${characters.length} letters is too long to match a pattern with`);
  let found: number | undefined;
  for (let length = characters.length; length > 0; length--) {
    const matches = matchesGlob(pattern, characters.slice(0, length).join(''));
    if (matches === undefined) return value;
    if (!matches) continue;
    found = length;
    if (which === 'longest') break;
  }
  return found === undefined ? value : characters.slice(found).join('');
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
