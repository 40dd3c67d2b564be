import { Composer, Lexer, LineCounter, Parser, isMap, isScalar, isSeq, type CST, type Document as YamlDocument, type Scalar } from 'yaml';
import type { UserError } from '../errors';
import { goTags } from './go-tags';
import { invalidYaml } from './invalid-yaml';
import type { ReadFile } from './read';
import { COMMENTED, commentBehind } from './read-comments';
import { findRefusal, type Refusal } from './refuse';
import { pathStep, type CommentedLine } from './write';

/**
 * All of YAML.
 * @param text without characters that YAML forbids
 * @param file name for messages
 * @throws UserError `yaml-invalid` with file and line, for the first thing that go-yaml would not read
 */
export function readAnyYaml(text: string, file: string): ReadFile {
  const lines = new LineCounter();
  const parsed = parse(text, file, lines);
  return {
    documents: parsed.map((document) => ({
      object: toData(document, file),
      line: lines.linePos(document.contents?.range?.[0] ?? document.range[0]).line,
    })),
    commented: COMMENTED.test(text) ? parsed.flatMap((document, index) => findCommented(document, index, lines, text)) : [],
  };
}

function parse(text: string, file: string, lines: LineCounter): YamlDocument.Parsed[] {
  const refuse = ({ offset, why, fix }: Refusal): UserError => invalidYaml(`${file}:${lines.linePos(offset).line}`, why, fix);
  const tokens = [...tokensOf(text, lines, refuse)];
  // of keys that are there twice it would compare each with all, which takes minutes for a large map
  const parsed = [...new Composer({ version: '1.2', merge: true, uniqueKeys: false, customTags: goTags, logLevel: 'silent' }).compose(tokens)] as YamlDocument.Parsed[];
  for (const { contents, errors } of parsed) {
    const [error] = errors;
    const refusal = error === undefined ? findRefusal(contents) : { offset: error.pos[0], why: uncapitalized(error.message), fix: 'mend this line' };
    if (refusal !== undefined) throw refuse(refusal);
  }
  if (!text.endsWith('\n')) takeOffAddedLineEnd(parsed.at(-1), text);
  return parsed;
}

/** Far beyond any manifest, and well before whatever walks the data runs out of stack: V8 may then end the process. */
const DEEPEST = 500;

/** As `Parser.parse` gives them, but that it stops at what is too deep: the parser itself goes up all levels for each line. */
function* tokensOf(text: string, lines: LineCounter, refuse: (refusal: Refusal) => UserError): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > DEEPEST) throw refuse({ offset: parser.offset, why: `it is nested more than ${DEEPEST} levels deep`, fix: 'flatten it' });
  }
  yield* parser.end();
}

function toData(document: YamlDocument.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 10_000 }) as unknown;
  } catch (error) {
    if (error instanceof ReferenceError) throw invalidYaml(file, uncapitalized(error.message), 'mend its anchors and aliases');
    throw error;
  }
}

/** A block scalar that ends a file without a line end has none in Go. */
function takeOffAddedLineEnd(document: YamlDocument.Parsed | undefined, text: string): void {
  let node: unknown = document?.contents;
  while (isMap(node) || isSeq(node)) node = isMap(node) ? node.items.at(-1)?.value : node.items.at(-1);
  if (!isScalar(node) || typeof node.value !== 'string' || !node.type?.startsWith('BLOCK_') || node.range?.[1] !== text.length) return;
  if (/\S[ \t]*$/.test(text.slice(text.lastIndexOf('\n') + 1)) || /[ \t]\n$/.test(node.value)) node.value = node.value.replace(/\n$/, '');
}

function findCommented(document: YamlDocument.Parsed, index: number, lines: LineCounter, text: string): CommentedLine[] {
  const found: CommentedLine[] = [];
  const visit = (node: unknown, path: string): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) visit(value, `${path}.${String(isScalar(key) ? key.value : key)}`);
    } else if (isSeq(node)) {
      const items = node.items.map((item) => (isMap(item) ? { name: item.get('name') } : null));
      node.items.forEach((item, at) => visit(item, path + pathStep(items, at)));
    } else if (isScalar(node) && node.range && isOnOneLine(node)) {
      const comment = commentBehind(text, node.range[1]);
      if (comment === undefined || !COMMENTED.test(comment)) return;
      found.push({
        document: index,
        path: path.replace(/^\./, ''),
        value: node.source ?? String(node.value),
        source: text.slice(node.range[0], node.range[1]),
        comment,
        line: lines.linePos(node.range[0]).line,
      });
    }
  };
  visit(document.contents, '');
  return found;
}

function isOnOneLine({ type }: Scalar): boolean {
  return type === 'PLAIN' || type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
}

function uncapitalized(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
