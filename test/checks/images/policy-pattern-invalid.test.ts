import { findingsOf, type Files } from '../check-tree';
import { fleet, imagePolicy, imageRepository } from './fleet';

const withPattern = (filterTags: string): Files => fleet({
  'clusters/prod/images.yaml': imageRepository('web', 'ghcr.io/shop/web') + '---\n' + imagePolicy('web', 'numerical: {order: asc}', { filterTags }),
});

test('a pattern that Go does not read is an error', async () => {
  expect(await findingsOf('policy-pattern-invalid', withPattern("{pattern: '^main-(?!rc)', extract: ''}"))).toEqual([
    'clusters/prod/images.yaml:18 error ImagePolicy flux-system/web: the pattern "^main-(?!rc)" is no regular expression that Go reads: RE2 has no (?!\n'
    + '  fix: mend the pattern, which is RE2: it has (?P<name>…) and no look-around; name the group in extract',
  ]);
});

test('a group that the pattern lacks is an error', async () => {
  expect(await findingsOf('policy-pattern-invalid', withPattern("{pattern: '^main-[a-f0-9]+-(?P<stamp>[0-9]+)$', extract: '$ts'}"))).toEqual([
    'clusters/prod/images.yaml:18 error ImagePolicy flux-system/web: extract names the group $ts, which the pattern "^main-[a-f0-9]+-(?P<stamp>[0-9]+)$" does not have, so that all tags sort alike\n'
    + '  fix: mend the pattern, which is RE2: it has (?P<name>…) and no look-around; name the group in extract',
  ]);
});

test('groups by name and by number are fine', async () => {
  expect(await findingsOf('policy-pattern-invalid', withPattern("{pattern: '^main-(?P<ts>[0-9]+)-(.*)$', extract: '$ts.${2}'}"))).toEqual([]);
});

test('a range that Go cannot read is an error', async () => {
  const ranged = (range: string) => fleet({ 'clusters/prod/images.yaml': `${imageRepository('web', 'ghcr.io/shop/web')}---\n${imagePolicy('web', `semver: {range: "${range}"}`)}` });

  expect(await findingsOf('policy-pattern-invalid', ranged('>=1.0 <'))).toEqual([
    'clusters/prod/images.yaml:19 error ImagePolicy flux-system/web: the range ">=1.0 <" is no range of versions\n'
    + '  fix: write versions with operators, such as ">=1.0 <2.0" or "1.x"',
  ]);
  expect(await findingsOf('policy-pattern-invalid', ranged('>=1.0 <2.0'))).toEqual([]);
});
