import { isMap, isScalar, isSeq, parseAllDocuments, type Node } from 'yaml';
import { pathStep, type CommentedLine } from '../../yaml/write';

/** Changes to single scalars of a generated text, which leave every other byte as it is. */
export class ScalarEdits {
  private readonly edits: { start: number; end: number; text: string }[] = [];

  constructor(private readonly text: string) {}

  /** Puts another scalar, and another comment, where a scalar with a comment stands. */
  replace(line: CommentedLine, source: string, comment: string): void {
    const tail = `${line.source} # ${line.comment}`;
    let start = 0;
    for (let count = 1; count < line.line; count++) start = this.text.indexOf('\n', start) + 1;
    const newline = this.text.indexOf('\n', start);
    const end = newline < 0 ? this.text.length : newline;
    if (!this.text.startsWith(tail, end - tail.length)) throw new Error(`unreachable: line ${line.line} does not end in ${tail}`);
    this.edits.push({ start: end - tail.length, end, text: `${source} # ${comment}` });
  }

  /** Puts another scalar, with a comment, where a scalar without one stands. */
  comment(at: { start: number; end: number }, source: string, comment: string): void {
    this.edits.push({ ...at, text: `${source} # ${comment}` });
  }

  get isEmpty(): boolean {
    return this.edits.length === 0;
  }

  apply(): string {
    let [out, from] = ['', 0];
    for (const { start, end, text } of [...this.edits].sort((a, b) => a.start - b.start)) {
      out += this.text.slice(from, start) + text;
      from = end;
    }
    return out + this.text.slice(from);
  }
}

/** Where in a text the scalar at `path` of a document stands, if it is one on a single line without a comment. */
export function locateScalar(text: string, document: number, path: string): { start: number; end: number } | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'error' });
  const contents = Array.isArray(documents) ? documents[document]?.contents : undefined;
  const node = contents ? descend(contents, path.startsWith('[') ? path : `.${path}`) : undefined;
  if (!isScalar(node) || !node.range) return undefined;
  const [start, end] = node.range;
  const source = text.slice(start, end);
  return source.includes('\n') || /^[|>]/.test(source) || !/^[ \t]*(\r?\n|$)/.test(text.slice(end)) ? undefined : { start, end };
}

function descend(node: unknown, path: string): Node | undefined {
  if (path === '') return node as Node;
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const step = `.${String(isScalar(key) ? key.value : key)}`;
      const found = path.startsWith(step) ? descend(value, path.slice(step.length)) : undefined;
      if (found !== undefined) return found;
    }
  } else if (isSeq(node)) {
    const items = node.items.map((item) => (isMap(item) ? { name: item.get('name') } : null));
    for (const [index, item] of node.items.entries()) {
      const step = pathStep(items, index);
      const found = path.startsWith(step) ? descend(item, path.slice(step.length)) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
