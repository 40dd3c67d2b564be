/** Which check an object failed. */
export type SchemaRule =
  | 'unknown-kind' | 'unknown-field' | 'required' | 'type' | 'enum' | 'pattern' | 'format' | 'length' | 'range' | 'items' | 'properties'
  | 'list-type' | 'alternatives' | 'cel'
  // what the API server checks in code
  | 'name' | 'label' | 'base64' | 'port' | 'host' | 'schedule' | 'selector' | 'duplicate' | 'reference' | 'combination';

/** A step is a field's name or the index of an item. */
export type FieldPath = readonly (string | number)[];

export interface SchemaProblem {
  readonly path: FieldPath;
  readonly rule: SchemaRule;
  /** A warning where the schema may be of another release than the cluster has. */
  readonly severity: 'error' | 'warning';
  /** One sentence that names the field, the value found and what is allowed. */
  readonly message: string;
}

/** `spec.containers[0].image`, and `metadata.annotations["a.b/c"]` where a dot would mislead. */
export function formatFieldPath(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text === '' ? 'the object' : text;
}

/** A value as a message shows it: `"3", a string`. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `${quoteValue(value)}, a ${typeof value}`;
}

/** A scalar as one would write it, shortened. */
export function quoteValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return describeValue(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 60)}…${typeof value === 'string' ? '"' : ''}` : text;
}
