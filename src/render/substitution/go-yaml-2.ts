import { Composer, isAlias, isScalar, Parser, visit, type ScalarTag, type Tags } from 'yaml';
import { numberScalar } from '../../yaml/scalar';

/**
 * The text that Flux substitutes in is not the one in the file: kustomize's result is written anew by go-yaml 2, which takes
 * all quotes off that it can do without. So `port: "${PORT}"` becomes `port: ${PORT}`, and a number. The same library reads
 * it again, to which `yes` and `off` are truth values.
 */
export function writeGoYaml2(data: unknown): string {
  return `${value(data, 0, '').replace(/^[ \n]/, '')}\n`;
}

/** @throws Error for what go-yaml 2 would not read, or JSON cannot say */
export function readGoYaml2(text: string): unknown {
  const [document] = [...new Composer({ version: '1.2', merge: true, uniqueKeys: false, customTags: goYaml2Tags, logLevel: 'silent' }).compose(new Parser().parse(text))];
  if (document === undefined || !('errors' in document)) return null;
  if (document.errors[0] !== undefined) throw new Error(document.errors[0].message.split('\n')[0]!.replace(/ at line .*$/, ''));
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) && !isAlias(key)) throw new Error('a key is no text');
      if (isScalar(key) && key.value === null) throw new Error('a key is null');
    },
  });
  return document.toJS({ maxAliasCount: 1000 }) as unknown;
}

/** What stands behind a key or a dash, from the blank or the line end on. */
function value(data: unknown, depth: number, indent: string): string {
  if (typeof data === 'string') return ` ${scalar(data, indent)}`;
  if (typeof data === 'number') return ` ${numberScalar(data)}`;
  if (typeof data !== 'object' || data === null) return ` ${String(data ?? null)}`;
  if (Array.isArray(data)) {
    if (data.length === 0) return ' []';
    return data.map((item) => `\n${indent}-${item !== null && typeof item === 'object' && Object.keys(item).length > 0 ? ` ${value(item, depth + 1, `${indent}  `).trimStart()}` : value(item, depth + 1, `${indent}  `)}`).join('');
  }
  const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return ' {}';
  return entries.map(([name, entry]) => `\n${indent}${key(name, indent)}:${value(entry, depth + 1, Array.isArray(entry) ? indent : `${indent}  `)}`).join('');
}

/** A long key stands on a line of its own. */
function key(name: string, indent: string): string {
  const text = name.includes('\n') ? doubleQuoted(name) : scalar(name, '');
  return Buffer.byteLength(name) > 128 ? `? ${text}\n${indent}` : text;
}

function scalar(text: string, indent: string): string {
  if (text.includes('\n')) return isLiteral(text) ? literal(text, indent) : doubleQuoted(text);
  if (resolve(text) !== text || SEXAGESIMAL.test(text) || isTimestamp(text)) return doubleQuoted(text);
  if (UNPRINTABLE.test(text)) return doubleQuoted(text);
  return INDICATOR_FIRST.test(text) || /:(?: |\t|$)|[ \t]#|^ | $/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

function isLiteral(text: string): boolean {
  return !text.endsWith(' ') && !/ \n/.test(text) && !UNPRINTABLE.test(text.replaceAll('\n', ''));
}

function literal(text: string, indent: string): string {
  const chomping = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') || text === '\n' ? '+' : '';
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  return `|${/^[ \n]/.test(text) ? '2' : ''}${chomping}\n${lines.map((line) => (line === '' ? '' : `${indent === '' ? '  ' : indent}${line}`)).join('\n')}`;
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\u{10ffff}]/gu, (character) => (UNPRINTABLE.test(character) ? `\\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}` : character));
}

/** What libyaml's emitter has to escape, and the line ends of Unicode. */
const UNPRINTABLE = /[^\x20-\x7E\xA0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\n]|[\u{10000}-\u{10ffff}]/u;
const INDICATOR_FIRST = /^[#,[\]{}&*!|>'"%@`]|^[-?:](?: |\t|$)|^---|^\.\.\./;
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const NUMBER = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))$/;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...forms(true, 'y', 'yes', 'true', 'on'), ...forms(false, 'n', 'no', 'false', 'off'), ...forms(null, '', '~', 'null'),
]);

function forms<Value>(meaning: Value, ...words: readonly string[]): [string, Value][] {
  return words.flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()].map((form): [string, Value] => [form, meaning]));
}

/** What a plain scalar means. */
function resolve(text: string): unknown {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (/^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(text)) return text.startsWith('-') ? -Infinity : /n$/i.test(text) ? NaN : Infinity;
  if (!/^[-+.0-9]/.test(text) || isTimestamp(text)) return text;
  const digits = text.replace(text.startsWith('.') ? /(?<=[0-9])_(?=[0-9])/g : /_/g, '');
  const [, sign = '', hex, octal, bits, decimal] = INTEGER.exec(digits) ?? [];
  const whole = hex !== undefined ? `0x${hex}` : octal !== undefined ? `0o${octal}` : bits !== undefined ? `0b${bits}` : decimal;
  if (whole !== undefined) return sign === '-' ? -Number(whole) : Number(whole);
  return NUMBER.test(digits) && Number.isFinite(Number(digits)) ? Number(digits) : text; // Go takes one that is too large for text
}

/** It is one to go-yaml, which then keeps it as text. */
function isTimestamp(text: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/.test(text);
}

const plain: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^(?:[-+.0-9yYnNtTfFoO~]|$)/,
  resolve: (text) => {
    const found = resolve(text);
    if (typeof found === 'number' && !Number.isFinite(found)) throw new Error(`${text} is no number that JSON can say`);
    return found;
  },
};

function goYaml2Tags(core: Tags): Tags {
  return [plain, ...core.filter((tag) => typeof tag !== 'string' && (tag.collection !== undefined || tag.tag === 'tag:yaml.org,2002:str'))];
}
