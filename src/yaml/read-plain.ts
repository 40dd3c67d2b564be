import { goScalar } from './go-tags';

/**
 * The data of YAML in the plain form that kustomize writes: blocks, scalars without signs of their own, no comments, anchors
 * or tags. Reading that takes a tenth of the time.
 * @returns undefined for any other text, valid or not
 */
export function readPlain(text: string): unknown[] | undefined {
  if (!text.endsWith('\n') || UNUSUAL.test(text)) return undefined;
  try {
    return text.split(/^---$/m).filter((part, index) => index > 0 || part.trim() !== '').map((part) => new PlainReader(part).read());
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** Control characters, line ends of others, marks, half characters, directives and ends of documents. */
const UNUSUAL = /[\x00-\x09\x0B-\x1F\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|^(?:%|\.\.\.|--- )/m;
/** What a value begins with that is more than a word: collections, anchors, tags, comments and reserved signs. */
const INDICATOR = /^[[\]{}&*!|>%@`#,?"']|^[-?:](?: |$)/;
/** Escapes that JSON has, too. */
const QUOTED = /^"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*"$/;
const DEEPEST = 200;

class NotPlain extends Error {}

class PlainReader {
  private readonly lines: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.lines = text.split('\n');
  }

  read(): unknown {
    this.skipEmpty();
    if (this.at === this.lines.length) return null;
    const data = this.block(0, 0);
    this.skipEmpty();
    if (this.at < this.lines.length) throw new NotPlain();
    return data;
  }

  private block(indent: number, depth: number): unknown {
    if (depth > DEEPEST) throw new NotPlain();
    const line = this.lines[this.at]!;
    return line.startsWith('- ', indent) ? this.sequence(indent, depth) : this.mapping(line.slice(indent), indent, depth);
  }

  private sequence(indent: number, depth: number): unknown[] {
    const items: unknown[] = [];
    while (this.indentHere() === indent && this.lines[this.at]!.startsWith('- ', indent)) items.push(this.item(this.lines[this.at]!.slice(indent + 2), indent + 2, depth + 1));
    return items;
  }

  /** What stands behind a dash: an item of one line, or a collection that begins there. */
  private item(text: string, indent: number, depth: number): unknown {
    if (depth > DEEPEST || text.startsWith(' ')) throw new NotPlain();
    if (text.startsWith('- ')) {
      const items = [this.item(text.slice(2), indent + 2, depth + 1)];
      if (this.indentHere() === indent && this.lines[this.at]!.startsWith('- ', indent)) items.push(...this.sequence(indent, depth));
      return items;
    }
    return keyEnd(text) === undefined ? this.value(text, indent - 2) : this.mapping(text, indent, depth);
  }

  /** @param text the first line without its indent, behind which may be a dash */
  private mapping(text: string, indent: number, depth: number): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    for (let entry: string | undefined = text; entry !== undefined; entry = this.indentHere() === indent ? this.lines[this.at]!.slice(indent) : undefined) {
      const end = keyEnd(entry);
      if (end === undefined) throw new NotPlain();
      const key = keyOf(entry.slice(0, end));
      if (key === '__proto__' || Object.hasOwn(found, key)) throw new NotPlain();
      const rest = entry.slice(end + 1);
      found[key] = rest === '' ? this.nested(indent, depth) : this.value(rest.slice(1), indent);
    }
    return found;
  }

  /** What stands below a key: deeper, or a sequence right below it. */
  private nested(indent: number, depth: number): unknown {
    this.at++;
    const next = this.indentHere();
    if (next === undefined || next < indent || (next === indent && !this.lines[this.at]!.startsWith('- ', indent))) return null;
    return this.block(next, depth + 1);
  }

  private value(text: string, indent: number): unknown {
    this.at++;
    if (/^\|[-+]?$/.test(text)) return this.literal(text.slice(1), indent);
    if (this.goesOn(indent)) return scalar(this.folded(text, indent));
    if (text === '{}') return {};
    if (text === '[]') return [];
    return scalar(text);
  }

  private goesOn(indent: number): boolean {
    let at = this.at;
    while (this.lines[at] === '') at++;
    const next = this.lines[at];
    return next !== undefined && next.length - next.trimStart().length > indent;
  }

  /** A scalar of several lines, quoted or not, as one: a line end is a blank, unless there are several. */
  private folded(text: string, indent: number): string {
    const isQuoted = /^["']/.test(text);
    if (text === '' || /[\s\\]$/.test(text) || (isQuoted ? isClosed(text) : INDICATOR.test(text))) throw new NotPlain();
    let joined = text;
    while (!(isQuoted && isClosed(joined)) && this.goesOn(indent)) {
      let empty = 0;
      for (; this.lines[this.at] === ''; this.at++) empty++;
      const line = this.lines[this.at++]!.trim();
      if (line === '' || /\\$/.test(line) || (!isQuoted && /^(?:#|[-?] |[-?]$)/.test(line))) throw new NotPlain();
      joined += (empty === 0 ? ' ' : '\n'.repeat(empty)) + line;
    }
    return joined;
  }

  private literal(chomping: string, parent: number): string {
    const first = this.lines[this.at] ?? '';
    const indent = first.length - first.trimStart().length;
    if (first.trim() === '' || indent <= parent) throw new NotPlain();
    const content: string[] = [];
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at]!;
      if (line !== '' && line.trim() === '') throw new NotPlain();
      if (line !== '' && !line.startsWith(' '.repeat(indent))) break;
      content.push(line.slice(indent));
    }
    if (this.at === this.lines.length) content.pop(); // what stands behind the last line end
    const whole = content.join('\n');
    if (chomping === '+') return `${whole}\n`;
    return whole.replace(/\n*$/, chomping === '-' ? '' : '\n');
  }

  /** The indent of the line that is next; undefined at the end. */
  private indentHere(): number | undefined {
    const line = this.lines[this.at];
    if (line === undefined || (line === '' && this.at === this.lines.length - 1)) return undefined;
    let indent = 0;
    while (line[indent] === ' ') indent++;
    if (indent === line.length || line[indent] === '#') throw new NotPlain();
    return indent;
  }

  private skipEmpty(): void {
    while (this.lines[this.at] === '') this.at++;
  }
}

/** Whether a quoted scalar has its end. */
function isClosed(text: string): boolean {
  return /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')$/s.test(text);
}

/** Where the colon behind a key stands; undefined where there is no key. */
function keyEnd(text: string): number | undefined {
  const quoted = /^"(?:[^"\\]|\\.)*"(?=:(?: |$))|^'(?:[^']|'')*'(?=:(?: |$))/.exec(text);
  if (quoted !== null) return quoted[0].length;
  if (INDICATOR.test(text)) return undefined;
  const colon = /:(?= |$)/.exec(text);
  return colon?.index;
}

function keyOf(text: string): string {
  const key = scalar(text);
  if (typeof key !== 'string' || key === '<<') throw new NotPlain();
  return key;
}

function scalar(text: string): unknown {
  if (text.startsWith('"')) {
    if (!QUOTED.test(text)) throw new NotPlain();
    return JSON.parse(text.replaceAll('\n', '\\n')) as unknown;
  }
  if (text.startsWith("'")) {
    if (!/^'(?:[^']|'')*'$/.test(text)) throw new NotPlain();
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (INDICATOR.test(text) || /: |:$| #|^ | $|:\n/.test(text)) throw new NotPlain();
  return goScalar(text);
}
