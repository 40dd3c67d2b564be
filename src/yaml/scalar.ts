/**
 * Scalars as every YAML reader takes them for what they are (go-yaml v2 and v3, YAML 1.1 and 1.2), in a form that kyaml,
 * which Flux's image automation writes with, gives back unchanged.
 */

/** A string on one line: plain where that is safe, single-quoted where double quotes would need escapes, else double-quoted. */
export function flowScalar(text: string): string {
  return isPlainSafe(text) ? text : quoted(text);
}

/** The indicator (`|`, `|-` or `|+`) under which a text of several lines stands as it is, or undefined if only quotes keep it. */
export function literalIndicator(text: string): string | undefined {
  if (NOT_IN_LITERAL.test(text)) return undefined;
  if (!text.endsWith('\n')) return '|-';
  return text.endsWith('\n\n') ? '|+' : '|';
}

/** Whether kyaml has escapes of its own for a text: it has for characters beyond U+FFFF, and for whatever follows a byte order mark. */
export function isEscapedByKyaml(text: string): boolean {
  return ASTRAL.test(text) || text.startsWith(BYTE_ORDER_MARK);
}

/** Such a text, as kyaml writes it. */
export function kyamlScalar(text: string): string {
  const inTheClear = text.startsWith(BYTE_ORDER_MARK) ? /^(?!)/ : PRINTABLE_BMP;
  return doubleQuoted(text, inTheClear);
}

/** Half of a pair of UTF-16 code units: no file in UTF-8 can hold it. */
export function hasLoneSurrogate(text: string): boolean {
  return ASTRAL.test(text) && LONE_SURROGATE.test(text);
}

/** A finite number. An exponent always has a point before it, without which YAML 1.1 reads a string. */
export function numberScalar(value: number): string {
  if (Object.is(value, -0)) return '0';
  if (Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER && Math.abs(value) < 1e21) return BigInt(value).toString();
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

/** What kyaml's emitter prints as it is on one line, and surrogates. */
const PRINTABLE = '\\x20-\\x7E\\xA0-\\u2027\\u202A-\\uFEFE\\uFF00-\\uFFFD';
const PRINTABLE_LINE = new RegExp(`^[${PRINTABLE}]*$`);
/** Printed as they are, but nobody sees them: quotes at least show where the string ends. */
const INVISIBLE = /[\xA0\xAD\u061C\u1680\u180E\u2000-\u200F\u202A-\u202F\u205F-\u206F\u3000]/;
const PRINTABLE_BMP = /[\x20-\x7E\xA0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]/;
const BYTE_ORDER_MARK = '\uFEFF';
const ASTRAL = /[\uD800-\uDFFF]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Unprintable characters, no text on the first line or a blank before it, a blank at the end of a line, nothing but line ends. */
const NOT_IN_LITERAL = new RegExp(`[^${PRINTABLE}\\t\\n]|^[ \\t\\n]|[ \\t](?:\\n|$)`);

/** A word that starts with a letter: the common case. */
const WORD = /^[A-Za-z][A-Za-z0-9_\-./@]*$/;
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity|[-+]?\.inf|[-+]\.?nan|\.nan|~|<<|=)$/i;
const INDICATOR_FIRST = /^[ !"#%&'*,:>?@[\]`{|}]|^-(?: |$)|^---|^\.\.\./;
const INDICATOR_INSIDE = /: | #|[: ]$/;

function isPlainSafe(text: string): boolean {
  if (WORD.test(text)) return text.length > 8 || !RESERVED.test(text);
  return (
    text !== '' &&
    PRINTABLE_LINE.test(text) &&
    !INDICATOR_FIRST.test(text) &&
    !INDICATOR_INSIDE.test(text) &&
    !INVISIBLE.test(text) &&
    !RESERVED.test(text) &&
    !isNumberLike(text)
  );
}

const NUMBER_FIRST = /^[-+.]?[0-9_.]/;
const INTEGER = /^[-+]?(?:[0-9]+|0[xX][0-9a-fA-F]+|0[oO][-+]?[0-7]+|0[bB][-+]?[01]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** `12:30` is 750 in YAML 1.1. */
const SEXAGESIMAL = /^[-+]?[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?$/;
const DATE = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt \t])/;

/** A number or a time in any notation of any reader; go-yaml overlooks underscores wherever they stand. */
function isNumberLike(text: string): boolean {
  if (!NUMBER_FIRST.test(text)) return false;
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  return INTEGER.test(digits) || FLOAT.test(digits) || SEXAGESIMAL.test(digits) || DATE.test(text);
}

function quoted(text: string): string {
  if (!PRINTABLE_LINE.test(text)) return doubleQuoted(text, PRINTABLE_LINE);
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

function doubleQuoted(text: string, inTheClear: RegExp): string {
  let out = '"';
  for (const character of text) {
    if (character === '"' || character === '\\') out += `\\${character}`;
    else out += inTheClear.test(character) ? character : escape(character.codePointAt(0)!);
  }
  return `${out}"`;
}

function escape(code: number): string {
  const named = NAMED_ESCAPES.get(code);
  if (named !== undefined) return named;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** The short forms that kyaml writes. */
const NAMED_ESCAPES = new Map<number, string>([
  [0x00, '\\0'], [0x07, '\\a'], [0x08, '\\b'], [0x09, '\\t'], [0x0a, '\\n'], [0x0b, '\\v'], [0x0c, '\\f'], [0x0d, '\\r'], [0x1b, '\\e'],
  [0x85, '\\N'], [0xa0, '\\_'], [0x2028, '\\L'], [0x2029, '\\P'],
]);
