import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document as YamlDocument, type ParsedNode } from 'yaml';
import type { Tree } from '../tree/tree';
import type { Step } from './fields';

interface ParsedFile {
  readonly documents: readonly YamlDocument.Parsed[];
  readonly lines: LineCounter;
}

/** Finds the line of a field. Files are parsed for it a second time, since few are asked about. */
export class LineFinder {
  private readonly parsed = new Map<string, ParsedFile>();

  constructor(private readonly tree: Tree) {}

  /** The line of what lies at `path`, from 1; of the nearest thing around it where it is not there. */
  lineOf(file: string, document: number, path: readonly Step[]): number {
    const { documents, lines } = this.parse(file);
    // npm yaml makes a document of nothing between two separators, as our reader does
    const contents = documents[document]?.contents ?? null;
    const offset = offsetOf(contents, path) ?? contents?.range?.[0] ?? 0;
    return Math.max(1, lines.linePos(offset).line);
  }

  private parse(file: string): ParsedFile {
    let found = this.parsed.get(file);
    if (found === undefined) {
      const lines = new LineCounter();
      const source = this.tree.get(file);
      const text = source?.type === 'manifests' ? source.text : '';
      found = { documents: parsedDocuments(text, lines), lines };
      this.parsed.set(file, found);
    }
    return found;
  }
}

function parsedDocuments(text: string, lines: LineCounter): YamlDocument.Parsed[] {
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ''), { lineCounter: lines, logLevel: 'silent', uniqueKeys: false, merge: true });
  return Array.isArray(documents) ? documents : [];
}

/** Where a value begins: at its key, for one in a mapping, since that is what a person looks for. */
function offsetOf(node: ParsedNode | null, path: readonly Step[]): number | undefined {
  let current: unknown = node;
  let found: number | undefined;
  for (const step of path) {
    if (isMap(current)) {
      const pair = current.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return found;
      found = (pair.key as ParsedNode).range?.[0] ?? found;
      current = pair.value;
    } else if (isSeq(current) && typeof step === 'number') {
      const item = current.items[step] as ParsedNode | undefined;
      if (item === undefined) return found;
      found = item.range?.[0] ?? found;
      current = item;
    } else return found;
  }
  return found;
}
