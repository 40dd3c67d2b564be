import { isDeepStrictEqual } from 'node:util';
import { isMap, isNode, isScalar, isSeq, parseDocument, stringify, type Document, type YAMLSeq } from 'yaml';
import { mapping, type Data } from '../model/fields';
import { withLineEndsOf } from '../yaml/edited-text';
import { flowScalar } from '../yaml/scalar';

/**
 * A file with another entry in a list of its first level. Every other line stays as it is, where the list is written in
 * lines; comments stay everywhere.
 */
export function withEntry(text: string, field: string, index: number, entry: Data | string): string {
  const wanted = changed(text, field, (items) => items.splice(index, 0, entry));
  const byLine = insertLines(text, field, index, entry);
  if (byLine !== undefined && isDeepStrictEqual(dataOf(byLine), wanted)) return byLine;
  const document = parseDocument(text);
  const list = document.get(field);
  if (isSeq(list)) list.items.splice(index, 0, document.createNode(entry));
  else document.set(field, document.createNode([entry]));
  return written(document, text);
}

/** A file without an entry of a list of its first level; without the list, where it was the last one. */
export function withoutEntry(text: string, field: string, index: number): string {
  const wanted = changed(text, field, (items) => items.splice(index, 1));
  const byLine = removeLines(text, field, index);
  if (byLine !== undefined && isDeepStrictEqual(dataOf(byLine), wanted)) return byLine;
  const document = parseDocument(text);
  const list = document.get(field);
  if (isSeq(list) && list.items.length > 1) list.items.splice(index, 1);
  else document.delete(field);
  return written(document, text);
}

/** A document that was changed, in the way that lists are indented in its text. */
export function written(document: Document, text: string): string {
  const indentSeq = !/^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1- /m.test(text);
  return withLineEndsOf(text, document.toString({ lineWidth: 0, indentSeq, flowCollectionPadding: /[[{] \S/.test(text) }));
}

function dataOf(text: string): unknown {
  const document = parseDocument(text, { merge: true, logLevel: 'silent' });
  return document.errors.length > 0 ? undefined : document.toJS();
}

function changed(text: string, field: string, change: (items: unknown[]) => void): Data {
  const { [field]: list, ...rest } = mapping(dataOf(text));
  const items: unknown[] = Array.isArray(list) ? [...list] : [];
  change(items);
  return items.length === 0 ? rest : { ...mapping(dataOf(text)), [field]: items };
}

function insertLines(text: string, field: string, index: number, entry: Data | string): string | undefined {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const document = parseDocument(text, { logLevel: 'silent' });
  const list = document.get(field);
  const block = (indent: string): string => entryLines(entry).map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}${end}`).join('');
  const put = (at: number, lines: string): string => `${text.slice(0, at)}${at > 0 && text[at - 1] !== '\n' ? end : ''}${lines}${text.slice(at)}`;
  if (list === undefined && isMap(document.contents) && document.contents.flow !== true) return put(text.length, `${field}:${end}${block(listIndent(document, text))}`);
  if (!isSeq(list) || list.flow === true || list.items.length === 0) return undefined;
  const places = placesOf(list, text);
  const indent = places?.[0]?.indent;
  if (places === undefined || indent === undefined) return undefined;
  return put(index === 0 ? places[0]!.start : places[Math.min(index, places.length) - 1]!.end, block(indent));
}

function removeLines(text: string, field: string, index: number): string | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  const list = document.get(field);
  if (!isSeq(list) || list.flow === true || !isMap(document.contents)) return undefined;
  const places = placesOf(list, text);
  const place = places?.[index];
  if (places === undefined || place === undefined) return undefined;
  if (places.length > 1) return text.slice(0, place.start) + text.slice(place.end);
  const key = document.contents.items.find((pair) => isScalar(pair.key) && pair.key.value === field)?.key;
  if (!isNode(key) || key.range === undefined || key.range === null) return undefined;
  return text.slice(0, lineStart(text, key.range[0])) + text.slice(place.end);
}

/** From the start of an entry's first line to the end of its last one. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly indent: string;
}

/** The lines of each entry; undefined where entries share lines. */
function placesOf(list: YAMLSeq, text: string): readonly Place[] | undefined {
  const found: Place[] = [];
  for (const item of list.items) {
    if (!isNode(item) || item.range === undefined || item.range === null) return undefined;
    const start = lineStart(text, item.range[0]);
    const indent = /^([ ]*)-[ \t]+$/.exec(text.slice(start, item.range[0]))?.[1];
    if (indent === undefined) return undefined;
    found.push({ start, end: lineEnd(text, item.range[1]), indent });
  }
  return found;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const next = text.indexOf('\n', offset);
  return next < 0 ? text.length : next + 1;
}

function entryLines(entry: Data | string): string[] {
  return typeof entry === 'string' ? [flowScalar(entry)] : stringify(entry, { lineWidth: 0 }).trimEnd().split('\n');
}

/** How far the other lists of a file stand in. */
function listIndent(document: Document, text: string): string {
  if (!isMap(document.contents)) return '  ';
  for (const { value } of document.contents.items) {
    if (isSeq(value) && value.flow !== true && value.items.length > 0) {
      const indent = placesOf(value as YAMLSeq, text)?.[0]?.indent;
      if (indent !== undefined) return indent;
    }
  }
  return '  ';
}
