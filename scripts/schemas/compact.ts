/** OpenAPI v3 as Kubernetes publishes it → what validation reads: no prose, plain references, one notation for what is odd. */

export type Schema = { [key: string]: unknown };

/** Prose, and what says nothing of a value. Names of fields are never looked at here. */
const DROPPED = new Set(['description', 'title', 'example', 'externalDocs', 'x-kubernetes-unions', 'x-kubernetes-group-version-kind', 'x-kubernetes-selectable-fields']);
const REFERENCE = '#/components/schemas/';

/** What the API server reads otherwise than its OpenAPI document says, or says as `oneOf`. */
const SPECIAL: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { 'x-kubernetes-int-or-string': true, format: 'quantity' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
};

/** What the document calls required and the server fills in, or takes as zero: seen with a real one. */
const NOT_REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'io.k8s.api.rbac.v1.RoleRef': ['apiGroup'],
  'io.k8s.api.scheduling.v1.PriorityClass': ['value'],
  'io.k8s.api.core.v1.LimitRangeSpec': ['limits'],
  ...Object.fromEntries(['v1alpha2', 'v1alpha3', 'v1beta1', 'v1beta2', 'v1'].flatMap((version) => ['ResourceClaimTemplate', 'ResourceClaimTemplateSpec'].map((kind) => [`io.k8s.api.resource.${version}.${kind}`, ['spec']]))),
};

export function compactDefinition(name: string, schema: Schema, enums: ReadonlyMap<string, readonly string[]> | undefined): Schema {
  const special = SPECIAL[name];
  if (special !== undefined) return special;
  const compact = compactSchema(schema, true);
  const filled = NOT_REQUIRED[name] ?? [];
  if (filled.length > 0 && Array.isArray(compact['required'])) compact['required'] = compact['required'].filter((field) => !filled.includes(field as string));
  const properties = (compact['properties'] ?? {}) as Record<string, Schema>;
  for (const [field, values] of enums ?? []) {
    const property = properties[field.replace('[]', '')];
    const valued = field.endsWith('[]') ? ((property?.['items'] ?? property?.['additionalProperties']) as Schema | undefined) : property;
    // the empty string stands for the default wherever a field may be left out
    if (valued?.['type'] === 'string') valued['enum'] = [...values];
  }
  return compact;
}

/**
 * @param builtIn whether defaults are left out unless they may be a part of a list's key: the server knows them,
 * and no rule of a built-in kind looks at them
 */
export function compactSchema(schema: Schema, builtIn: boolean): Schema {
  const { allOf } = schema;
  if (builtIn && Array.isArray(allOf) && allOf.length === 1 && typeof (allOf[0] as Schema)['$ref'] === 'string') return { ...compactSchema(allOf[0] as Schema, builtIn), ...extensionsOf(schema) };
  const compact: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.has(key)) continue;
    if (key === 'default' && builtIn && (typeof value !== 'string' || value === '')) continue;
    if (key === 'x-kubernetes-validations') compact[key] = (value as { rule: string; fieldPath?: string }[]).map(({ rule, fieldPath }) => ({ rule, fieldPath }));
    else if (key === '$ref') compact[key] = (value as string).replace(REFERENCE, '');
    else if (key === 'properties') compact[key] = Object.fromEntries(Object.entries(value as Record<string, Schema>).map(([name, property]) => [name, compactSchema(property, builtIn)]));
    else if (key === 'items' || key === 'not' || (key === 'additionalProperties' && typeof value === 'object')) compact[key] = compactSchema(value as Schema, builtIn);
    else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf') compact[key] = (value as Schema[]).map((each) => compactSchema(each, builtIn));
    else compact[key] = value;
  }
  return compact;
}

export function referencesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencesOf);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => (key === '$ref' && typeof value === 'string' ? [value] : referencesOf(value)));
}

function extensionsOf(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key.startsWith('x-kubernetes-') && !DROPPED.has(key)));
}
