import { meaningOf } from './read-plain-data';
import { COLON, DOUBLE_QUOTE, HASH, NEWLINE, NotPlain, SPACE, TAB, type PlainLines } from './read-plain-lines';

/**
 * Where a scalar without quotes that begins at `from` ends in its line. The place moves on to what ended it: a line end,
 * a comment, or the colon behind a key.
 */
export function plainEnd(lines: PlainLines, from: number): number {
  const { text } = lines;
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code > COLON) continue;
    if (code === SPACE) {
      const end = at;
      while (text.charCodeAt(at + 1) === SPACE) at++;
      const behind = text.charCodeAt(at + 1);
      if (behind !== HASH && behind !== NEWLINE) continue;
      lines.at = at + 1;
      return end;
    }
    if (code === NEWLINE || (code === COLON && isBlank(text.charCodeAt(at + 1)))) {
      if (code === COLON && text.charCodeAt(at - 1) === SPACE) throw new NotPlain();
      return (lines.at = at);
    }
    if (code === TAB) throw new NotPlain();
  }
}

/** What a scalar without quotes means that begins at `from` and goes on in lines further in than `parent`. */
export function plainScalar(lines: PlainLines, from: number, parent: number): unknown {
  const { text } = lines;
  const end = plainEnd(lines, from);
  const stop = text.charCodeAt(lines.at);
  if (stop === COLON) throw new NotPlain();
  const line = text.slice(from, end);
  return meaningOf(stop === NEWLINE && goesOn(lines, parent) ? plainLines(lines, line, parent) : line);
}

/** Whether the next line that is not empty belongs to a scalar, too. */
function goesOn({ text, at }: PlainLines, parent: number): boolean {
  for (let start = at + 1; start < text.length; ) {
    let begin = start;
    while (text.charCodeAt(begin) === SPACE) begin++;
    const code = text.charCodeAt(begin);
    if (code !== NEWLINE) return begin - start > parent && code !== HASH;
    start = begin + 1;
  }
  return false;
}

function plainLines(lines: PlainLines, first: string, parent: number): string {
  const { text } = lines;
  const found = [first];
  do {
    lines.at++;
    lines.skipSpaces();
    const from = lines.at;
    found.push(text.slice(from, text.charCodeAt(from) === NEWLINE ? from : plainEnd(lines, from)));
  } while (text.charCodeAt(lines.at) === NEWLINE && goesOn(lines, parent));
  if (text.charCodeAt(lines.at) === COLON) throw new NotPlain();
  return folded(found);
}

/** A scalar in quotes at the place, which moves behind it. */
export function quotedScalar(lines: PlainLines, parent: number): string {
  const { text, at } = lines;
  const isDouble = text.charCodeAt(at) === DOUBLE_QUOTE;
  const end = isDouble ? doubleQuoteBehind(text, at + 1) : singleQuoteBehind(text, at + 1);
  if (end < 0) throw new NotPlain();
  lines.at = end + 1;
  const source = text.slice(at + 1, end);
  if (!source.includes('\n')) return isDouble ? unescaped(source) : singleQuoted(source);
  const parts = source.split('\n');
  if (parts.some((part, index) => index > 0 && !isInside(part, parent, index === parts.length - 1))) throw new NotPlain();
  return isDouble ? foldedEscapes(parts) : singleQuoted(folded(trimmed(parts)));
}

function doubleQuoteBehind(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    if (!isEscaped(text, end, from)) return end;
  }
  return -1;
}

/** Whether an odd number of backslashes stands before an offset. */
function isEscaped(text: string, offset: number, from: number): boolean {
  let at = offset;
  while (at > from && text[at - 1] === '\\') at--;
  return (offset - at) % 2 === 1;
}

function singleQuoteBehind(text: string, from: number): number {
  let end = text.indexOf("'", from);
  while (end >= 0 && text[end + 1] === "'") end = text.indexOf("'", end + 2);
  return end;
}

function singleQuoted(source: string): string {
  return source.includes("'") ? source.replaceAll("''", "'") : source;
}

function isInside(line: string, parent: number, isLast: boolean): boolean {
  let indent = 0;
  while (line.charCodeAt(indent) === SPACE) indent++;
  return indent > parent || (indent === line.length && !isLast);
}

/** Lines without the blanks around line ends. */
function trimmed(lines: readonly string[]): string[] {
  return lines.map((line, index) => {
    let [from, to] = [0, line.length];
    if (index > 0) while (from < to && isBlankOrTab(line.charCodeAt(from))) from++;
    if (index < lines.length - 1) while (to > from && isBlankOrTab(line.charCodeAt(to - 1))) to--;
    return line.slice(from, to);
  });
}

/** Lines as one: a line end is a space, and an empty line a line end. */
function folded(lines: readonly string[]): string {
  const parts = [lines[0]!];
  let empty = 0;
  lines.forEach((line, index) => {
    if (index === 0) return;
    if (line === '' && index < lines.length - 1) {
      empty++;
      return;
    }
    parts.push(empty === 0 ? ' ' : '\n'.repeat(empty), line);
    empty = 0;
  });
  return parts.join('');
}

/** The lines of a scalar in double quotes, in which a backslash at the end of a line joins it to the next. */
function foldedEscapes(source: readonly string[]): string {
  const joined: string[] = [];
  let isJoined = false;
  trimmed(source).forEach((line, index, { length }) => {
    const endsEscaped = index < length - 1 && isEscaped(line, line.length, 0);
    if ((endsEscaped && !source[index]!.endsWith('\\')) || (isJoined && line === '')) throw new NotPlain();
    const own = endsEscaped ? line.slice(0, -1) : line;
    if (isJoined) joined[joined.length - 1] += own;
    else joined.push(own);
    isJoined = endsEscaped;
  });
  return unescaped(folded(joined));
}

const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^]))/g;
const ESCAPES: ReadonlyMap<string, string> = new Map(Object.entries({
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1B', ' ': ' ', '"': '"', '/': '/', '\\': '\\', N: '\u0085', _: '\u00A0', L: '\u2028', P: '\u2029',
}));

function unescaped(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(ESCAPE, (_, two?: string, four?: string, eight?: string, one?: string) => {
    const hex = two ?? four ?? eight;
    const found = hex === undefined ? ESCAPES.get(one!) : characterOf(parseInt(hex, 16));
    if (found === undefined) throw new NotPlain();
    return found;
  });
}

function characterOf(code: number): string | undefined {
  return code > 0x10FFFF ? undefined : String.fromCodePoint(code);
}

function isBlank(code: number): boolean {
  return code === SPACE || code === NEWLINE;
}

function isBlankOrTab(code: number): boolean {
  return code === SPACE || code === TAB;
}
