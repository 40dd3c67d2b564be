import type { IConstruct } from 'constructs';
import type { PlacedObject } from './layout';

/** What validation reads of an object. */
export interface ObjectMetadata {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

export function metadataOf({ object }: PlacedObject): ObjectMetadata {
  const { apiVersion, kind, metadata } = object as { apiVersion: string; kind: string; metadata?: { name?: string; namespace?: string } };
  return { apiVersion, kind, name: metadata?.name, namespace: metadata?.namespace };
}

/** The construct that a user made for an object: L2 constructs hold theirs as `Resource`. */
export function ownerOf({ construct }: PlacedObject): IConstruct {
  return construct.node.id === 'Resource' && construct.node.scope !== undefined ? construct.node.scope : construct;
}

/** Where an object stands, for messages: its file, and who made it. */
export function whereabouts(placed: PlacedObject): string {
  return `${placed.directory.pathOf(placed.file)} (${ownerOf(placed).node.path})`;
}
