import { UserError } from '../errors';
import { isToken, readToken } from './comment';
import { kyamlIndentsSequences, withoutEmptyMetadata } from './fixed-point';
import { flowScalar, hasLoneSurrogate, isEscapedByKyaml, kyamlScalar, literalIndicator, numberScalar } from './scalar';

/** A scalar that carries a comment: where it stands in the text and in the object. */
export interface CommentedLine {
  /** Index of the document in its file. */
  readonly document: number;
  /** Where in the object, list items by their name: `spec.containers[name=server].image`. */
  readonly path: string;
  readonly value: string;
  /** The scalar as it stands in the text, with its quotes. */
  readonly source: string;
  /** The comment without its `#`. */
  readonly comment: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

export interface WrittenFile {
  readonly text: string;
  readonly commented: readonly CommentedLine[];
}

/**
 * Documents as YAML text: two spaces, sequences indented, never folded; each header line becomes a comment at the top.
 * Go reads the same data back. A file with a marker is written so that kyaml writes it back unchanged, which forbids
 * characters beyond U+FFFF outside of escapes, empty annotations, and now and then the indentation of sequences.
 * @throws UserError `value-not-yaml` for NaN, functions and the like, `marker-misplaced` for a comment where none can stand
 */
export function writeDocuments(documents: readonly unknown[], header: readonly string[] = []): WrittenFile {
  const writer = new Writer({ header, forAutomation: false });
  documents.forEach((document) => writer.document(document));
  if (!writer.commented.some(({ comment }) => comment.includes('"$imagepolicy"'))) return writer;

  const indented = new Writer({ header, forAutomation: true });
  documents.map(withoutEmptyMetadata).forEach((document) => indented.document(document));
  return indented;
}

interface WriterOptions {
  readonly header: readonly string[];
  /** Whether Flux's image automation will write the file, too. */
  readonly forAutomation: boolean;
}

class Writer implements WrittenFile {
  text = '';
  commented: CommentedLine[] = [];
  private line = 1;
  private index = -1;
  private indentsSequences = true;
  private readonly forAutomation: boolean;
  /** The way to the value that is being written: containers and the keys taken in them. */
  private readonly containers: unknown[] = [];
  private readonly keys: (string | number)[] = [];

  constructor({ header, forAutomation }: WriterOptions) {
    this.forAutomation = forAutomation;
    for (const lines of header) {
      for (const line of lines.split(LINE_END)) this.end(line === '' ? '#' : `# ${line.replace(UNPRINTABLE, '\uFFFD')}`);
    }
  }

  document(value: unknown): void {
    if (++this.index > 0) this.end('---');
    const start = { text: this.text, line: this.line, commented: this.commented.length };
    this.item(value, '');
    if (!this.forAutomation) return;
    if (kyamlIndentsSequences(this.text.slice(start.text.length))) return;

    this.indentsSequences = false;
    this.text = start.text;
    this.line = start.line;
    this.commented = this.commented.slice(0, start.commented);
    this.item(value, '');
    this.indentsSequences = true;
  }

