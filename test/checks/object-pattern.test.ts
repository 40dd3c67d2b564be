import { assert, property, string, constantFrom, array } from 'fast-check';
import { matchesObject } from '../../src/checks/object-pattern';

const secret = { kind: 'Secret', namespace: 'shop', name: 'server-token' };

test.each(['Secret/server-token', 'Secret/shop/server-token', 'Secret/*', '*/shop/*', 'Secret/s*p/server-*', 'Secret/*-*', 'Sec*/*/*token'])('%s is the Secret server-token of shop', (pattern) => {
  expect(matchesObject(pattern, secret)).toBe(true);
});

test.each(['Secret/server', 'Secret/web/server-token', 'ConfigMap/server-token', 'Secret/*-server-token', 'Secret', 'Secret/shop/server-token/x', 'secret/server-token', 'Secret/server-token*token'])('%s is not', (pattern) => {
  expect(matchesObject(pattern, secret)).toBe(false);
});

test('a cluster-scoped object has an empty namespace', () => {
  expect(matchesObject('Namespace/*/shop', { kind: 'Namespace', namespace: undefined, name: 'shop' })).toBe(true);
  expect(matchesObject('Namespace/shop/shop', { kind: 'Namespace', namespace: undefined, name: 'shop' })).toBe(false);
});

test('a star stands for any text, as it does in a regular expression', () => {
  const letters = (...extra: string[]) => array(constantFrom('a', 'b', '-', ...extra), { maxLength: 8 }).map((characters) => characters.join(''));

  assert(property(letters('*'), letters(), (pattern, name) => {
    const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
    expect(matchesObject(`Secret/${pattern}`, { kind: 'Secret', namespace: undefined, name })).toBe(expected);
  }));
  assert(property(string(), (pattern) => typeof matchesObject(pattern, secret) === 'boolean'));
});
