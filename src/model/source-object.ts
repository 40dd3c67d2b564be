import type { Document } from '../tree/file';
import { isMapping, mapping, type Data } from './fields';

/** What tells an object from all others in a cluster. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  /** '' for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** An object as it is written in a file. */
export interface SourceObject extends ObjectIdentity {
  /** Its path from the tree's root. */
  readonly file: string;
  /** Which document of the file it is, from 0. */
  readonly document: number;
  /** The line it starts at, from 1. */
  readonly line: number;
  /** Its place in the `items` of a List, if it lies in one. */
  readonly item?: number;
  readonly data: Data;
  /** Whether SOPS has encrypted values of it. */
  readonly encrypted: boolean;
}

/** The objects of a document: itself, or the items of a List. What has no kind, such as values of a chart, is none. */
export function objectsOf({ object, line }: Document, file: string, document: number): SourceObject[] {
  if (!isMapping(object)) return [];
  const { items, kind } = object;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    return items.flatMap((data, item) => (isMapping(data) ? sourceObject(data, { file, document, line, item }) : []));
  }
  return sourceObject(object, { file, document, line });
}

function sourceObject(data: Data, place: Pick<SourceObject, 'file' | 'document' | 'line' | 'item'>): SourceObject[] {
  if (typeof data['apiVersion'] !== 'string' || typeof data['kind'] !== 'string') return [];
  const { apiVersion, group, kind, namespace, name } = identityOf(data);
  const { file, document, line, item } = place;
  return [{ file, document, line, item, apiVersion, group, kind, namespace, name, data, encrypted: isMapping(data['sops']) }]; // of one shape, and written out: there are many
}

export function identityOf(data: Data): ObjectIdentity {
  const { apiVersion, kind } = data;
  const { namespace, name } = mapping(data['metadata']);
  return {
    apiVersion: textOf(apiVersion) ?? '',
    group: groupOf(textOf(apiVersion) ?? ''),
    kind: textOf(kind) ?? '',
    namespace: textOf(namespace),
    name: textOf(name) ?? '',
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')));
}

/** The same for all versions of an API: `apps/Deployment/shop/server`. */
export function identityKey({ group, kind, namespace = '', name }: ObjectIdentity): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

/** As people say it: `Deployment shop/server`. */
export function identityTitle({ kind, namespace, name }: ObjectIdentity): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
