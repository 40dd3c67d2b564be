import { isSemverRange } from '../../src/flux/semver-range';

test.each(['1', '1.2.3', 'v1.2', '*', '1.x', '>=1.0', '1,0', '>= 1.0, < 2', '>=1.0 <2.0', '^1.2 || ~2.1', '1.0 - 2.0', '>=1.0.0-0', '!=1.2.3', '=1.0.0+build'])('%s is a range of versions', (range) => {
  expect(isSemverRange(range)).toBe(true);
});

test.each(['', 'latest', '>=', '1.2.3.4', '>1.0 <', '1.0 || ', 'v', '>>1.0'])('"%s" is no range of versions', (range) => {
  expect(isSemverRange(range)).toBe(false);
});
