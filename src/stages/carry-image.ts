import { isMap, isNode, isScalar, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';
import { listAt, textAt, type Data } from '../model/fields';
import { flowScalar } from '../yaml/scalar';
import { withEntry, written } from './edit-list';

/** The version that an entry of `images` in a kustomization.yaml sets. */
export interface ImageVersion {
  readonly newTag?: string;
  readonly digest?: string;
}

const FIELDS = ['newTag', 'digest'] as const;

export function versionIn(entry: unknown): ImageVersion {
  const [newTag, digest] = FIELDS.map((field) => textAt(entry, field));
  return { ...(newTag === undefined ? {} : { newTag }), ...(digest === undefined ? {} : { digest }) };
}

export function sameVersion(one: ImageVersion, other: ImageVersion): boolean {
  return FIELDS.every((field) => one[field] === other[field]);
}

/** A kustomization.yaml in which an image has a version; its name there, and comments, stay. */
export function withImageVersion(text: string, data: Data, name: string, version: ImageVersion): string {
  const index = listAt(data, 'images').findIndex((entry) => textAt(entry, 'name') === name);
  if (index < 0) return withEntry(text, 'images', listAt(data, 'images').length, { name, ...version });
  const document = parseDocument(text);
  const entry = entryAt(document, index);
  if (entry === undefined) return text;
  const present = versionIn(entry.toJSON());
  const isInPlace = FIELDS.every((field) => (present[field] === undefined) === (version[field] === undefined));
  if (isInPlace) return FIELDS.reduceRight((result, field) => (version[field] === undefined ? result : withScalar(result, index, field, version[field])), text);
  for (const field of FIELDS) {
    if (version[field] === undefined) entry.delete(field);
    else entry.set(field, document.createNode(version[field]));
  }
  return written(document, text);
}

function entryAt(document: Document, index: number): YAMLMap | undefined {
  const images = document.get('images');
  const entry = isSeq(images) ? images.items[index] : undefined;
  return isMap(entry) ? entry : undefined;
}

/** Puts a value in place of another, in the quotes that it has. */
function withScalar(text: string, index: number, field: string, value: string): string {
  const node = entryAt(parseDocument(text), index)?.get(field, true);
  if (!isNode(node) || !isScalar(node) || node.range === undefined || node.range === null) return text;
  const [start, end] = node.range;
  const quote = /^["']/.exec(text.slice(start, end))?.[0];
  return `${text.slice(0, start)}${quote === undefined ? flowScalar(value) : `${quote}${value}${quote}`}${text.slice(end)}`;
}
