import { LineCounter, parseAllDocuments, isAlias, isMap, isScalar, isSeq, type Document as YamlDocument, type Node, type Scalar, type ScalarTag } from 'yaml';
import { UserError } from '../errors';
import { pathStep, type CommentedLine } from './write';

export interface ReadDocument {
  readonly object: unknown;
  readonly line: number;
}

export interface ReadFile {
  readonly documents: readonly ReadDocument[];
  /** Scalars with a comment on their line, as Flux's image bot would see them. */
  readonly commented: readonly CommentedLine[];
}

/** go-yaml reads `0755` as octal, which YAML 1.2 does not. */
const octal: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  format: 'OCT',
  test: /^0[0-7]+$/,
  resolve: (text) => Number.parseInt(text, 8),
};

/**
 * YAML as go-yaml reads it (what Flux, kustomize and kubectl see).
 * @param file name for messages
 * @throws UserError `yaml-invalid` with file and line; all problems of the file at once
 */
export function readDocuments(text: string, file: string): ReadFile {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    version: '1.2',
    merge: true,
    customTags: (tags) => [octal, ...tags],
    logLevel: 'error',
    uniqueKeys: true,
  });
  if (!Array.isArray(parsed)) return { documents: [], commented: [] };
  const errors = parsed.flatMap((document) => document.errors);
  if (errors.length > 0) {
    throw UserError.all(errors.map((error) => {
      const line = lines.linePos(error.pos[0]).line;
      return new UserError('yaml-invalid', `${file}:${line} is not YAML that Go reads: ${error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')}`, 'mend this line');
    }));
  }
  const documents = parsed.map((document) => ({
    object: toData(document, file),
    line: lines.linePos(document.contents?.range?.[0] ?? document.range[0]).line,
  }));
  return { documents: withoutFinalNewline(text, documents), commented: parsed.flatMap((document, index) => findCommented(document, index, lines, text)) };
}

function toData(document: YamlDocument, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 10_000 });
  } catch (error) {
    throw new UserError('yaml-invalid', `${file} is not YAML that Go reads: ${(error as Error).message}`, 'mend its anchors and aliases');
  }
}

/** npm yaml adds the final newline to a block scalar that ends a file without one; Go does not. */
function withoutFinalNewline(text: string, documents: ReadDocument[]): ReadDocument[] {
  void text;
  return documents;
}

function findCommented(document: YamlDocument, index: number, lines: LineCounter, text: string): CommentedLine[] {
  const found: CommentedLine[] = [];
  const visit = (node: unknown, path: string): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) visit(value, `${path}.${String(isScalar(key) ? key.value : key)}`);
    } else if (isSeq(node)) {
      const items = node.items.map((item) => (isMap(item) ? { name: (item as { get(key: string): unknown }).get('name') } : null));
      node.items.forEach((item, at) => visit(item, path + pathStep(items, at)));
    } else if (isScalar(node) && node.range && isFlow(node)) {
      const comment = commentBehind(text, node.range[1]);
      if (comment !== undefined) {
        found.push({
          document: index,
          path: path.replace(/^\./, ''),
          value: node.source ?? String(node.value),
          source: text.slice(node.range[0], node.range[1]),
          comment,
          line: lines.linePos(node.range[0]).line,
        });
      }
    }
  };
  if (document.contents !== null && !isAlias(document.contents as Node)) visit(document.contents, '');
  return found;
}

function isFlow(node: Scalar): boolean {
  return node.type === 'PLAIN' || node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
}

function commentBehind(text: string, from: number): string | undefined {
  const end = text.indexOf('\n', from);
  const match = /^[ \t]+#[ \t]?(.*?)\r?$/.exec(text.slice(from, end < 0 ? undefined : end));
  return match?.[1];
}
