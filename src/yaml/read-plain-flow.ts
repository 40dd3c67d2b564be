import { DEEPEST, keyOf, meaningOf, put } from './read-plain-data';
import { COLON, COMMA, DASH, DOUBLE_QUOTE, HASH, NEWLINE, NotPlain, SINGLE_QUOTE, SPACE, TAB, type PlainLines } from './read-plain-lines';
import { quotedScalar } from './read-plain-scalars';

const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;
/** What a word without quotes begins with neither here nor in a block. */
const RESERVED = '#&*!|>%@`"\'?:';

/** A list in brackets or a map in braces at the place, which moves behind it. */
export function flowCollection(lines: PlainLines, parent: number, depth: number, isOutermost = true): unknown {
  if (depth > DEEPEST) throw new NotPlain();
  const { text } = lines;
  const isMap = text.charCodeAt(lines.at++) === OPEN_MAP;
  const close = isMap ? CLOSE_MAP : CLOSE_LIST;
  const found: unknown[] | Record<string, unknown> = isMap ? {} : [];
  for (;;) {
    skipGap(lines, parent, isOutermost ? close : undefined);
    if (text.charCodeAt(lines.at) === close) break;
    if (isMap) {
      const key = flowKey(lines, parent);
      put(found as Record<string, unknown>, key, flowValue(lines, parent, depth));
    } else {
      (found as unknown[]).push(flowValue(lines, parent, depth));
    }
    skipGap(lines, parent, isOutermost ? close : undefined);
    const code = text.charCodeAt(lines.at);
    if (code === close) break;
    if (code !== COMMA) throw new NotPlain();
    lines.at++;
  }
  lines.at++;
  return found;
}

function flowValue(lines: PlainLines, parent: number, depth: number): unknown {
  const code = lines.text.charCodeAt(lines.at);
  if (code === OPEN_LIST || code === OPEN_MAP) return flowCollection(lines, parent, depth + 1, false);
  if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) return quotedScalar(lines, parent);
  return meaningOf(flowPlain(lines));
}

/** A key with its colon and the blanks behind it. */
function flowKey(lines: PlainLines, parent: number): string {
  const { text, at } = lines;
  const code = text.charCodeAt(at);
  const isQuoted = code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
  const source = isQuoted ? quotedScalar(lines, parent) : flowPlain(lines);
  const key = isQuoted ? source : keyOf(source);
  if (isQuoted) {
    if (text.slice(at, lines.at).includes('\n')) throw new NotPlain();
    lines.skipSpaces();
  }
  if (text.charCodeAt(lines.at) !== COLON || (!isQuoted && !lines.isIndicator())) throw new NotPlain();
  lines.at++;
  skipGap(lines, parent);
  return key;
}

/** A word without quotes, in one line; the place moves behind it. */
function flowPlain(lines: PlainLines): string {
  const { text, at: from } = lines;
  if (RESERVED.includes(text[from]!) || (text.charCodeAt(from) === DASH && isFlowEnd(text.charCodeAt(from + 1)))) throw new NotPlain();
  let end = from;
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE) continue;
    if (code === HASH && at > end) throw new NotPlain();
    if (isFlowEnd(code) || (code === COLON && isFlowEnd(text.charCodeAt(at + 1)))) {
      if (end === from) throw new NotPlain();
      lines.at = at;
      return text.slice(from, end);
    }
    end = at + 1;
  }
}

function isFlowEnd(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === TAB || code === COMMA || code === OPEN_LIST || code === CLOSE_LIST || code === OPEN_MAP || code === CLOSE_MAP;
}

/** Goes over blanks and line ends; lines have to be further in than `parent`, but for one that begins with `close`. */
function skipGap(lines: PlainLines, parent: number, close?: number): void {
  const { text } = lines;
  lines.skipSpaces();
  if (text.charCodeAt(lines.at) !== NEWLINE) return;
  let start = lines.at;
  while (text.charCodeAt(lines.at) === NEWLINE) {
    start = ++lines.at;
    lines.skipSpaces();
  }
  const indent = lines.at - start;
  if (indent <= parent && (indent < parent || close === undefined || text.charCodeAt(lines.at) !== close)) throw new NotPlain();
}
