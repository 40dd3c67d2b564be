import fc from 'fast-check';
import { compareSchemas } from '../../src/releases/compare-schemas';
import { SchemaSet } from '../../src/schema/schema-set';
import type { StructuralSchema } from '../../src/schema/structural-schema';

const inSpec = (field: object, required: string[] = []): StructuralSchema => ({ type: 'object', properties: { spec: { type: 'object', properties: { field }, required } } }) as StructuralSchema;
const told = (before: object, after: object): string[] => compareSchemas(inSpec(before), inSpec(after)).map(({ path, text }) => `${path.join('.')} ${text}`);

test.each<[string, object, object, string[]]>([
  ['a type', { type: 'string' }, { type: 'integer' }, ['spec.field is integer now, not string']],
  ['a wider type', { type: 'integer' }, { 'x-kubernetes-int-or-string': true }, []],
  ['a narrower type', { 'x-kubernetes-int-or-string': true }, { type: 'integer' }, ['spec.field is integer now, not integer or string']],
  ['null', { type: 'string', nullable: true }, { type: 'string' }, ['spec.field may no longer be null']],
  ['values', { type: 'string', enum: ['a', 'b'] }, { type: 'string', enum: ['b', 'c'] }, ['spec.field no longer takes "a"']],
  ['more values', { type: 'string', enum: ['a'] }, { type: 'string', enum: ['b', 'a'] }, []],
  ['values where any were', { type: 'string' }, { type: 'string', enum: ['a'] }, ['spec.field takes only "a"']],
  ['a pattern', { type: 'string', pattern: 'a+' }, { type: 'string', pattern: 'b+' }, ['spec.field has to match b+, not a+']],
  ['no pattern any more', { type: 'string', pattern: 'a+' }, { type: 'string' }, []],
  ['a format', { type: 'string' }, { type: 'string', format: 'date-time' }, ['spec.field has to be of the format date-time']],
  ['bounds', { type: 'integer', minimum: 1, maximum: 5 }, { type: 'integer', minimum: 2, maximum: 4 }, ['spec.field is at least 2, not 1', 'spec.field is at most 4, not 5']],
  ['wider bounds', { type: 'integer', minimum: 1, maximum: 5 }, { type: 'integer', minimum: 0 }, []],
  ['an exclusive bound', { type: 'integer', minimum: 1 }, { type: 'integer', minimum: 1, exclusiveMinimum: true }, ['spec.field is more than 1']],
  ['lengths', { type: 'string' }, { type: 'string', minLength: 1, maxLength: 63 }, ['spec.field has at least this many characters: 1', 'spec.field has at most this many characters: 63']],
  ['items', { type: 'array', items: { type: 'string' } }, { type: 'array', maxItems: 3, uniqueItems: true, items: { type: 'string', maxLength: 5 } }, ['spec.field may hold nothing twice', 'spec.field has at most this many items: 3', 'spec.field.[] has at most this many characters: 5']],
  ['values of a map', { type: 'object', additionalProperties: { type: 'string' } }, { type: 'object', additionalProperties: { type: 'string', enum: ['a'] } }, ['spec.field.* takes only "a"']],
  ['a map that is none any more', { type: 'object', additionalProperties: { type: 'string' } }, { type: 'object', properties: {} }, ['spec.field.* is gone']],
  ['a rule', { type: 'object', 'x-kubernetes-validations': [{ rule: 'a' }] }, { type: 'object', 'x-kubernetes-validations': [{ rule: 'a' }, { rule: 'self.b', message: 'b is needed' }, { rule: 'self == oldSelf', message: 'stays' }] }, ['spec.field has a new rule: b is needed', 'spec.field has a new rule for changes: stays']],
  ['conditions', { type: 'object', anyOf: [{ required: ['a'] }] }, { type: 'object', anyOf: [{ required: ['b'] }] }, ['spec.field has other conditions in anyOf']],
  ['unknown fields', { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, { type: 'object', properties: { a: {} } }, ['spec.field no longer keeps fields that it does not list']],
])('%s', (_, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
});

test('a field that is gone or required is told; one that is required and has a default is not', () => {
  const before = { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } } } } as StructuralSchema;
  const after = { type: 'object', properties: { spec: { type: 'object', required: ['b', 'c', 'd'], properties: { b: { type: 'string' }, c: { type: 'string' }, d: { type: 'string', default: 'x' } } } } } as StructuralSchema;

  expect(compareSchemas(before, after)).toEqual([
    { path: ['spec', 'a'], text: 'is gone' },
    { path: ['spec', 'b'], text: 'is required now', isMissed: true },
    { path: ['spec', 'c'], text: 'is new and required', isMissed: true },
  ]);
});

test('what objects say of themselves, and status, is not of the schema', () => {
  const with_ = (metadata: object): StructuralSchema => ({ type: 'object', properties: { apiVersion: { type: 'string' }, metadata, status: metadata } }) as StructuralSchema;

  expect(compareSchemas(with_({ type: 'object' }), with_({ type: 'string' }))).toEqual([]);
});

const scalar = fc.oneof(
  fc.record({ type: fc.constant('string') }),
  fc.record({ type: fc.constant('string'), enum: fc.subarray(['a', 'b', 'cc'], { minLength: 1 }) }),
  fc.record({ type: fc.constant('string'), maxLength: fc.integer({ min: 0, max: 2 }), nullable: fc.boolean() }),
  fc.record({ type: fc.constant('integer'), minimum: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ type: fc.constant('array'), items: fc.constant({ type: 'string' }), maxItems: fc.integer({ min: 0, max: 2 }) }),
);
const fields = fc.record({ x: scalar, y: scalar });
const required = fc.subarray(['x', 'y']);
const value = fc.constantFrom('a', 'cc', '', null, 0, 5, [], ['a', 'b']);

test('what is refused and was not before is told', () => {
  const taken = (of: StructuralSchema, spec: object): boolean => {
    const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { group: 'a.example.com', scope: 'Namespaced', names: { kind: 'A' }, versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema: of } }] } };
    return new SchemaSet({ crds: [crd] }).validate({ apiVersion: 'a.example.com/v1', kind: 'A', metadata: { name: 'a' }, spec }).length === 0;
  };
  const of = (properties: object, needed: readonly string[]): StructuralSchema => ({ type: 'object', properties: { spec: { type: 'object', properties, required: needed } } }) as StructuralSchema;
  let refused = 0;
  fc.assert(fc.property(fields, required, fields, required, fc.dictionary(fc.constantFrom('x', 'y'), value), (was, needed, is, needs, spec) => {
    const [before, after] = [of(was, needed), of({ ...was, x: is.x }, needs)];
    if (!taken(before, spec) || taken(after, spec)) return;
    refused += 1;

    expect(compareSchemas(before, after)).not.toEqual([]);
  }), { numRuns: 400, seed: 1 });
  expect(refused).toBeGreaterThan(10);
});

test('a schema takes no less than itself, whatever it holds, and nothing that stands where a schema belongs ends the comparison', () => {
  const anything = fc.object({ key: fc.constantFrom('type', 'properties', 'items', 'required', 'enum', 'additionalProperties', 'pattern', 'x-kubernetes-validations', 'anyOf', 'a'), maxDepth: 5 }) as fc.Arbitrary<StructuralSchema>;
  fc.assert(fc.property(anything, anything, (before, after) => {
    expect(compareSchemas(before, before)).toEqual([]);
    compareSchemas(before, after);
  }), { numRuns: 500 });
});
