import { compilePattern, type Pattern } from './linear-pattern';
import type { StructuralSchema, ValidationRule } from './structural-schema';

/** Finds the schema that a `$ref` names. */
export type Definitions = (name: string) => FieldNode | undefined;

/** What may stand in place of a field that no schema names. */
type Unknown = 'refused' | 'kept';

/**
 * One place of a schema, ready for checking. Children are made when an object first has them: a Cluster of CNPG has 1,500
 * places, of which an object uses twenty, so that a kind costs nothing to load.
 */
export interface FieldNode {
  readonly schema: StructuralSchema;
  readonly type: string | undefined;
  readonly intOrString: boolean;
  readonly nullable: boolean;
  /** Whether it is Kubernetes' own: Go reads null as nothing in lists and maps, too. */
  readonly builtIn: boolean;
  readonly fields: Map<string, FieldNode>;
  readonly unknown: Unknown;
  /** What the values of a map have to be. */
  readonly values: FieldNode | undefined;
  readonly items: FieldNode | undefined;
  readonly required: readonly string[];
  readonly pattern: Pattern | undefined;
  readonly allowed: ReadonlySet<unknown> | undefined;
  readonly hasJunctors: boolean;
  readonly hasBounds: boolean;
  readonly rules: readonly ValidationRule[];
  readonly options: NodeOptions;
}

export interface NodeOptions {
  readonly definitions: Definitions;
  readonly builtIn: boolean;
  /** Whether the schema only says more about a value whose fields another one lists: a branch of `anyOf`. */
  readonly valuesOnly?: boolean;
}

export function fieldNode(schema: StructuralSchema, options: NodeOptions): FieldNode {
  const named = schema.$ref === undefined ? undefined : options.definitions(schema.$ref);
  if (named !== undefined) return named;
  const { builtIn, valuesOnly = false } = options;
  let items: FieldNode | undefined;
  let values: FieldNode | undefined;
  const { additionalProperties } = schema;
  return {
    schema,
    type: schema['x-kubernetes-int-or-string'] === true ? undefined : schema.type,
    intOrString: schema['x-kubernetes-int-or-string'] === true,
    nullable: schema.nullable === true,
    builtIn,
    fields: new Map(),
    unknown: valuesOnly || keepsUnknown(schema, builtIn) ? 'kept' : 'refused',
    get values() {
      if (typeof additionalProperties === 'object') values ??= fieldNode(additionalProperties, options);
      return values;
    },
    get items() {
      if (schema.items !== undefined) items ??= fieldNode(schema.items, options);
      return items;
    },
    required: schema.required ?? [],
    pattern: schema.pattern === undefined ? undefined : compilePattern(schema.pattern),
    allowed: schema.enum === undefined ? undefined : new Set(schema.enum),
    hasJunctors: (schema.allOf ?? schema.anyOf ?? schema.oneOf ?? schema.not) !== undefined,
    hasBounds: BOUNDS.some((bound) => schema[bound] !== undefined),
    rules: valuesOnly ? [] : (schema['x-kubernetes-validations'] ?? []).filter(({ rule }) => !/\boldSelf\b/.test(rule)),
    options,
  };
}

/** The node of a field, or undefined for one that the schema does not list. */
export function childOf(node: FieldNode, name: string): FieldNode | undefined {
  const known = node.fields.get(name);
  if (known !== undefined) return known;
  const { properties } = node.schema;
  if (properties === undefined || !Object.hasOwn(properties, name)) return undefined;
  const child = fieldNode(properties[name]!, node.options);
  node.fields.set(name, child);
  return child;
}

const BOUNDS = ['minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'] as const;

function keepsUnknown(schema: StructuralSchema, builtIn: boolean): boolean {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true) return true;
  if (schema.properties !== undefined) return false;
  // built-in kinds have no objects without fields but those that hold anything; in a CRD such an object loses all it holds
  return builtIn || schema.type !== 'object';
}
