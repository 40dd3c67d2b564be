import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document as YamlDocument } from 'yaml';
import type { Step } from './fields';

/** A place in the data of a file. */
export interface FieldAtLine {
  /** Which document, from 0. */
  readonly document: number;
  /** Empty between fields, as at what parts documents. */
  readonly path: readonly Step[];
}

/**
 * What stands at a line, the innermost field that is alone on it; the reverse of finding a field's line.
 * @param line from 1
 * @returns undefined outside of all documents, and for text that is no YAML
 */
export function fieldAtLine(text: string, line: number): FieldAtLine | undefined {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text.replace(/^\uFEFF/, ''), { lineCounter: lines, logLevel: 'silent', uniqueKeys: false, merge: true });
  const documents: readonly YamlDocument.Parsed[] = Array.isArray(parsed) ? parsed : [];
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  const document = documents.filter(({ range }) => lineOf(range[0]) <= line).length - 1;
  if (document < 0) return undefined;
  const path: Step[] = [];
  for (let node: unknown = documents[document]!.contents; ;) {
    const found: Child[] = childrenOf(node).filter((child) => lineOf(child.start) <= line && line <= lineOf(Math.max(child.start, child.end - 1)));
    if (found.length !== 1) return { document, path };
    path.push(found[0]!.step);
    node = found[0]!.value;
  }
}

interface Child {
  readonly step: Step;
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
}

function childrenOf(node: unknown): Child[] {
  if (isMap(node)) {
    return node.items.flatMap(({ key, value }) => {
      const range = isScalar(key) ? key.range : undefined;
      if (!range) return [];
      return [{ step: String((key as { value: unknown }).value), start: range[0], end: endOf(value) ?? range[1], value }];
    });
  }
  if (!isSeq(node)) return [];
  return node.items.flatMap((item, step) => {
    const range = (item as { range?: [number, number, number] | null } | null)?.range;
    return range ? [{ step, start: range[0], end: endOf(item) ?? range[1], value: item }] : [];
  });
}

function endOf(node: unknown): number | undefined {
  const range = (node as { range?: [number, number, number] | null } | null)?.range;
  return range?.[1];
}
