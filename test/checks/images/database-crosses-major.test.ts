import { findingsOf, type Files } from '../check-tree';
import { fleet, imagePolicy, imageRepository } from './fleet';

const postgres = (range: string): Files => fleet({
  'clusters/prod/images.yaml': `${imageRepository('pg', 'ghcr.io/cloudnative-pg/postgresql')}---\n${imagePolicy('pg', `semver: {range: "${range}"}`)}`,
});

test('a range that lets a database go to another major version is told', async () => {
  expect(await findingsOf('database-crosses-major', postgres('>=16.0'))).toEqual([
    'clusters/prod/images.yaml:19 warning ImagePolicy flux-system/pg: the range ">=16.0" lets ghcr.io/cloudnative-pg/postgresql go to another major version by itself\n'
    + '  fix: keep the range within one major version, such as "16.x", and raise it by hand, with the migration',
  ]);
});

test.each(['16.x', '~16.3', '^16.1', '>=16.0 <17.0', '16.4.0', '>= 16.0, < 17'])('the range %s keeps to one', async (range) => {
  expect(await findingsOf('database-crosses-major', postgres(range))).toEqual([]);
});

test('an application may go where it wants', async () => {
  expect(await findingsOf('database-crosses-major', fleet())).toEqual([]);
});
