import { customResourceNode, type CustomResourceVersion } from './custom-resource';
import type { StructuralSchema } from './structural-schema';

/**
 * A kind from a JSON Schema, such as catalogues of CRDs offer: named by `x-kubernetes-group-version-kind`, by the only values
 * of its apiVersion and kind, or by its file, `GROUP/KIND_VERSION.json`.
 * @returns nothing for a schema of no kind
 */
export function readJsonSchema(file: string, content: unknown): CustomResourceVersion | undefined {
  if (!isObject(content) || !isObject(content['properties'])) return undefined;
  const named = namedIn(content) ?? namedBy(file);
  if (named === undefined) return undefined;
  return { ...named, served: true, scope: 'Namespaced', node: customResourceNode(structural(content) as StructuralSchema) };
}

type Name = Pick<CustomResourceVersion, 'group' | 'version' | 'kind'>;

function namedIn(schema: Json): Name | undefined {
  const [gvk] = Array.isArray(schema['x-kubernetes-group-version-kind']) ? (schema['x-kubernetes-group-version-kind'] as Json[]) : [];
  if (isObject(gvk) && typeof gvk['group'] === 'string' && typeof gvk['version'] === 'string' && typeof gvk['kind'] === 'string') return { group: gvk['group'], version: gvk['version'], kind: gvk['kind'] };
  const { apiVersion, kind } = schema['properties'] as Json;
  const [api, name] = [onlyValue(apiVersion), onlyValue(kind)];
  const [group, version] = api?.split('/') ?? [];
  return group === undefined || version === undefined || name === undefined ? undefined : { group, version, kind: name };
}

function onlyValue(schema: unknown): string | undefined {
  if (!isObject(schema)) return undefined;
  const value = schema['const'] ?? (Array.isArray(schema['enum']) && schema['enum'].length === 1 ? (schema['enum'][0] as unknown) : undefined);
  return typeof value === 'string' ? value : undefined;
}

/** Files have the kind in lower case, by which it is found, too. */
function namedBy(file: string): Name | undefined {
  const [, group, kind, version] = /(?:^|\/)([a-z0-9.-]+\.[a-z0-9.-]+)\/([a-z0-9]+)_(v\d\w*)\.json$/.exec(file) ?? [];
  return group === undefined ? undefined : { group, kind: kind!, version: version! };
}

/** JSON Schema leaves objects open unless it says otherwise, and lists null among the types. */
function structural(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structural);
  if (!isObject(value)) return value;
  const schema = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === 'properties' && isObject(each) ? Object.fromEntries(Object.entries(each).map(([name, property]) => [name, structural(property)])) : structural(each)]));
  const types = (Array.isArray(schema['type']) ? schema['type'] : [schema['type']]).filter((type) => type !== 'null' && type !== undefined) as string[];
  const isOpen = schema['additionalProperties'] === undefined || schema['additionalProperties'] === true;
  const { $ref: _, type, additionalProperties, exclusiveMinimum, exclusiveMaximum, ...rest } = schema;
  return {
    ...rest,
    ...(types.length === 1 ? { type: types[0] } : {}),
    ...(Array.isArray(type) && type.includes('null') ? { nullable: true } : {}),
    ...(isObject(additionalProperties) ? { additionalProperties } : {}),
    ...(typeof exclusiveMinimum === 'number' ? { minimum: exclusiveMinimum, exclusiveMinimum: true } : {}),
    ...(typeof exclusiveMaximum === 'number' ? { maximum: exclusiveMaximum, exclusiveMaximum: true } : {}),
    ...(isOpen && (types.length === 0 || types.includes('object')) && schema['items'] === undefined ? { 'x-kubernetes-preserve-unknown-fields': true } : {}),
  };
}

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
