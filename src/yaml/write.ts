import { UserError } from '../errors';
import { isToken, readToken } from './comment';
import { kyamlIndentsSequences, withoutEmptyMetadata } from './fixed-point';
import { orderedKeys } from './key-order';
import { Memory } from './memory';
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
 * characters beyond U+FFFF outside of escapes, empty annotations, and now and then the usual layout of sequences.
 * @throws UserError `value-not-yaml` for NaN, functions and the like, `marker-misplaced` for a comment where none can stand
 */
export function writeDocuments(documents: readonly unknown[], header: readonly string[] = []): WrittenFile {
  const writer = new Writer({ header, forAutomation: false });
  documents.forEach((document) => writer.document(document));
  if (!writer.commented.some(({ comment }) => isMarker(comment))) return writer.finish();

  const indented = new Writer({ header, forAutomation: true });
  documents.map(withoutEmptyMetadata).forEach((document) => indented.document(document));
  return indented.finish();
}

interface WriterOptions {
  readonly header: readonly string[];
  /** Whether Flux's image automation will write the file, too. */
  readonly forAutomation: boolean;
}

/** What is the same in every file. Strings that depend on `forAutomation` are in neither. */
const scalars = new Memory();
const keyNames = new Memory();

interface Layout {
  readonly indentsSequences: boolean;
  /** Whether a list below the first key of an item has an anchor, which keeps kyaml from guessing by it. */
  readonly namesFirstLists: boolean;
}

/** Ways to write a document, the usual one first: kyaml gives back one of them unchanged. */
const LAYOUTS: readonly Layout[] = [
  { indentsSequences: true, namesFirstLists: false },
  { indentsSequences: false, namesFirstLists: false },
  { indentsSequences: false, namesFirstLists: true },
];

class Writer implements WrittenFile {
  text = '';
  commented: CommentedLine[] = [];
  /** The line that is being written, from 1. */
  private line = 1;
  private index = -1;
  private layout = LAYOUTS[0]!;
  private readonly forAutomation: boolean;
  /** The way to the value that is being written: containers and the keys taken in them, down to `depth`. */
  private readonly containers: unknown[] = [];
  private readonly keys: (string | number)[] = [];
  private depth = 0;

  constructor({ header, forAutomation }: WriterOptions) {
    this.forAutomation = forAutomation;
    for (const lines of header) {
      for (const line of lines.split(LINE_END)) this.append(line === '' ? '#' : `# ${line.replace(UNPRINTABLE, '\uFFFD')}`);
    }
  }

  finish(): WrittenFile {
    this.text.charCodeAt(0); // V8 keeps an added-up string as a tree of its parts, five times its size, until something looks into it
    return { text: this.text, commented: this.commented };
  }

  document(value: unknown): void {
    if (++this.index > 0) this.append('---');
    if (!this.forAutomation) return this.item('', value, '');
    const { text, line, commented } = this;
    for (const layout of LAYOUTS) {
      this.text = text;
      this.line = line;
      this.commented = [...commented];
      this.layout = layout;
      this.item('', value, '');
      if (kyamlIndentsSequences(this.text.slice(text.length)) === layout.indentsSequences) return;
    }
  }

