import fc from 'fast-check';
import { parse } from 'yaml';
import { withRelease } from '../../src/upstream/edit-lock';
import { parseLock, type LockedRelease } from '../../src/upstream/lock-file';
import { nameIn, urlAt, urlTemplate, versionIn, versionLike } from '../../src/upstream/release-url';

const name = fc.stringMatching(/^[a-z0-9]([a-z0-9._-]{0,20}[a-z0-9])?$/);
const version = fc.stringMatching(/^v?\d{1,3}(\.\d{1,3}){0,2}(-rc\.\d)?$/);
const text = fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter((one) => !/[\uD800-\uDFFF]/.test(one));
const release: fc.Arbitrary<LockedRelease> = fc.record({
  name, version,
  url: fc.stringMatching(/^https:\/\/[a-z.]{1,10}\/\{version\}\/[a-z{}#%&?=]{1,20}$/),
  sha256: fc.oneof(fc.stringMatching(/^[0-9a-f]{64}$/), fc.constant('1e62'.padEnd(64, '0')), fc.constant('0'.repeat(64))),
  path: fc.option(fc.stringMatching(/^[a-z]{1,5}(\/[a-z0-9 #:-]{1,5}[a-z])?\.yaml$/), { nil: undefined }),
  crds: fc.array(fc.record({ name: text, kind: text, versions: fc.array(text, { maxLength: 2 }) }), { maxLength: 3 }),
  images: fc.array(text, { maxLength: 3 }),
});

test('what is written is read again, whatever else the file holds, and writing it twice changes nothing', () => {
  fc.assert(fc.property(fc.array(release, { minLength: 1, maxLength: 4 }), (releases) => {
    const written = releases.reduce<string | undefined>(withRelease, undefined)!;

    const last = new Map(releases.map((one) => [one.name, one]));
    expect(new Map(parseLock(written, 'lock').map((one) => [one.name, one]))).toEqual(last);
    for (const one of last.values()) expect(withRelease(written, one)).toBe(written);
    expect(Object.keys((parse(written, { version: '1.1' }) as { releases: object }).releases).sort()).toEqual([...last.keys()].sort());
  }), { numRuns: 30 });
});

test('everything that is wrong with a lock file is told at once, each with its line', () => {
  const read = () => parseLock(`releases:
  Widgets: {version: v1, url: "https://example.com", sha256: ${'a'.repeat(64)}}
  operator:
    version: 1.10
    url: example.com/operator.yaml
    sha256: abc
    path: ../operator.yaml
    image: [a]
    crds: {}
  empty:
`, 'upstream.lock.yaml');

  expect(read).toThrow(`upstream.lock.yaml:2 names a release "Widgets"
  fix: use lower-case letters, digits, ".", "_" and "-"
upstream.lock.yaml:8 has "image", which nobody reads
  fix: write "images"
upstream.lock.yaml:4 has version 1.1
  fix: put it into quotes
upstream.lock.yaml:5 has url "example.com/operator.yaml"
  fix: write where upstream publishes it, such as "https://…/{version}/release.yaml"
upstream.lock.yaml:6 has sha256 "abc"
  fix: write 64 hexadecimal digits, as \`sha256sum FILE\` prints them
upstream.lock.yaml:7 has path "../operator.yaml"
  fix: name a file below the root of the repository
upstream.lock.yaml:9 has "crds", which is no list
  fix: write a list
upstream.lock.yaml:10 has no fields of the release empty
  fix: write it as "fluxwright upstream add" does`);
});

test.each([
  ['releases: [', 'upstream.lock.yaml:1 is no YAML'],
  ['- a', 'upstream.lock.yaml:1 holds no mapping'],
  ['releases: 3', 'upstream.lock.yaml:1 has "releases", which is no mapping'],
  ['release: {}', 'upstream.lock.yaml:1 has "release", which nobody reads\n  fix: write "releases"'],
  ['a: &a [x]\nb: *a\nreleases: {}', 'upstream.lock.yaml:1 has "a", which nobody reads'],
])('%j is told', (written, message) => {
  expect(() => parseLock(written, 'upstream.lock.yaml')).toThrow(message);
});

test('an empty lock file locks nothing', () => {
  expect([parseLock('', 'lock'), parseLock('releases:\n', 'lock')]).toEqual([[], []]);
});

test('no text makes the reader of lock files throw anything but what a person can mend', () => {
  const lines = fc.array(fc.constantFrom('releases:', '  a:', '    version: v1', '    crds:', '      - {name: a, kind: B, versions: [v1]}', '      - *x', '&x', '? [a]', '  "a": !!binary x', '- ', '{', '}', '    url: https://a', '<<: *x', '  1: 2'), { maxLength: 10 });
  fc.assert(fc.property(lines, (some) => {
    try {
      parseLock(some.join('\n'), 'lock');
    } catch (error) {
      expect(error).toHaveProperty('code', expect.stringMatching(/^(settings-invalid|several)$/));
    }
  }), { numRuns: 200 });
});

test.each([
  ['https://github.com/cert-manager/cert-manager/releases/download/v1.16.1/cert-manager.yaml', 'v1.16.1', 'https://github.com/cert-manager/cert-manager/releases/download/{version}/cert-manager.yaml', 'cert-manager'],
  ['https://github.com/cloudnative-pg/cloudnative-pg/releases/download/v1.24.1/cnpg-1.24.1.yaml', 'v1.24.1', 'https://github.com/cloudnative-pg/cloudnative-pg/releases/download/{version}/cnpg-{number}.yaml', 'cloudnative-pg'],
  ['https://raw.githubusercontent.com/org/operator/v0.3.0-rc.1/deploy/crds.yaml', 'v0.3.0-rc.1', 'https://raw.githubusercontent.com/org/operator/{version}/deploy/crds.yaml', 'operator'],
  ['https://example.com/operator-1.2.3.yaml', '1.2.3', 'https://example.com/operator-{version}.yaml', 'operator'],
  ['https://example.com/1.2.3/11.2.3/operator.yaml', undefined, undefined, 'operator'],
  ['https://example.com/latest/operator.yaml', undefined, undefined, 'operator'],
])('%s is %s', (url, known, template, called) => {
  expect([versionIn(url), nameIn(url)]).toEqual([known, called]);
  if (known !== undefined) expect([urlTemplate(url, known), urlAt(urlTemplate(url, known), known)]).toEqual([template, url]);
});

test('taking the version out of a URL and putting it in again gives the URL', () => {
  fc.assert(fc.property(fc.array(fc.oneof(version, fc.constantFrom('/', '-', '.yaml', 'v', 'cnpg', '1.2')), { maxLength: 8 }), version, (parts, of) => {
    const url = `https://example.com/${parts.join('')}`;

    expect(urlAt(urlTemplate(url, of), of)).toBe(url);
  }), { numRuns: 500 });
});

test('a version is written as the release writes its versions', () => {
  expect([versionLike('v1.16.1', '1.17.0'), versionLike('1.24.1', 'v1.27.0'), versionLike('v1', 'v2'), versionLike('latest', 'v2')]).toEqual(['v1.17.0', '1.27.0', 'v2', 'v2']);
});

test('lines that end in CRLF do so with another release', () => {
  const one: LockedRelease = { name: 'a', version: 'v1', url: 'https://a/{version}', sha256: '0'.repeat(64), path: undefined, crds: [], images: [] };
  const written = withRelease('# ours\r\nreleases: {}\r\n', one);

  expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(written.replaceAll('\r\n', '\n')).toBe(withRelease('# ours\nreleases: {}\n', one));
});
