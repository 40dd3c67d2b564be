import { invalidYaml } from './invalid-yaml';
import { readPlain } from './read-plain';
import type { CommentedLine } from './write';

export interface ReadDocument {
  readonly object: unknown;
  /** The line its data starts at, from 1. */
  readonly line: number;
}

export interface ReadFile {
  readonly documents: readonly ReadDocument[];
  /** Scalars with a marker or a hold on their line, as Flux's image automation would see them. */
  readonly commented: readonly CommentedLine[];
}

/**
 * YAML as go-yaml reads it, which is what Flux, kustomize and kubectl see.
 * @param file name for messages
 * @throws UserError `yaml-invalid` with file and line, for the first thing that go-yaml would not read
 */
export function readDocuments(text: string, file: string): ReadFile {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const unreadable = UNREADABLE.exec(source);
  if (unreadable !== null) {
    const code = unreadable[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw invalidYaml(`${file}:${lineOf(source, unreadable.index)}`, `it holds the control character U+${code}`, 'take it out, or write it as an escape in double quotes');
  }
  const plain = readPlain(source);
  if (plain !== undefined) return plain;
  const { readAnyYaml } = require('./read-any') as typeof import('./read-any'); // loaded late: few files need it
  return readAnyYaml(source, file);
}

/** What go-yaml's scanner refuses to see anywhere in a file. */
const UNREADABLE = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
