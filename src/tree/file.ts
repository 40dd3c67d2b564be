/// <reference types="node" preserve="true" />
import { isUtf8 } from 'node:buffer';
import { UserError } from '../errors';
import { decode } from '../yaml/decode';
import type { ReadFile } from '../yaml/read';
import { withoutTokens } from '../yaml/comment';
import { writeDocuments, type CommentedLine, type WrittenFile } from '../yaml/write';

/** One document of a manifest file. */
export interface Document {
  /** The data, as Go reads it; null for an empty document. */
  readonly object: unknown;
  /** The line its data starts at, from 1. */
  readonly line: number;
}

/** What a file may say about itself beside its contents. */
export interface FileProps {
  /** The construct that made it, for messages. */
  readonly claimedBy?: string;
  /** Written only where nothing is: somebody else owns the file from then on. */
  readonly placeholder?: boolean;
  /** What Git calls its contents: two files with the same name for theirs are the same. */
  readonly contentId?: string;
}

interface Objects {
  readonly objects: readonly unknown[];
  readonly header: readonly string[];
}

interface Text {
  readonly text: string;
  /** Where they are others than those of the text in UTF-8. */
  readonly bytes?: Buffer;
  /** Why the bytes are no text, so that nothing is read of what is made of them. */
  readonly noText?: UserError;
}

/**
 * A file of YAML documents. From constructs the documents come first and the text is made when asked for, after which the
 * documents are let go: a large tree would not fit into memory twice. From disk the text comes first. Documents of a text
 * are read when asked for.
 */
export class ManifestFile {
  readonly type = 'manifests';
  private written?: WrittenFile;
  private parsed?: ReadFile;

  private constructor(readonly path: string, readonly props: FileProps, private source: Objects | Text | { readonly load: () => Buffer }) {}

  /** From data. Strings may carry comments (see `withComment`). */
  static fromObjects(path: string, objects: readonly unknown[], header: readonly string[] = [], props: FileProps = {}): ManifestFile {
    return new ManifestFile(path, props, { objects, header });
  }

  static fromText(path: string, text: string, props: FileProps = {}): ManifestFile {
    return new ManifestFile(path, props, { text });
  }

  /** A file whose bytes are read when they are asked for; its text is kept then, and its bytes are not. */
  static fromSource(path: string, load: () => Buffer, props: FileProps = {}): ManifestFile {
    return new ManifestFile(path, props, { load });
  }

  /** Whether its documents are known without reading text. */
  get isFromObjects(): boolean {
    return 'objects' in this.source;
  }

  /** @throws UserError `value-not-yaml`, `marker-misplaced` for data that cannot be written; `file-unreadable` */
  get text(): string {
    if ('load' in this.source) this.source = textOf(this.source.load(), this.path);
    if ('objects' in this.source) {
      const { objects, header } = this.source;
      this.written = writeDocuments(objects, header);
      this.source = { text: this.written.text };
      // those of a file with pins are asked for again, and there are few
      if (this.written.commented.length > 0) this.parsed = { documents: plainDocuments(objects), commented: this.written.commented };
    }
    return this.source.text;
  }

  get bytes(): Buffer {
    if ('load' in this.source) return this.source.load();
    return ('bytes' in this.source ? this.source.bytes : undefined) ?? Buffer.from(this.text, 'utf8');
  }

  /**
   * The documents, without the comments.
   * @throws UserError `yaml-invalid` with the line, for text that Go could not read, and for bytes that are no text
   */
  get documents(): readonly Document[] {
    if ('objects' in this.source) return plainDocuments(this.source.objects);
    return this.read().documents;
  }

  /** The scalars that have a comment behind them, markers among them. */
  get commented(): readonly CommentedLine[] {
    const { text } = this;
    return this.written?.text === text ? this.written.commented : this.read().commented;
  }

  private read(): ReadFile {
    if (this.parsed !== undefined) return this.parsed;
    const { text, source } = this;
    if ('noText' in source && source.noText !== undefined) throw source.noText;
    const { readDocuments } = require('../yaml/read') as typeof import('../yaml/read'); // loaded late: an app that writes reads little
    return (this.parsed = readDocuments(text, this.path));
  }
}

function textOf(bytes: Buffer, path: string): Text {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8') };
  try {
    return { text: decode(bytes, path), bytes };
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return { text: bytes.toString('utf8'), bytes, noText: error };
  }
}

function plainDocuments(objects: readonly unknown[]): Document[] {
  return objects.map((object) => ({ object: withoutTokens(object), line: 0 }));
}

/** Bytes that are never parsed or written again: an encrypted file, an upstream release, a generator's input. */
export class OpaqueFile {
  readonly type = 'opaque';

  /** @param contents bytes, or what reads them when they are asked for */
  constructor(readonly path: string, private contents: Buffer | (() => Buffer), readonly props: FileProps = {}) {}

  /** @throws UserError `file-unreadable` */
  get bytes(): Buffer {
    if (typeof this.contents === 'function') this.contents = this.contents();
    return this.contents;
  }
}

export type File = ManifestFile | OpaqueFile;
