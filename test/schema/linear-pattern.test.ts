import { compilePattern, isLinear } from '../../src/schema/linear-pattern';

test.each(['^(a+)+$', '(a*)*b', '^(a|a)*$x*', '(?:[a-z]+)*!', '([0-9]+(.[0-9]+)?)+$', 'a*a*a*b'])('%s takes no more than time in proportion to the text', (pattern) => {
  const start = process.cpuUsage();

  compilePattern(pattern)!(`${'a'.repeat(2000)}1`);

  expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
});

test('patterns that one meets everywhere are left to JavaScript', () => {
  expect(['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$', '^https?://.+$', '^(http|https)://', '^[0-9]{2}$'].map(isLinear)).toEqual([true, true, true, true, true]);
});

test.each<[pattern: string, yes: string, no: string]>([
  ['^(?i)always$', 'ALWAYS', 'never'],
  ['^\\pL+$', 'äß', '1'],
  ['^(?P<major>[0-9]+)\\z', '12', '12\n'],
  ['^[[:alpha:]]+$', 'abc', 'a1'],
])('%s is read as Go reads it', (pattern, yes, no) => {
  const matches = compilePattern(pattern)!;

  expect([matches(yes), matches(no)]).toEqual([true, false]);
});

test('what is no pattern checks nothing', () => {
  expect(compilePattern('a(?=b)')).toBeUndefined();
  expect(compilePattern('(')).toBeUndefined();
});
