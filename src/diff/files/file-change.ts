import { diffArrays } from 'diff';
import { UserError } from '../../errors';
import { isMapping, mapping } from '../../model/fields';
import type { File } from '../../tree/file';
import type { FieldChange, FileSubject, Version, Applier } from '../changes';
import { diffValues } from '../fields/diff-values';
import { markersIn, withImages, type Markers } from '../fields/images';
import { hideInChange, hideSecrets, type Confidential } from '../fields/secrets';
import { recipientChanges, type Unnumbered } from '../objects/object-change';

export interface FileVersion {
  readonly file: File;
  readonly appliers: readonly Applier[];
}

/** Longer files are not compared line by line. */
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_EDITS = 5_000;

/** What became of a file that holds no objects; nothing if only its layout differs, and nobody reads that. */
export function fileChange(path: string, role: FileSubject['role'], isSecret: boolean, before: FileVersion | undefined, after: FileVersion | undefined): Unnumbered | undefined {
  const sides = [before, after].map((version) => (version === undefined ? undefined : readContent(version.file, isSecret)));
  const [was, is] = sides;
  const known = sides.filter((side) => side !== undefined);
  const comparedAs = known.every((side) => side.as === 'data') ? 'data' : known.every((side) => side.text !== undefined) && !isSecret && !known.some((side) => side.isEncrypted) ? 'lines' : 'bytes';
  const subject: FileSubject = { type: 'file', path, role, comparedAs };
  const version = (one: FileVersion | undefined, content: Content | undefined): Version | undefined => (one === undefined ? undefined : {
    file: path, line: 0, appliers: one.appliers,
    content: comparedAs === 'data' ? hideSecrets(content!.data, content!.confidential) : comparedAs === 'lines' ? content!.text : undefined,
  });
  const versions = { before: version(before, was), after: version(after, is) };
  if (was === undefined || is === undefined) return { subject, type: was === undefined ? 'added' : 'removed', ...versions, fields: [] };
  const fields = comparedAs === 'data' ? dataChanges(was, is) : comparedAs === 'lines' ? lineChanges(was.text!, is.text!) : [];
  if (fields.length > 0 || comparedAs === 'bytes') return { subject, type: 'changed', ...versions, fields };
  // what a generator reads goes into the cluster as it is, comments and all
  return role === 'input' && was.text !== undefined && is.text !== undefined && !isSecret ? { subject: { ...subject, comparedAs: 'lines' }, type: 'changed', ...versions, fields: lineChanges(was.text, is.text) } : undefined;
}

/** A file that lies elsewhere, as it was. */
export function movedFile(role: FileSubject['role'], isSecret: boolean, before: FileVersion, after: FileVersion): Unnumbered {
  const [gone, come] = [fileChange(before.file.path, role, isSecret, before, undefined)!, fileChange(after.file.path, role, isSecret, undefined, after)!];
  return { subject: come.subject, type: 'moved', before: gone.before, after: come.after, fields: [] };
}

interface Content {
  readonly as: 'data' | 'text';
  readonly data?: unknown;
  readonly markers: Markers;
  /** Undefined for what is no text. */
  readonly text: string | undefined;
  readonly isEncrypted: boolean;
  readonly confidential: Confidential;
}

function readContent(file: File, isSecret: boolean): Content {
  const text = textOf(file);
  const isEncrypted = text?.includes('ENC[AES256_GCM,') ?? false;
  const base = { markers: markersOf(file), text, isEncrypted, confidential: { everything: isSecret } };
  if (text !== undefined && /\.env$|(^|\/)\.env/.test(file.path)) return { ...base, as: 'data', data: variables(text) };
  const data = file.type === 'manifests' ? documentsOf(file) : undefined;
  return data === undefined ? { ...base, as: 'text' } : { ...base, as: 'data', data };
}

function dataChanges(before: Content, after: Content): FieldChange[] {
  const sides = { before: { data: withoutSops(before.data), markers: before.markers }, after: { data: withoutSops(after.data), markers: after.markers } };
  const changes = withImages(diffValues(sides.before.data, sides.after.data), sides);
  return [...changes.map((change) => hideInChange(change, before.confidential)), ...recipientChanges(mapping(before.data), mapping(after.data))];
}

function withoutSops(data: unknown): unknown {
  if (!isMapping(data) || !('sops' in data)) return data;
  const { sops: _, ...rest } = data;
  return rest;
}

function lineChanges(before: string, after: string): FieldChange[] {
  const parts = diffArrays(before.split('\n'), after.split('\n'), { maxEditLength: MOST_EDITS });
  if (parts === undefined) return [];
  const found: FieldChange[] = [];
  let [old, now] = [1, 1];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    const next = parts[index + 1];
    if (part.removed && next?.added) {
      found.push(hunk(old, part.value, next.value));
      old += part.value.length;
      now += next.value.length;
      index++;
    } else if (part.removed) {
      found.push(hunk(old, part.value, undefined));
      old += part.value.length;
    } else if (part.added) {
      found.push(hunk(now, undefined, part.value));
      now += part.value.length;
    } else {
      old += part.value.length;
      now += part.value.length;
    }
  }
  return found;
}

function hunk(line: number, before: readonly string[] | undefined, after: readonly string[] | undefined): FieldChange {
  const type = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { path: `line ${line}`, steps: [line], type, before: before?.join('\n'), after: after?.join('\n') };
}

/** One document is itself; of several, objects go by what they are called. */
function documentsOf(file: File & { readonly type: 'manifests' }): unknown {
  try {
    const documents = file.documents.map(({ object }) => object).filter((object) => object !== null);
    if (documents.length === 1) return documents[0];
    return Object.fromEntries(documents.map((object, index) => [titleOf(object) ?? `document ${index + 1}`, object]));
  } catch (error) {
    if (UserError.is(error)) return undefined;
    throw error;
  }
}

function titleOf(object: unknown): string | undefined {
  const { kind, metadata } = mapping(object);
  const { name } = mapping(metadata);
  return typeof kind === 'string' && typeof name === 'string' ? `${kind} ${name}` : undefined;
}

function markersOf(file: File): Markers {
  try {
    return file.type === 'manifests' ? markersIn(file, 0) : markersIn(undefined, 0);
  } catch (error) {
    if (UserError.is(error)) return markersIn(undefined, 0);
    throw error;
  }
}

function textOf(file: File): string | undefined {
  const bytes = file.bytes;
  return bytes.length > MOST_BYTES || bytes.subarray(0, 8_000).includes(0) ? undefined : bytes.toString('utf8');
}

/** The lines of an `.env` file; what SOPS says about itself is none of them. */
function variables(text: string): Record<string, string> {
  return Object.fromEntries(text.split('\n').flatMap((line): [string, string][] => {
    const [, key, value] = /^([^=\s#]+)=(.*?)\r?$/.exec(line) ?? [];
    return key === undefined || key.startsWith('sops_') ? [] : [[key, value!]];
  }));
}
