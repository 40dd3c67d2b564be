import { SchemaSet } from '../../src/schema/schema-set';

/** What is said of a value whose schema is given, with the field's name left out. */
function said(schema: object, value: unknown): string[] {
  const set = new SchemaSet({ crds: [{
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition',
    spec: { group: 'example.org', scope: 'Namespaced', names: { kind: 'Thing' }, versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema: { type: 'object', properties: { f: schema } } } }] },
  }] });
  return set.validate({ apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'x' }, f: value }).map(({ message }) => message);
}

test.each<[what: string, schema: object, value: unknown, message: string]>([
  ['a number for a string', { type: 'string' }, 1, 'f is 1, a number; it has to be a string: put it in quotes, "1"'],
  ['a string for a number', { type: 'integer' }, '12', 'f is "12", a string; it has to be an integer: write 12 without quotes'],
  ['a fraction for an integer', { type: 'integer' }, 1.5, 'f is 1.5, a number; it has to be an integer'],
  ['a string for a boolean', { type: 'boolean' }, 'true', 'f is "true", a string; it has to be a boolean: write true without quotes'],
  ['an object for a list', { type: 'array', items: { type: 'string' } }, { a: 1 }, 'f is an object; it has to be a list'],
  ['a list for an object', { type: 'object', properties: { a: {} } }, ['a'], 'f is a list; it has to be an object'],
  ['null', { type: 'string' }, null, 'f has no value (null); it has to be a string, or be left out'],
  ['a boolean for a number or string', { 'x-kubernetes-int-or-string': true }, true, 'f is true, a boolean; it has to be an integer or a string'],
  ['a fraction for a number or string', { 'x-kubernetes-int-or-string': true }, 0.5, 'f is 0.5, a number; it has to be an integer or a string'],
  ['another value', { type: 'string', enum: ['Always', 'Never'] }, 'always', 'f is "always"; allowed are "Always", "Never"; did you mean "Always"?'],
  ['what no pattern takes', { type: 'string', pattern: '^[a-z]+$' }, 'A', 'f is "A", which does not match ^[a-z]+$'],
  ['what is too long', { type: 'string', maxLength: 3 }, 'abcd', 'f has 4 characters; at most 3 are allowed'],
  ['what is empty', { type: 'string', minLength: 1 }, '', 'f is empty, and must not be'],
  ['what is too small', { type: 'integer', minimum: 1 }, 0, 'f is 0; it has to be at least 1'],
  ['what is too large', { type: 'integer', maximum: 5, exclusiveMaximum: true }, 5, 'f is 5; it has to be less than 5'],
  ['too few items', { type: 'array', items: { type: 'string' }, minItems: 1 }, [], 'f has 0 items; at least 1 are needed'],
  ['no date', { type: 'string', format: 'date-time' }, 'today', 'f is "today", which is no date and time such as "2006-01-02T15:04:05Z"'],
  ['no network', { type: 'string', format: 'cidr' }, '10.0.0.0/33', 'f is "10.0.0.0/33", which is no network such as "10.0.0.0/8"'],
  ['an unknown field', { type: 'object', properties: { image: { type: 'string' } } }, { imge: 'a' }, 'f.imge is no field of example.org/v1 Thing; did you mean "image"?'],
  ['a field of an object without fields', { type: 'object' }, { a: 1 }, 'f.a is no field of example.org/v1 Thing'],
  ['a missing field', { type: 'object', required: ['a'], properties: { a: { type: 'string' } } }, {}, 'f.a is missing, and has to be there'],
  ['an item twice', { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' }, ['a', 'b', 'a'], 'f[2] is "a", which is item 0, too'],
  ['a key twice', { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'], items: { type: 'object', properties: { name: { type: 'string' } } } }, [{ name: 'a' }, { name: 'a' }], 'f[1] has name "a", as item 0 has; two items must not share it'],
  ['none of two', { type: 'object', properties: { a: {}, b: {} }, oneOf: [{ required: ['a'] }, { required: ['b'] }] }, {}, 'f needs exactly one of a, b, and has none'],
  ['both of two', { type: 'object', properties: { a: {}, b: {} }, oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 }, 'f needs exactly one of a, b, and 2 are there'],
  ['what is forbidden', { type: 'object', properties: { a: {}, b: {} }, not: { required: ['a', 'b'] } }, { a: 1, b: 1 }, 'f must not have a and b together'],
  ['an object that is no whole one', { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true }, { kind: 'Pod' }, 'f.apiVersion is missing: this field holds a whole object'],
])('refuses %s', (_, schema, value, message) => {
  expect(said(schema, value)).toEqual([message]);
});

test.each<[what: string, schema: object, value: unknown]>([
  ['null where it may stand', { type: 'string', nullable: true }, null],
  ['null for a default', { type: 'string', default: 'a' }, null],
  ['a missing field that has a default', { type: 'object', required: ['a'], properties: { a: { type: 'string', default: 'b' } } }, {}],
  ['any field of a map', { type: 'object', additionalProperties: { type: 'integer' } }, { a: 1, b: 2 }],
  ['any field where they are kept', { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'string' } } }, { b: [{ c: null }] }],
  ['a number or a string', { 'x-kubernetes-int-or-string': true }, '50%'],
  ['characters outside of the basic plane, one by one', { type: 'string', maxLength: 2 }, '😀😀'],
  ['the metadata of an embedded object', { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true }, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { a: 'b' } } }],
  ['what fits with its default', { type: 'object', properties: { type: { type: 'string', default: 'A' } }, oneOf: [{ properties: { type: { enum: ['A'] } } }, { properties: { type: { enum: ['B'] } } }] }, {}],
  ['one of two', { type: 'object', properties: { a: {}, b: {} }, oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { b: 1 }],
])('takes %s', (_, schema, value) => {
  expect(said(schema, value)).toEqual([]);
});

test('a path is written as people write it', () => {
  expect(said({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } }, { 'a.b/c': ['x', 1] })).toEqual(['f["a.b/c"][1] is 1, a number; it has to be a string: put it in quotes, "1"']);
});
