import { compileRe2, unknownGroups } from '../../src/flux/re2';

test.each([
  ['^(?P<ts>[0-9]+)$', '123', true],
  ['^(?P<ts>[0-9]+)$', 'a123', false],
  ['(?i)^PROD$', 'prod', true],
  ['\\Av1\\z', 'v1', true],
  ['\\Av1\\z', 'v10', false],
  ['^(?i:a)b$', 'ab', true],
  ['^a\\\\1$', 'a\\1', true],
])('%s on "%s" says %s', (pattern, text, matches) => {
  expect(compileRe2(pattern).test(text)).toBe(matches);
});

test.each(['(?=a)', '(?!a)', '(?<=a)', '(?<!a)', '(a)\\1', '(', 'a**'])('refuses %s, as RE2 does', (pattern) => {
  expect(() => compileRe2(pattern)).toThrow(SyntaxError);
});

test.each([
  ['$ts', []],
  ['${ts}', []],
  ['$1', []],
  ['$0-$1', []],
  ['$$ts', []],
  ['$tsx', ['$tsx']],
  ['$1x ${2}', ['$1x', '${2}']],
])('in %s, the references %j name no group', (extract, unknown) => {
  expect(unknownGroups(compileRe2('^(?P<ts>[0-9]+)$'), extract)).toEqual(unknown);
});
