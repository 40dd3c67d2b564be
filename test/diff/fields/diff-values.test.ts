import fc from 'fast-check';
import { SchemaSet } from '../../../src/schema/schema-set';
import type { FieldChange, FieldStep } from '../../../src/diff/changes';
import { diffValues } from '../../../src/diff/fields/diff-values';

const deployment = new SchemaSet().find('apps/v1', 'Deployment')!.nodes[0]!;

function shown(changes: readonly FieldChange[]): string[] {
  return changes.map(({ type, path, before, after }) => `${type} ${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`);
}

function pod(fields: Record<string, unknown>): Record<string, unknown> {
  return { spec: { template: { spec: { containers: [{ name: 'web', ...fields }] } } } };
}

test('items go by the merge key that the kind has for them, with the default of what is left out', () => {
  const before = pod({ ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }], volumeMounts: [{ mountPath: '/a', name: 'x' }, { mountPath: '/b', name: 'x' }] });
  const after = pod({ ports: [{ containerPort: 53, protocol: 'UDP', name: 'dns' }, { containerPort: 80, protocol: 'TCP' }], volumeMounts: [{ mountPath: '/b', name: 'x', readOnly: true }, { mountPath: '/a', name: 'x' }] });

  expect(shown(diffValues(before, after, deployment))).toEqual([
    'added spec.template.spec.containers[name=web].ports[containerPort=53,protocol=UDP].name: undefined → "dns"',
    'added spec.template.spec.containers[name=web].ports[containerPort=80,protocol=TCP].protocol: undefined → "TCP"',
    'added spec.template.spec.containers[name=web].volumeMounts[mountPath=/b].readOnly: undefined → true',
  ]);
});

test('an item that changes its key and keeps its name is the same item', () => {
  expect(shown(diffValues(pod({ ports: [{ name: 'http', containerPort: 80 }] }), pod({ ports: [{ name: 'http', containerPort: 8080 }] }), deployment))).toEqual([
    'changed spec.template.spec.containers[name=web].ports[name=http].containerPort: 80 → 8080',
  ]);
});

test('items without a key are compared in their order', () => {
  expect(shown(diffValues(pod({ args: ['a', 'b', 'c'] }), pod({ args: ['a', 'x', 'c', 'd'] }), deployment))).toEqual([
    'changed spec.template.spec.containers[name=web].args[1]: "b" → "x"',
    'added spec.template.spec.containers[name=web].args[3]: undefined → "d"',
  ]);
  expect(shown(diffValues({ patch: [{ op: 'add', path: '/a' }] }, { patch: [{ op: 'remove', path: '/a' }] }))).toEqual(['changed patch[path=/a].op: "add" → "remove"']);
});

test('keys with dots in them can be told from fields, and what every object inherits is no field', () => {
  expect(shown(diffValues({ metadata: { labels: { 'app.kubernetes.io/name': 'a' } } }, { metadata: { labels: { 'app.kubernetes.io/name': 'b', constructor: 'c' } } }))).toEqual([
    'changed metadata.labels["app.kubernetes.io/name"]: "a" → "b"',
    'added metadata.labels.constructor: undefined → "c"',
  ]);
});

const key = fc.constantFrom('a', 'b', 'name', 'image', 'args', 'env', 'ports');
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof({ maxDepth: 4, depthSize: 'small' }, fc.constantFrom('x', 'y', 1, true, null), fc.array(tie('data'), { maxLength: 4 }), fc.dictionary(key, tie('data'), { maxKeys: 4, noNullPrototype: true })),
}));

test('a value does not differ from itself, whatever it is', () => {
  fc.assert(fc.property(data, (value) => expect(diffValues(value, JSON.parse(JSON.stringify(value)))).toEqual([])));
});

test('an order of items with keys says nothing, where the kind has keys for them', () => {
  const env = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), value: fc.string() }), { selector: ({ name }) => name, maxLength: 8 });
  fc.assert(fc.property(env.chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }))), ([items, shuffled]) => {
    expect(diffValues(pod({ env: items }), pod({ env: shuffled }), deployment)).toEqual([]);
  }));
});

test('the changes, made to one value, give the other', () => {
  fc.assert(fc.property(data, data, (before, after) => {
    expect(sorted(applied(before, diffValues(before, after)))).toEqual(sorted(after));
  }), { numRuns: 500 });
});

/** Makes changes: what is removed or changed first, by where it was; then what is added, by where it is. */
function applied(value: unknown, changes: readonly FieldChange[]): unknown {
  const holder = { root: structuredClone(value) };
  const later: (() => void)[] = [];
  const removals: { list: unknown[]; item: unknown }[] = [];
  for (const { steps, type, before, after } of changes) {
    const path: readonly FieldStep[] = ['root', ...steps];
    const parent = find(holder, path.slice(0, -1));
    const last = path.at(-1)!;
    if (type === 'reordered') put(parent, last, after);
    else if (Array.isArray(parent) && type === 'added') later.push(() => (typeof last === 'number' ? parent.splice(last, 0, after) : parent.push(after)));
    else if (Array.isArray(parent) && type === 'removed') removals.push({ list: parent, item: typeof last === 'number' ? parent[last] : parent[indexOf(parent, last)] });
    else if (type === 'removed') delete (parent as Record<string, unknown>)[last as string];
    else put(parent, last, after);
    expect(before === undefined).toBe(type === 'added');
  }
  for (const { list, item } of removals) list.splice(list.indexOf(item), 1);
  for (const add of later) add();
  return holder.root;
}

function put(parent: unknown, step: FieldStep, value: unknown): void {
  if (Array.isArray(parent)) parent[typeof step === 'number' ? step : indexOf(parent, step)] = value;
  else (parent as Record<string, unknown>)[step as string] = value;
}

function find(value: unknown, steps: readonly FieldStep[]): unknown {
  return steps.reduce((at: unknown, step) => (Array.isArray(at) ? at[typeof step === 'number' ? step : indexOf(at, step)] : (at as Record<string, unknown>)[step as string]), value);
}

function indexOf(list: readonly unknown[], step: FieldStep): number {
  return list.findIndex((item) => Object.entries(step as object).every(([name, wanted]) => (item as Record<string, unknown>)[name] === wanted || (wanted === '' && !(name in (item as object)))));
}

/** Lists whose order says nothing, in one order. */
function sorted(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item));
    return name === 'env' || name === 'ports' || keyed(value) ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([field, item]) => [field, sorted(item, field)]));
}

/** A change of a list with keys adds at the end. */
function keyed(list: readonly unknown[]): boolean {
  return list.length > 0 && list.every((item) => typeof item === 'object' && item !== null && 'name' in item);
}