  /** A value whose first line has begun: behind `- `, `: ` of its own line, or at the start of a document. */
  private item(value: unknown, indent: string): void {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) {
        if (value.length > 0) return this.sequence(value, indent, '');
      } else if (!isEmpty(value)) {
        return this.mapping(value as Record<string, unknown>, indent, '');
      }
    }
    this.scalar(value, indent);
  }

  private mapping(value: Record<string, unknown>, indent: string, lead: string): void {
    const depth = this.enter(value);
    for (const key of orderedKeys(value, leadingKeys(this.containers, this.keys))) {
      const item = value[key];
      if (item === undefined) continue;
      this.keys[depth] = key;
      const name = this.key(key);
      this.text += lead;
      if (name.startsWith('? ')) {
        this.end(name);
        this.text += `${indent}: `;
        this.item(item, `${indent}  `);
      } else {
        this.text += name;
        this.value(item, indent);
      }
      lead = indent;
    }
    this.leave();
  }

  /** What stands behind `key:`. */
  private value(value: unknown, indent: string): void {
    const inner = `${indent}  `;
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) {
        if (value.length > 0) {
          this.end('');
          const items = this.indentsSequences ? inner : indent;
          return this.sequence(value, items, items);
        }
      } else if (!isEmpty(value)) {
        this.end('');
        return this.mapping(value as Record<string, unknown>, inner, inner);
      }
    }
    this.text += ' ';
    this.scalar(value, inner);
  }

  private sequence(value: readonly unknown[], indent: string, lead: string): void {
    const depth = this.enter(value);
    const inner = `${indent}  `;
    for (let at = 0; at < value.length; at++) {
      this.keys[depth] = at;
      this.text += `${lead}- `;
      this.item(value[at], inner);
      lead = indent;
    }
    this.leave();
  }

  private scalar(value: unknown, indent: string): void {
    if (typeof value !== 'string') return this.end(this.inline(value));
    if (isToken(value)) return this.end(this.token(value));
    const indicator = value.includes('\n') ? this.literal(value) : undefined;
    if (indicator === undefined) return this.end(this.oneLine(value));
    this.end(indicator);
    const lines = value.split('\n');
    if (indicator !== '|-') lines.pop();
    for (const line of lines) this.end(line === '' ? '' : `${indent}${line}`);
  }

  private literal(text: string): string | undefined {
    return this.forAutomation && isEscapedByKyaml(text) ? undefined : literalIndicator(this.wellFormed(text));
  }

  private oneLine(text: string): string {
    return this.forAutomation && isEscapedByKyaml(text) ? kyamlScalar(this.wellFormed(text)) : flowScalar(this.wellFormed(text));
  }

  private wellFormed(text: string): string {
    if (!hasLoneSurrogate(text)) return text;
    throw this.notYaml(`${JSON.stringify(text.slice(0, 60))} with half a surrogate pair`);
  }

  /** `key:`, or `? key` where kyaml insists: it does for keys of several lines, or of more than 128 bytes. */
  private key(key: string): string {
    if (isToken(key)) throw this.misplaced('on a map key');
    const name = this.oneLine(key);
    const explicit = key.length > 42 && (key.length > 128 || Buffer.byteLength(key) > 128) || (name.startsWith('"') && LINE_END.test(key));
    return explicit ? `? ${name}` : `${name}:`;
  }

  private inline(value: unknown): string {
    if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
    if (typeof value === 'number' && Number.isFinite(value)) return numberScalar(value);
    if (Array.isArray(value)) return '[]';
    if (Object.prototype.toString.call(value) === '[object Object]') return '{}';
    throw this.notYaml(describe(value));
  }

  private token(token: string): string {
    const { value, comment } = readToken(token);
    if (value === null) return 'null';
    if (comment === undefined) return this.oneLine(value);
    if (LINE_END.test(value)) throw this.misplaced(`inside the text ${JSON.stringify(value.slice(0, 60))}`);
    if (comment !== comment.trim() || comment.replace(UNPRINTABLE, '') !== comment) {
      throw this.notYaml(`the comment ${JSON.stringify(comment)} with a line end, a control character or a blank at an end`);
    }
    const source = this.oneLine(value);
    this.commented.push({ document: this.index, path: this.path(), value, source, comment, line: this.line });
    return `${source} # ${comment}`;
  }

  private end(text: string): void {
    this.text += `${text}\n`;
    this.line++;
  }

  private enter(container: unknown): number {
    return this.containers.push(container) - 1;
  }

  private leave(): void {
    this.containers.pop();
    this.keys.length = this.containers.length;
  }

  private misplaced(where: string): UserError {
    return new UserError('marker-misplaced', `${this.path()} has a marker ${where}, where Flux cannot see it`, 'put the marked value in a field of its own');
  }

  private notYaml(what: string): UserError {
    return new UserError('value-not-yaml', `${this.path() || 'the document'} is ${what}, which YAML cannot hold`, 'give a string, number, boolean, list or map');
  }

  private path(): string {
    return this.keys.map((key, depth) => pathStep(this.containers[depth], key)).join('').replace(/^\./, '');
  }
}

const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/;
const UNPRINTABLE = /[\x00-\x08\x0A-\x1F\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;

/** One step of a path: `.key`, or `[name=server]` for a list item with a name, else `[0]`. */
export function pathStep(container: unknown, key: string | number): string {
  if (typeof key === 'string') return `.${key}`;
  const item = (container as readonly unknown[])[key] as { readonly name?: unknown } | null | undefined;
  const name = typeof item === 'object' && item !== null && !Array.isArray(item) ? item.name : undefined;
  return typeof name === 'string' && !isToken(name) ? `[name=${name}]` : `[${key}]`;
}

const TOP_KEYS = ['apiVersion', 'kind', 'metadata'];
const METADATA_KEYS = ['name', 'namespace'];
const ITEM_KEYS = ['name', 'op', 'path'];
const NO_KEYS: readonly string[] = [];

/** The keys that people look for first in the mapping that has just been entered. */
function leadingKeys(containers: readonly unknown[], keys: readonly (string | number)[]): readonly string[] {
  if (containers.length === 1) return TOP_KEYS;
  const key = keys[containers.length - 2];
  if (typeof key === 'number') return ITEM_KEYS;
  return key === 'metadata' ? METADATA_KEYS : NO_KEYS;
}

function orderedKeys(value: Record<string, unknown>, first: readonly string[]): string[] {
  const keys = Object.keys(value);
  if (first.every((key, at) => keys[at] === key)) return keys;
  const leading = first.filter((key) => Object.hasOwn(value, key));
  return leading.every((key, at) => keys[at] === key) ? keys : [...leading, ...keys.filter((key) => !first.includes(key))];
}

function isEmpty(value: object): boolean {
  for (const key in value) if ((value as Record<string, unknown>)[key] !== undefined) return false;
  return true;
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' ? `a ${Object.prototype.toString.call(value).slice('[object '.length, -1)}` : `a ${typeof value}`;
}
