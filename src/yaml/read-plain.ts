import type { ReadDocument, ReadFile } from './read';
import { COMMENTED, commentBehind } from './read-comments';
import { blockScalar } from './read-plain-blocks';
import { DEEPEST, keyOf, put } from './read-plain-data';
import { flowCollection } from './read-plain-flow';
import { COLON, DASH, DOUBLE_QUOTE, HASH, NEWLINE, NotPlain, PlainLines, SINGLE_QUOTE } from './read-plain-lines';
import { plainEnd, plainScalar, quotedScalar } from './read-plain-scalars';
import { pathStep, type CommentedLine } from './write';

/**
 * YAML as nearly all manifests have it, in one pass and a fraction of the time: blocks, scalars of every style, lists and
 * maps in brackets, comments, several documents. It gives up where it is not sure, so what it reads is what all of YAML says.
 * @param text without characters that YAML forbids
 * @returns undefined for anchors, tags, mistakes and whatever else is rare
 */
export function readPlain(text: string): ReadFile | undefined {
  const hasMarks = COMMENTED.test(text);
  const hasReturns = text.includes('\r');
  const source = hasReturns ? text.replaceAll('\r\n', '\n') : text;
  if (text.includes('\uFEFF') || (hasReturns && (hasMarks || source.includes('\r')))) return undefined;
  try {
    return new PlainReader(source, hasMarks).file();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** The colon behind a key may stand 1024 characters from its beginning. */
const LONGEST_KEY = 1000;
/** What begins no scalar without quotes. */
const RESERVED: ReadonlySet<number> = new Set(Array.from('#&*!|>%@`"\',[]{}', (sign) => sign.charCodeAt(0)));

const QUESTION_MARK = 63;
const OPEN_LIST = 91;
const OPEN_MAP = 123;
const FOLDED = 62;
const LITERAL = 124;

/** Keys and indices from the root of a document to a value. */
type Steps = readonly (string | number)[];

class PlainReader {
  private readonly lines: PlainLines;
  private readonly documents: ReadDocument[] = [];
  private readonly commented: CommentedLine[] = [];
  /** Of this document, as long as the names of its list items are not known. */
  private marks: { readonly steps: Steps; readonly mark: Omit<CommentedLine, 'path'> }[] = [];
  /** The way to the value that is being read. */
  private readonly steps: (string | number)[] = [];
  private depth = 0;

  constructor(text: string, private readonly hasMarks: boolean) {
    this.lines = new PlainLines(text);
  }

  file(): ReadFile {
    const { lines, documents } = this;
    lines.next();
    if (lines.indent >= 0) this.document();
    while (lines.at < lines.text.length) {
      const marker = lines.at;
      lines.at += 3;
      lines.skipComment();
      lines.next();
      if (lines.text.charCodeAt(marker) !== DASH) this.expectStart();
      else if (lines.indent < 0) documents.push({ object: null, line: lines.lineOf(marker) });
      else this.document();
    }
    return { documents, commented: this.commented };
  }

  /** Behind `...` a document begins with `---`, or none does. */
  private expectStart(): void {
    const { lines, documents } = this;
    if (documents.length === 0 || lines.indent >= 0 || lines.text[lines.at] === '.') throw new NotPlain();
  }

  private document(): void {
    const { lines } = this;
    const line = lines.lineOf(lines.at);
    const object = this.block(-1);
    if (lines.indent >= 0) throw new NotPlain();
    this.documents.push({ object, line });
    for (const { steps, mark } of this.marks) this.commented.push({ ...mark, path: pathOf(object, steps) });
    this.marks = [];
  }

  /** What begins at the place, be it a list, a map or a scalar. */
  private block(parent: number): unknown {
    const { lines } = this;
    const { at: from, column } = lines;
    if (this.isAtDash()) return this.list(column);
    const key = this.key(parent);
    if (key !== undefined) return this.map(column, key);
    lines.at = from;
    // a scalar below a comment may be read as if it began further out
    if (parent < 0 || (column === lines.indent && lines.isBelowComment)) throw new NotPlain();
    return this.value(parent);
  }

  private map(column: number, first: string): Record<string, unknown> {
    const { lines } = this;
    const found: Record<string, unknown> = {};
    this.enter();
    for (let key: string | undefined = first; ; key = this.key(column)) {
      if (key === undefined) throw new NotPlain();
      this.steps[this.depth - 1] = key;
      put(found, key, this.behindColon(column));
      if (lines.indent !== column) break;
    }
    this.leave(column);
    return found;
  }

  /** The key at the place, which moves to its colon; undefined if it is none. */
  private key(parent: number): string | undefined {
    const { lines } = this;
    const { text, at: from } = lines;
    const code = text.charCodeAt(from);
    const isQuoted = code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
    if (!isQuoted && this.isReserved(code)) return undefined;
    let key;
    if (isQuoted) {
      key = quotedScalar(lines, parent);
      lines.skipSpaces();
    } else {
      const end = plainEnd(lines, from);
      key = text.charCodeAt(lines.at) === COLON ? keyOf(text.slice(from, end)) : undefined;
    }
    if (text.charCodeAt(lines.at) !== COLON) return undefined;
    if (!lines.isIndicator() || lines.at - from > LONGEST_KEY || (isQuoted && text.slice(from, lines.at).includes('\n'))) throw new NotPlain();
    return key;
  }

  private behindColon(column: number): unknown {
    const { lines } = this;
    if (this.isInLine()) return this.value(column);
    if (lines.indent > column) return this.block(column);
    return lines.indent === column && this.isAtDash() ? this.list(column) : null;
  }

  private list(column: number): unknown[] {
    const { lines } = this;
    const found: unknown[] = [];
    this.enter();
    do {
      this.steps[this.depth - 1] = found.length;
      found.push(this.isInLine() || lines.indent > column ? this.block(column) : null);
    } while (lines.indent === column && this.isAtDash());
    this.leave(column);
    return found;
  }

  /** Goes over a colon or dash to what stands behind it, in its line or in the next. */
  private isInLine(): boolean {
    const { lines } = this;
    lines.at++;
    lines.skipSpaces();
    const code = lines.text.charCodeAt(lines.at);
    if (code !== NEWLINE && code !== HASH) return true;
    lines.skipComment();
    lines.next();
    return false;
  }

  /** A value that is no list or map of several lines. */
  private value(parent: number): unknown {
    const { lines } = this;
    const { at: from } = lines;
    const code = lines.text.charCodeAt(from);
    if (code === LITERAL || code === FOLDED) return blockScalar(lines, parent);
    let value;
    if (code === OPEN_LIST || code === OPEN_MAP) {
      value = flowCollection(lines, parent, this.depth);
    } else {
      if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) value = quotedScalar(lines, parent);
      else if (this.isReserved(code)) throw new NotPlain();
      else value = plainScalar(lines, from, parent);
      if (this.hasMarks) this.mark(from, value);
    }
    lines.skipComment();
    lines.next();
    return value;
  }

  private isReserved(code: number): boolean {
    return RESERVED.has(code) || ((code === DASH || code === QUESTION_MARK || code === COLON) && this.lines.isIndicator());
  }

  private isAtDash(): boolean {
    return this.lines.text.charCodeAt(this.lines.at) === DASH && this.lines.isIndicator();
  }

  private enter(): void {
    if (++this.depth > DEEPEST) throw new NotPlain();
  }

  /** Behind the last line of a list or map, which nothing further in may follow. */
  private leave(column: number): void {
    if (this.lines.indent > column) throw new NotPlain();
    this.depth--;
  }

  /** Keeps a scalar that began at `from` if the comment behind it says something of it. */
  private mark(from: number, value: unknown): void {
    const { lines: { text, at }, documents } = this;
    let end = at;
    while (text[end - 1] === ' ') end--;
    const comment = commentBehind(text, end);
    if (comment === undefined || !COMMENTED.test(comment)) return;
    const source = text.slice(from, end);
    if (source.includes('\n')) throw new NotPlain();
    const isQuoted = source.startsWith('"') || source.startsWith("'");
    const line = this.lines.lineOf(from);
    this.marks.push({ steps: this.steps.slice(0, this.depth), mark: { document: documents.length, value: isQuoted ? value as string : source, source, comment, line } });
  }
}

function pathOf(object: unknown, steps: Steps): string {
  let path = '';
  let container = object;
  for (const step of steps) {
    path += pathStep(container, step);
    container = (container as Readonly<Record<string | number, unknown>>)[step];
  }
  return path.replace(/^\./, '');
}
