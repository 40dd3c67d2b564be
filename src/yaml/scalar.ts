/**
 * How a string is written so that go-yaml reads the same string back, and so that kyaml (which Flux's image bot writes
 * with) writes it back unchanged. Plain where that is safe, single-quoted where double quotes would need escapes,
 * literal blocks for text of several lines, double-quoted for the rest.
 */
export function flowScalar(text: string): string {
  if (isPlainSafe(text)) return text;
  if (PRINTABLE_LINE.test(text) && /["\\]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return doubleQuoted(text);
}

/** The lines of a literal block with its indicator (`|`, `|-` or `|+`), or undefined where only quotes keep the text. */
export function literalBlock(text: string): { indicator: string; lines: string[] } | undefined {
  if (!text.includes('\n') || !BLOCK_SAFE.test(text)) return undefined;
  const body = text.replace(/\n+$/, '');
  const trailing = text.length - body.length;
  if (body === '' || /^[ \t\n]/.test(body) || /[ \t](\n|$)/.test(body)) return undefined;
  const lines = body.split('\n');
  if (lines.some((line) => line.startsWith('\t'))) return undefined;
  if (trailing <= 1) return { indicator: trailing === 0 ? '|-' : '|', lines };
  return { indicator: '|+', lines: [...lines, ...Array<string>(trailing - 1).fill('')] };
}

/** Characters that go-yaml's emitter prints as they are. */
const PRINTABLE = '\\x20-\\x7E\\xA1-\\u2027\\u202A-\\uD7FF\\uE000-\\uFDCF\\uFDF0-\\uFEFE\\uFF00-\\uFFFD';
const PRINTABLE_LINE = new RegExp(`^[${PRINTABLE}]*$`);
const BLOCK_SAFE = new RegExp(`^[${PRINTABLE}\\t\\n]*$`);
const PLAIN_FIRST = new RegExp(`^[A-Za-z0-9_/.$(^<;\\\\+\\xA1-\\u2027\\u202A-\\uD7FF\\uE000-\\uFDCF\\uFDF0-\\uFEFE\\uFF00-\\uFFFD]`);
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|\.inf|\.nan|<<|=)$/i;
/** Only characters that numbers, dates and sexagesimals are made of, in any notation that any reader knows. */
const NUMBER_LIKE = /^[-+]?[0-9.][0-9a-fA-F_xXoOeE.:+\-,TtZz ]*$|^[-+]\.?(?:inf|nan)$/i;

export function isPlainSafe(text: string): boolean {
  if (SIMPLE_WORD.test(text)) return !RESERVED.test(text);
  if (!PLAIN_FIRST.test(text) || !PRINTABLE_LINE.test(text)) return false;
  if (text.endsWith(' ') || text.endsWith(':') || text.includes(': ') || text.includes(' #')) return false;
  return !RESERVED.test(text) && !NUMBER_LIKE.test(text);
}

/** The common case: a word that starts with a letter. */
const SIMPLE_WORD = /^[A-Za-z][A-Za-z0-9_\-./@]*$/;

function doubleQuoted(text: string): string {
  let out = '"';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === '"' || character === '\\') out += `\\${character}`;
    else if (PRINTABLE_LINE.test(character)) out += character;
    else out += NAMED_ESCAPES.get(code) ?? numericEscape(code);
  }
  return `${out}"`;
}

function numericEscape(code: number): string {
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** The short forms that go-yaml itself writes. */
const NAMED_ESCAPES = new Map<number, string>([
  [0x00, '\\0'], [0x07, '\\a'], [0x08, '\\b'], [0x09, '\\t'], [0x0a, '\\n'], [0x0b, '\\v'], [0x0c, '\\f'], [0x0d, '\\r'], [0x1b, '\\e'],
  [0x85, '\\N'], [0xa0, '\\_'], [0x2028, '\\L'], [0x2029, '\\P'],
]);
