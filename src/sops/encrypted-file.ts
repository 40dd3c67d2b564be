import type { Document, LineCounter, YAMLMap } from 'yaml';
import { UserError } from '../errors';

/** A file as SOPS writes it. */
export interface SopsFile {
  /** What SOPS keeps about the file: recipients, checksum, which values it encrypts. Undefined for a file that it did not write. */
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly values: readonly SopsValue[];
}

export interface SopsValue {
  /** The keys above it; list indices do not count for SOPS. */
  readonly keys: readonly string[];
  /** Its line, from 1. */
  readonly line: number;
  /** SOPS leaves empty strings and nulls as they are. */
  readonly state: 'encrypted' | 'empty' | 'plaintext';
}

export type SopsFormat = 'yaml' | 'json' | 'dotenv' | 'ini' | 'binary';

/** SOPS goes by the ending, too. */
export function formatOf(path: string): SopsFormat {
  const ending = /\.(ya?ml|json|env|ini)$/.exec(path)?.[1];
  return ending === undefined ? 'binary' : ending === 'env' ? 'dotenv' : ending === 'yml' ? 'yaml' : (ending as SopsFormat);
}

/** @throws UserError `file-malformed` with the line for a file of another format than its name says */
export function readSopsFile(path: string, text: string): SopsFile {
  const format = formatOf(path);
  return format === 'dotenv' ? readLines(text, '#', /^([^=\s]+)=(.*)$/) : format === 'ini' ? readIni(text) : readTree(path, text);
}

function readTree(path: string, text: string): SopsFile {
  const { isMap, isScalar, isSeq, LineCounter } = require('yaml') as typeof import('yaml'); // loaded late: most apps read none
  const lines = new LineCounter();
  const documents = parsed(path, text, lines);
  const values: SopsValue[] = [];
  let metadata: Record<string, unknown> | undefined;
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) {
      // npm yaml quotes the line, which may hold a secret
      throw new UserError('file-malformed', `${path}:${lines.linePos(error.pos[0]).line} cannot be read as SOPS would`, 'mend the line; a file that is not YAML, JSON, .env or .ini is encrypted with --input-type binary');
    }
    const visit = (node: unknown, keys: readonly string[]): void => {
      if (isMap(node)) {
        for (const { key, value } of node.items) {
          const name = isScalar(key) ? String(key.value) : '';
          if (keys.length > 0 || name !== 'sops') visit(value, [...keys, name]);
        }
      } else if (isSeq(node)) for (const item of node.items) visit(item, keys);
      else if (isScalar(node)) values.push({ keys, line: lines.linePos(node.range?.[0] ?? 0).line, state: stateOf(node.value) });
    };
    visit(document.contents, []);
    const own = isMap(document.contents) ? document.contents.get('sops', true) : undefined;
    if (isMap(own)) metadata ??= dataOf(own, document, `${path}:${lines.linePos(own.range?.[0] ?? 0).line}`);
  }
  return { metadata, values };
}

/** @throws UserError `file-malformed` for what is nested so deeply that the stack does not reach */
function parsed(path: string, text: string, lineCounter: LineCounter): Document.Parsed[] {
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  try {
    const documents = parseAllDocuments(text, { lineCounter, logLevel: 'error', uniqueKeys: false });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError('file-malformed', `${path} cannot be read as SOPS would: it is nested too deeply`, 'flatten it, and encrypt it again');
  }
}

/** @throws UserError `file-malformed` for an alias of nothing */
function dataOf(own: YAMLMap, document: Document, where: string): Record<string, unknown> {
  try {
    return own.toJS(document) as Record<string, unknown>;
  } catch {
    throw new UserError('file-malformed', `${where} cannot be read as SOPS would: an alias in its metadata names nothing`, 'encrypt the file again');
  }
}

function readIni(text: string): SopsFile {
  const [before, section] = text.split(/^\[sops\]\s*$/m);
  const { values } = readLines(before ?? '', ';', /^([^=]+?)\s*=\s*(.*)$/);
  const metadata = readLines((section ?? '').replace(/^(?=\S)/gm, 'sops_'), ';', /^([^=]+?)\s*=\s*(.*)$/).metadata;
  return { metadata, values };
}

/** One value a line; SOPS flattens its metadata into keys such as `sops_age__list_0__map_recipient`. */
function readLines(text: string, comment: string, line: RegExp): SopsFile {
  const values: SopsValue[] = [];
  const metadata: Record<string, unknown> = {};
  text.split(/\r?\n/).forEach((content, index) => {
    if (content.startsWith(comment) || content.startsWith('[') || content.trim() === '') return;
    const [, key = content, value = content] = line.exec(content) ?? [];
    if (key.startsWith('sops_')) unflatten(metadata, key.slice('sops_'.length), value);
    else values.push({ keys: [key], line: index + 1, state: stateOf(value) });
  });
  return { metadata: Object.keys(metadata).length === 0 ? undefined : metadata, values };
}

function unflatten(metadata: Record<string, unknown>, key: string, value: string): void {
  const [, list, index, field] = /^(\w+?)__list_(\d+)__map_(\w+)$/.exec(key) ?? [];
  if (list === undefined) {
    metadata[key] = value;
    return;
  }
  const items = (metadata[list] ??= []) as Record<string, string>[];
  (items[Number(index)] ??= {})[field!] = value;
}

function stateOf(value: unknown): SopsValue['state'] {
  if (value === null || value === '') return 'empty';
  return isEncrypted(value) ? 'encrypted' : 'plaintext';
}

export function isEncrypted(value: unknown): boolean {
  return typeof value === 'string' && /^ENC\[AES256_GCM,data:.+,iv:.+,tag:.+,type:.+\]$/.test(value);
}
