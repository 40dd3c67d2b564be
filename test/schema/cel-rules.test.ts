import { customResourceIndex, customResourceSchemas } from '../../src/schema/packaged';
import { toldRules } from '../../src/schema/rule-words';
import { SchemaSet } from '../../src/schema/schema-set';

test('a rule of a CRD fails with its message', () => {
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule: "self.mode != 'safe' || self.copies > 2", message: 'safe needs copies' }] })] });

  const problems = set.validate(thing({ mode: 'safe' }));

  expect(problems).toEqual([{ path: ['spec'], rule: 'cel', severity: 'error', message: 'spec breaks a rule of example.org/v1 Thing: safe needs copies' }]);
  expect(set.validate(thing({ mode: 'safe', copies: 3 }))).toEqual([]);
});

test('a message expression tells what it found', () => {
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule: 'self.copies < 3', message: 'too many', messageExpression: "'at most 2, not ' + string(self.copies)" }] })] });

  expect(messages(set, { copies: 4 })).toEqual(['spec breaks a rule of example.org/v1 Thing: at most 2, not 4']);
});

test('a rule sees defaults, integers as integers, and fields whose names are no identifiers', () => {
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule: 'self.copies + 1 == 3 && self.__namespace__ == "a" && self.a__dash__b' }] })] });

  expect(messages(set, { namespace: 'a', 'a-b': true })).toEqual([]);
  expect(messages(set, { namespace: 'b', 'a-b': true })).toEqual(['spec breaks a rule of example.org/v1 Thing: self.copies + 1 == 3 && self.__namespace__ == "a" && self.a__dash__b']);
});

test('a rule that reads a field which is not there fails, as it does in the server', () => {
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule: "self.mode == 'safe'", message: 'mode has to be safe' }] })] });

  expect(messages(set, {})).toEqual(['spec breaks a rule of example.org/v1 Thing: mode has to be safe']);
});

test('a rule that came along without its message is told in words', () => {
  const release = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'web' }, spec: { interval: '5m' } };

  expect(new SchemaSet().validate(release)).toEqual([{ path: ['spec'], rule: 'cel', severity: 'warning', message: 'spec breaks a rule of helm.toolkit.fluxcd.io/v2 HelmRelease: write chart or chartRef, one of them' }]);
});

test('every rule that is told in words is one of those that came along', () => {
  const packaged = new Set(Object.entries(customResourceIndex().kinds).flatMap(([name]) => {
    const [group, kind] = name.split('/') as [string, string];
    return [...JSON.stringify(customResourceSchemas(group, kind)).matchAll(/"rule":("(?:[^"\\]|\\.)*")/g)].map(([, rule]) => (JSON.parse(rule!) as string).trim().replace(/\s+/g, ' '));
  }));

  expect(packaged.size).toBeGreaterThan(100);
  expect(toldRules.filter((rule) => !packaged.has(rule))).toEqual([]);
});

test('a rule about the change of an object is left out, since there is only one', () => {
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule: 'self.mode == oldSelf.mode' }] })] });

  expect(messages(set, { mode: 'other' })).toEqual([]);
  expect(set.skippedRules.size).toBe(0);
});

test('a rule that cannot be evaluated is counted, not failed', () => {
  const rule = 'url(self.mode).getScheme() == "https"';
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule }] })] });

  expect(messages(set, { mode: 'a' })).toEqual([]);
  expect([...set.skippedRules]).toEqual([[rule, 1]]);
});

test('a rule with a pattern that could run for ever is not evaluated', () => {
  const rule = 'self.mode.matches("^(a+)+$")';
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule }] })] });

  expect(messages(set, { mode: `${'a'.repeat(60)}b` })).toEqual([]);
  expect([...set.skippedRules.keys()]).toEqual([rule]);
});

test('a rule that would go through a long list again and again is not evaluated', () => {
  const rule = 'self.list.all(a, self.list.all(b, self.list.exists(c, c == a + b)))';
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule }] })] });

  expect(messages(set, { list: Array.from({ length: 1000 }, (_, index) => index) })).toEqual([]);
  expect([...set.skippedRules.keys()]).toEqual([rule]);
  expect(messages(set, { list: [0] })).toEqual([]);
  expect(messages(set, { list: [1] })).toHaveLength(1);
});

test('a rule about an encrypted value does not fail', () => {
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule: "self.mode == 'safe'" }] })] });

  expect(messages(set, { mode: 'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]' })).toEqual([]);
});

test('a broken value is reported once, not by the rules as well', () => {
  const set = new SchemaSet({ crds: [definition({ rules: [{ rule: 'self.copies > 0' }] })] });

  expect(messages(set, { copies: '1' })).toEqual(['spec.copies is "1", a string; it has to be an integer: write 1 without quotes']);
});

function definition({ rules }: { rules: readonly object[] }): unknown {
  const spec = { type: 'object', properties: { mode: { type: 'string' }, copies: { type: 'integer', default: 2 }, list: { type: 'array', items: { type: 'integer' } }, namespace: { type: 'string' }, 'a-b': { type: 'boolean' } }, 'x-kubernetes-validations': rules };
  return {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'things.example.org' },
    spec: { group: 'example.org', scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }] },
  };
}

function thing(spec: object): unknown {
  return { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'x' }, spec };
}

function messages(set: SchemaSet, spec: object): string[] {
  return set.validate(thing(spec)).map(({ message }) => message);
}
