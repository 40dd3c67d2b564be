import { UserError } from '../errors';
import { isToken, readToken } from './comment';
import { flowScalar, literalBlock } from './scalar';

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
 * Go reads the same data back, and kyaml writes it back unchanged.
 * @throws UserError `value-not-yaml` for NaN, functions and the like, `marker-misplaced` for a comment where none can stand
 */
export function writeDocuments(documents: readonly unknown[], header: readonly string[] = []): WrittenFile {
  const writer = new Writer();
  for (const line of header) writer.comment(line);
  documents.forEach((document, index) => writer.document(document, index));
  return { text: writer.text, commented: writer.commented };
}

class Writer {
  text = '';
  readonly commented: CommentedLine[] = [];
  /** The line that is being written, counted only where a comment asks for it. */
  private counted = { offset: 0, line: 1 };
  private index = 0;
  private readonly trail: { container: unknown; key: string | number }[] = [];

  comment(line: string): void {
    this.text += line === '' ? '#\n' : `# ${line}\n`;
  }

  document(value: unknown, index: number): void {
    if (index > 0) this.text += '---\n';
    this.index = index;
    if (isMapping(value) && !isEmpty(value)) this.mapping(value, '', TOP_KEYS);
    else if (Array.isArray(value) && value.length > 0) this.sequence(value, '');
    else this.text += `${this.inline(value, '')}\n`;
  }

  private mapping(value: Record<string, unknown>, indent: string, first: readonly string[], inItem = false): void {
    let lead = inItem ? '' : indent;
    for (const key of orderedKeys(value, first)) {
      const item = value[key];
      if (item === undefined) continue;
      this.trail.push({ container: value, key });
      if (isToken(key)) throw this.misplaced('on a map key');
      const name = flowScalar(key);
      // go-yaml's emitter writes keys above 128 bytes in the explicit form, so we do, too
      this.text += Buffer.byteLength(name) > 128 ? `${lead}? ${name}\n${indent}:` : `${lead}${name}:`;
      lead = indent;
      this.value(item, indent, key === 'metadata' ? METADATA_KEYS : NO_KEYS);
      this.trail.pop();
    }
  }

  private sequence(value: readonly unknown[], indent: string): void {
    value.forEach((item, key) => {
      this.trail.push({ container: value, key });
      this.text += `${indent}- `;
      const inner = `${indent}  `;
      if (isMapping(item) && !isEmpty(item)) this.mapping(item, inner, ITEM_KEYS, true);
      else if (Array.isArray(item) && item.length > 0) this.nestedSequence(item, inner);
      else this.scalar(item, inner);
      this.trail.pop();
    });
  }

  private nestedSequence(value: readonly unknown[], indent: string): void {
    const start = this.text.length;
    this.sequence(value, indent);
    this.text = this.text.slice(0, start) + this.text.slice(start + indent.length);
  }

  private value(item: unknown, indent: string, first: readonly string[]): void {
    if (isMapping(item) && !isEmpty(item)) {
      this.text += '\n';
      this.mapping(item, `${indent}  `, first);
    } else if (Array.isArray(item) && item.length > 0) {
      this.text += '\n';
      this.sequence(item, `${indent}  `);
    } else {
      this.text += ' ';
      this.scalar(item, `${indent}  `);
    }
  }

  private scalar(item: unknown, indent: string): void {
    const block = typeof item === 'string' && !isToken(item) ? literalBlock(item) : undefined;
    if (block === undefined) {
      this.text += `${this.inline(item, indent)}\n`;
      return;
    }
    this.text += `${block.indicator}\n`;
    for (const line of block.lines) this.text += line === '' ? '\n' : `${indent}${line}\n`;
  }

  private inline(item: unknown, indent: string): string {
    if (typeof item === 'string') return isToken(item) ? this.token(item) : flowScalar(item);
    if (item === null) return 'null';
    if (typeof item === 'boolean') return String(item);
    if (typeof item === 'bigint') return String(item);
    if (typeof item === 'number' && Number.isFinite(item)) return Object.is(item, -0) ? '0' : String(item);
    if (Array.isArray(item)) return '[]';
    if (isMapping(item)) return '{}';
    throw new UserError('value-not-yaml', `${this.path() || 'the document'} is ${describe(item)}, which YAML cannot hold${indent === '' ? '' : ''}`, 'give a string, number, boolean, list or map');
  }

  private token(item: string): string {
    const { value, comment } = readToken(item);
    if (value === null) return 'null';
    if (comment === undefined) return flowScalar(value);
    if (/[\n\uFDD0]/.test(value) || /[\n\uFDD0]/.test(comment)) throw this.misplaced(`inside the text ${JSON.stringify(value.slice(0, 60))}`);
    const source = flowScalar(value);
    this.commented.push({ document: this.index, path: this.path(), value, source, comment, line: this.line() });
    return `${source} # ${comment}`;
  }

  private misplaced(where: string): UserError {
    return new UserError('marker-misplaced', `${this.path()} has a marker ${where}, where Flux cannot see it`, 'put the marked value in a field of its own');
  }

  private path(): string {
    return this.trail.map(({ container, key }) => pathStep(container, key)).join('').replace(/^\./, '');
  }

  private line(): number {
    let { offset, line } = this.counted;
    for (let at = this.text.indexOf('\n', offset); at >= 0; at = this.text.indexOf('\n', offset)) {
      line++;
      offset = at + 1;
    }
    this.counted = { offset, line };
    return line;
  }
}

/** One step of a path: `.key`, or `[name=server]` for a list item with a name, else `[0]`. */
export function pathStep(container: unknown, key: string | number): string {
  if (typeof key === 'string') return `.${key}`;
  const item = (container as readonly unknown[])[key];
  const name = isMapping(item) ? item['name'] : undefined;
  return typeof name === 'string' && !isToken(name) ? `[name=${name}]` : `[${key}]`;
}

const TOP_KEYS = ['apiVersion', 'kind', 'metadata'];
const METADATA_KEYS = ['name', 'namespace'];
const ITEM_KEYS = ['name', 'op', 'path'];
const NO_KEYS: readonly string[] = [];

function orderedKeys(value: Record<string, unknown>, first: readonly string[]): string[] {
  const keys = Object.keys(value);
  if (first.length === 0 || keys[0] === first[0] && (first.length === 1 || keys.length < 2)) return keys;
  const leading = first.filter((key) => key in value);
  return leading.length === 0 ? keys : [...leading, ...keys.filter((key) => !first.includes(key))];
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: Record<string, unknown>): boolean {
  for (const key in value) if (value[key] !== undefined) return false;
  return true;
}

function describe(item: unknown): string {
  return typeof item === 'number' ? String(item) : `a ${typeof item}`;
}