  /** A value behind something on its line: `- `, `: `, or nothing at the start of a document. */
  private item(lead: string, value: unknown, indent: string): void {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) {
        if (value.length > 0) return this.sequence(lead, value, indent);
      } else if (!isEmpty(value)) {
        return this.mapping(lead, value as Record<string, unknown>, indent);
      }
    }
    this.append(lead + this.scalar(value, indent));
  }

  private mapping(lead: string, value: Record<string, unknown>, indent: string): void {
    const keys = orderedKeys(value, this.depth === 0 ? undefined : this.keys[this.depth - 1]);
    const depth = this.depth++;
    this.containers[depth] = value;
    for (const key of keys) {
      const item = value[key];
      if (item === undefined) continue;
      this.keys[depth] = key;
      const name = keyNames.recall(key) ?? this.key(key);
      if (name.startsWith('? ')) {
        this.append(lead + name);
        this.item(`${indent}: `, item, `${indent}  `);
      } else {
        this.field(lead + name, item, indent, lead !== indent);
      }
      lead = indent;
    }
    this.depth = depth;
  }

  /** A value behind its key: on the same line, or indented below it. */
  private field(key: string, value: unknown, indent: string, isFirst: boolean): void {
    const inner = `${indent}  `;
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) {
        if (value.length > 0) {
          this.append(isFirst && this.layout.namesFirstLists ? `${key} &list${this.line}` : key);
          const items = this.layout.indentsSequences ? inner : indent;
          return this.sequence(items, value, items);
        }
      } else if (!isEmpty(value)) {
        this.append(key);
        return this.mapping(inner, value as Record<string, unknown>, inner);
      }
    }
    this.append(`${key} ${this.scalar(value, inner)}`);
  }

  private sequence(lead: string, value: readonly unknown[], indent: string): void {
    const inner = `${indent}  `;
    const depth = this.depth++;
    this.containers[depth] = value;
    for (let at = 0; at < value.length; at++) {
      this.keys[depth] = at;
      this.item(`${lead}- `, value[at], inner);
      lead = indent;
    }
    this.depth = depth;
  }

  private scalar(value: unknown, indent: string): string {
    if (typeof value !== 'string') return this.inline(value);
    const known = scalars.recall(value);
    if (known !== undefined) return known;
    if (isToken(value)) return this.token(value);
    return (value.includes('\n') ? this.literal(value, indent) : undefined) ?? this.oneLine(value);
  }

  private literal(text: string, indent: string): string | undefined {
    if (this.forAutomation && isEscapedByKyaml(text)) return undefined;
    const indicator = literalIndicator(this.wellFormed(text));
    if (indicator === undefined) return undefined;
    const lines = text.split('\n');
    if (indicator !== '|-') lines.pop();
    this.line += lines.length;
    return lines.reduce((block, line) => (line === '' ? `${block}\n` : `${block}\n${indent}${line}`), indicator);
  }

  private oneLine(text: string): string {
    if (!isEscapedByKyaml(text)) return scalars.remember(text, flowScalar(text));
    return this.forAutomation ? kyamlScalar(this.wellFormed(text)) : flowScalar(this.wellFormed(text));
  }

  private wellFormed(text: string): string {
    if (!hasLoneSurrogate(text)) return text;
    throw this.notYaml(`${JSON.stringify(text.slice(0, 60))} with half a surrogate pair`);
  }

  /** `key:`, or `? key` where kyaml insists: it does for keys of several lines, or of more than 128 bytes. */
  private key(key: string): string {
    if (isToken(key)) throw this.misplaced('on a map key');
    const name = this.oneLine(key);
    const explicit = LINE_END.test(key) || (key.length > 42 && Buffer.byteLength(key) > 128);
    if (explicit || isEscapedByKyaml(key)) return explicit ? `? ${name}` : `${name}:`;
    return keyNames.remember(key, `${name}:`);
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
    if (isMarker(comment) && (this.depth === 0 || isList(this.containers[0]))) throw this.misplaced('outside of an object of its own', 'give each object a document of its own');
    const source = this.oneLine(value);
    this.commented.push({ document: this.index, path: this.path(), value, source, comment, line: this.line });
    return `${source} # ${comment}`;
  }

  private append(line: string): void {
    this.text += `${line}\n`;
    this.line++;
  }

  private misplaced(where: string, fix = 'put the marked value in a field of its own'): UserError {
    return new UserError('marker-misplaced', `${this.path() || 'the document'} has a marker ${where}, where Flux cannot see it`, fix);
  }

  private notYaml(what: string): UserError {
    return new UserError('value-not-yaml', `${this.path() || 'the document'} is ${what}, which YAML cannot hold`, 'give a string, number, boolean, list or map');
  }

  private path(): string {
    return this.keys.slice(0, this.depth).map((key, depth) => pathStep(this.containers[depth], key)).join('').replace(/^\./, '');
  }
}

function isMarker(comment: string): boolean {
  return comment.includes('"$imagepolicy"');
}

/** kyaml takes a List apart and writes its items to files of their own names; a document that is a list it cannot read. */
function isList(document: unknown): boolean {
  const kind = (document as { readonly kind?: unknown }).kind;
  return Array.isArray(document) || kind === 'List' || kind === 'ResourceList';
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

function isEmpty(value: object): boolean {
  for (const key in value) if ((value as Record<string, unknown>)[key] !== undefined) return false;
  return true;
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' ? `a ${Object.prototype.toString.call(value).slice('[object '.length, -1)}` : `a ${typeof value}`;
}
