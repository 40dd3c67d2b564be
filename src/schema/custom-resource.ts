import { fieldNode, type FieldNode } from './field-node';
import type { StructuralSchema } from './structural-schema';

/** A version of a custom resource, as its definition has it. */
export interface CustomResourceVersion {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
  readonly served: boolean;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly node: FieldNode;
}

/** What a CustomResourceDefinition declares; nothing for an object that is none, or a broken one. */
export function readCustomResource(object: unknown): CustomResourceVersion[] {
  const { apiVersion, kind, spec } = fields(object);
  if (kind !== 'CustomResourceDefinition' || typeof apiVersion !== 'string' || !apiVersion.startsWith('apiextensions.k8s.io/')) return [];
  const { group, names, versions, version, validation, scope, preserveUnknownFields } = fields(spec);
  const { kind: resource } = fields(names);
  if (typeof group !== 'string' || typeof resource !== 'string') return [];
  const listed = Array.isArray(versions) ? versions : typeof version === 'string' ? [{ name: version, served: true }] : [];
  return listed.flatMap((each) => {
    const { name, served, schema } = fields(each);
    if (typeof name !== 'string') return [];
    const { openAPIV3Schema } = fields(schema ?? validation);
    return [{
      group,
      kind: resource,
      version: name,
      served: served !== false,
      scope: scope === 'Cluster' ? 'Cluster' as const : 'Namespaced' as const,
      node: customResourceNode(isSchema(openAPIV3Schema) ? openAPIV3Schema : undefined, preserveUnknownFields === true),
    }];
  });
}

/** @param schema nothing for a version without one, which takes anything */
export function customResourceNode(schema: StructuralSchema | undefined, keepsUnknown = false, definitions: Readonly<Record<string, StructuralSchema>> = {}): FieldNode {
  const { properties, ...rest } = schema ?? {};
  const nodes = new Map<string, FieldNode>();
  const options = {
    builtIn: false,
    definitions(name: string): FieldNode | undefined {
      if (!nodes.has(name) && definitions[name] !== undefined) nodes.set(name, fieldNode(definitions[name], options));
      return nodes.get(name);
    },
  };
  return fieldNode({
    ...rest,
    type: 'object',
    // the server knows these of every object, and what is in metadata, too
    properties: { ...properties, apiVersion: TEXT, kind: TEXT, metadata: METADATA, ...(properties?.['status'] === undefined ? {} : { status: STATUS }) },
    ...(schema === undefined || keepsUnknown ? { 'x-kubernetes-preserve-unknown-fields': true } : {}),
  }, options);
}

const TEXT: StructuralSchema = { type: 'string' };
const METADATA: StructuralSchema = { type: 'object', nullable: true, 'x-kubernetes-preserve-unknown-fields': true };

/** Taken off by the server where it comes from anybody but the controller. */
const STATUS: StructuralSchema = { nullable: true, 'x-kubernetes-preserve-unknown-fields': true };

function isSchema(value: unknown): value is StructuralSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
