/** What the plain reader leaves to the reader of all YAML, be it valid or not. */
export class NotPlain extends Error {}

export const NEWLINE = 10;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const COMMA = 44;
export const DASH = 45;
export const COLON = 58;

export const TAB = 9;
const DOT = 46;

/** A place in a text that moves from one line that says something to the next. */
export class PlainLines {
  at = -1;
  /** The column of what stands first in this line; -1 where a document ends: at `---`, at `...`, behind the last line. */
  indent = -1;
  /** Whether a line before it has nothing but a comment. */
  isBelowComment = false;
  private start = 0;
  /** The line that `countedTo` is in, from 1. */
  private line = 1;
  private countedTo = 0;
  /** Whether the last line has no line end of its own. */
  readonly isOpen: boolean;
  /** Ends with a line end. */
  readonly text: string;

  /** @param text whose line ends are `\n` alone */
  constructor(text: string) {
    this.isOpen = !text.endsWith('\n');
    this.text = this.isOpen ? `${text}\n` : text;
  }

  /** The column of what stands at `at`. */
  get column(): number {
    return this.at - this.start;
  }

  /** Goes from a line end to the next line that has more than a comment. */
  next(): void {
    const { text } = this;
    let at = this.at + 1;
    this.isBelowComment = false;
    for (;;) {
      this.start = at;
      if (at === text.length) break;
      let code = text.charCodeAt(at);
      while (code === SPACE) code = text.charCodeAt(++at);
      if (code === TAB) throw new NotPlain();
      if (code === HASH) {
        this.isBelowComment = true;
        at = text.indexOf('\n', at);
      } else if (code !== NEWLINE) {
        break;
      }
      at++;
    }
    this.at = at;
    this.indent = at === text.length || this.isAtMarker() ? -1 : at - this.start;
  }

  /** Goes to the line end, before which nothing but a comment may be. */
  skipComment(): void {
    const { text } = this;
    this.skipSpaces();
    const code = text.charCodeAt(this.at);
    if (code === HASH && text.charCodeAt(this.at - 1) === SPACE) this.at = text.indexOf('\n', this.at);
    else if (code !== NEWLINE) throw new NotPlain();
  }

  skipSpaces(): void {
    const { text } = this;
    while (text.charCodeAt(this.at) === SPACE) this.at++;
  }

  /** Whether the sign at `at` stands alone, as an indicator does. */
  isIndicator(): boolean {
    const behind = this.text.charCodeAt(this.at + 1);
    return behind === SPACE || behind === NEWLINE;
  }

  /** The line of an offset, from 1; offsets have to grow from call to call. */
  lineOf(offset: number): number {
    const { text } = this;
    for (let end = text.indexOf('\n', this.countedTo); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) {
      this.line++;
      this.countedTo = end + 1;
    }
    return this.line;
  }

  private isAtMarker(): boolean {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    if ((code !== DASH && code !== DOT) || at !== this.start) return false;
    if (text.charCodeAt(at + 1) !== code || text.charCodeAt(at + 2) !== code) return false;
    const behind = text.charCodeAt(at + 3);
    return behind === SPACE || behind === NEWLINE || behind === TAB;
  }
}
