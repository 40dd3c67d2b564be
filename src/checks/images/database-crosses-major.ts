import { Range, minVersion } from 'semver';
import { textAt } from '../../model/fields';
import { baseName } from '../../tree/path';
import { isPlaceholder } from '../placeholder';
import type { Rule } from '../rule';
import { imageAutomationOf, imageOf } from './image-facts';

export const databaseCrossesMajor: Rule = {
  id: 'database-crosses-major',
  severity: 'warning',
  why: 'A new major version of a database does not start on the files of the old one: an ImagePolicy that may choose it takes the database down by itself, one night.',
  example: `spec:
  imageRepositoryRef: {name: postgresql}
  policy:
    semver: {range: ">=16.0"}`,
  fix: 'keep the range within one major version, such as "16.x", and raise it by hand, with the migration',
  link: 'https://cloudnative-pg.io/documentation/current/postgres_upgrades/',

  *find(context) {
    const automation = imageAutomationOf(context);
    for (const policy of automation.policies) {
      const image = imageOf(policy, automation);
      if (image === undefined || !DATABASES.test(baseName(image).replace(/:.*/, ''))) continue;
      const { data } = policy.object;
      const range = textAt(data, 'spec.policy.semver.range');
      if (range !== undefined && !isPlaceholder(range) && spansMajors(range)) {
        yield { at: { object: policy.object, path: ['spec', 'policy', 'semver', 'range'] }, message: `the range ${JSON.stringify(range)} lets ${image} go to another major version by itself` };
      }
    }
  },
};

/** Images of databases that keep files in a format of their major version. */
const DATABASES = /^(postgres(ql)?|postgis|timescaledb(-ha)?|mysql|mariadb|percona|mongo(db)?|cassandra|elasticsearch|opensearch|neo4j|influxdb|clickhouse(-server)?|rabbitmq|etcd)$/;

/** Whether a range holds versions of two majors: the lowest one that it allows, and the first of the major after it. */
function spansMajors(text: string): boolean {
  let range: Range;
  try {
    range = new Range(text.replace(/,/g, ' '));
  } catch {
    return false;
  }
  const lowest = minVersion(range);
  if (lowest === null) return false;
  // the first major after the lowest, and one that no database has reached
  return range.test(`${lowest.major + 1}.0.0`) || range.test('9999.0.0');
}
