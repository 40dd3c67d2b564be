import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { isBranchName } from '../../src/environments/branch-name';
import { namespaceForBranch } from '../../src/environments/branch-namespace';
import { branchTagPattern, escapeRe2 } from '../../src/constructs/environments/tag-pattern';
import { compileRe2 } from '../../src/flux/re2';
import { describeWith, runBatch } from '../tools';

/** Branches as people name them, as they should not, and as only Git's rules allow. */
const letters = (alphabet: string, maxLength: number) => fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength });
const branches = fc
  .oneof(
    letters('abcxyz0189-', 70),
    letters('abAB01e-_/.', 12),
    letters('0123456789', 6),
    letters('0123456789eExXoObB-_.', 8),
    letters('kubedflt-', 12),
    fc.constantFrom('no', 'NO', 'yes', 'on', 'off', 'y', 'n', 'true', 'False', 'null', 'Null', 'nan', 'inf', '1e5', '0x1F', '0o17', '2024-01-01', 'default', 'kube-system', 'flux-system'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  )
  .filter(isBranchName);

const many = sample(20_000);

function sample(count: number): string[] {
  return [...new Set(fc.sample(branches, { numRuns: 2 * count, seed: 20240601 }))].slice(0, count);
}

test.each([
  ['dev-test', 'dev-test'],
  ['a--b', 'a--b'],
  ['1-fix', '1-fix'],
  ['feature-x', 'feature-x'],
  ['feature/X', 'feature-x-13578b02c32a'],
  ['feature_x', 'feature-x-5484b40cc357'],
  ['release/1.2', 'release-1-2-bacdc8a67e64'],
  ['123', 'b-123-a665a4592042'],
  ['no', 'b-no-9390298f3fb0'],
  ['null', 'b-null-74234e98afe7'],
  ['1e5', 'b-1e5-84af3bdb4539'],
  ['0x1f', 'b-0x1f-922783559b2a'],
  ['2024-01-01', 'b-2024-01-01-41b62fb45185'],
  ['default', 'default-37a8eec1ce19'],
  ['flux-system', 'flux-system-9b6c18aea7d0'],
  ['kube-system', 'b-kube-system-88007f70666d'],
  ['dev-0a1b2c3d', 'dev-0a1b2c3d'],
  ['dev-0a1b2c3d4e5f', 'dev-0a1b2c3d4e5f-1e548c34e878'],
  ['日本', 'b-cf2abf0c5be3'],
  [`${'a'.repeat(60)}-b-and-more`, `${'a'.repeat(50)}-4d9cfe5271e7`],
])('the branch %s lives in %s', (branch, namespace) => {
  expect(namespaceForBranch(branch)).toBe(namespace);
});

test('a hash of digits behind an "e" makes no number', () => {
  expect(namespaceForBranch('71E')).toBe('b-71e-544595362609');
});

test('leaves room for what names of objects put behind it', () => {
  const branch = 'a'.repeat(60);

  expect(namespaceForBranch(branch)).toBe(branch);
  expect(namespaceForBranch(branch, '-postgres'.length)).toMatch(/^a{41}-[0-9a-f]{12}$/);
});

test.each([
  ['a b', '"a b" is no name that Git takes for a branch\n  fix: name an existing branch'],
  ['', '"" is no name that Git takes for a branch\n  fix: name an existing branch'],
])('refuses %j', (branch, message) => {
  expect(() => namespaceForBranch(branch)).toThrow(new Error(message));
});

test('of 20,000 branches, each has a valid namespace of its own, and always the same', () => {
  const names = many;
  const namespaces = names.map((branch) => namespaceForBranch(branch));

  expect(names).toHaveLength(20_000);
  expect(namespaces.filter((namespace) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace))).toEqual([]);
  expect(new Set(namespaces).size).toBe(20_000);
  expect(names.map((branch) => namespaceForBranch(branch))).toEqual(namespaces);
});

test('what a branch became is never what another branch, named like that, becomes', () => {
  const made = many.slice(0, 2_000).map((branch) => namespaceForBranch(branch)).filter((namespace) => /-[0-9a-f]{12}$/.test(namespace));

  expect(made.filter((namespace) => namespaceForBranch(namespace) === namespace)).toEqual([]);
});

describeWith('reader', 'after substitution', (reader) => {
  test('20,000 namespaces are strings to YAML and to Go, without quotes', () => {
    const namespaces = many.map((branch) => namespaceForBranch(branch));
    const text = `apiVersion: v1\nkind: Anything\nnames:\n${namespaces.map((namespace) => `- ${namespace}\n`).join('')}`;

    const [answer] = runBatch<{ data: { names: unknown[] }[] }>(reader, [{ Bytes: Buffer.from(text).toString('base64') }]);

    expect(answer!.data[0]!.names).toEqual(namespaces);
    expect((parse(text) as { names: unknown[] }).names).toEqual(namespaces);
  });
});

test('Git agrees on what is a branch', () => {
  const names = fc.sample(fc.oneof(letters('ab/.@{~^:?*[\\ -', 6), fc.constantFrom('a.lock', 'a.lock/b', '@', 'a@{b', '.a', 'a/.b', 'a//b', 'a..b', 'ü')), { numRuns: 60, seed: 1 });

  const disagreed = names.filter((name) => (spawnSync('git', ['check-ref-format', `refs/heads/${name}`]).status === 0 && !name.startsWith('-')) !== isBranchName(name));

  // as a reference, refs/heads/@ is fine; as an argument "@" is HEAD
  expect(disagreed.filter((name) => name !== '@')).toEqual([]);
});

test("no branch takes another's tags", () => {
  const near = ['dev', 'dev-fade', 'dev-fadedad', 'dev-fadedad-1740413607', 'dev-12345678', 'de', 'ev', 'prod', 'prod-dev', 'v1.0', 'v1x0', 'a+b'];
  const tag = (prefix: string, commit: string) => `${prefix}-${commit}-1740413607`;

  const stolen = near.flatMap((own) => near.filter((other) => other !== own).flatMap((other) => ['05103d8f', '1234567', 'fadedad'].filter((commit) => compileRe2(branchTagPattern(escapeRe2(own))).test(tag(other, commit))).map((commit) => `${own} takes ${tag(other, commit)}`)));

  expect(stolen).toEqual([]);
  expect(near.filter((own) => !compileRe2(branchTagPattern(escapeRe2(own))).test(tag(own, '05103d8f')))).toEqual([]);
});

test("no branch takes another's tags, whatever they are called", () => {
  const prefix = letters('adef01-', 20);
  const commit = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 7, maxLength: 40 });

  fc.assert(
    fc.property(prefix, prefix, commit, fc.nat(), (own, other, sha, time) => {
      fc.pre(own !== other);
      return !compileRe2(branchTagPattern(escapeRe2(own))).test(`${other}-${sha}-${time}`);
    }),
    { numRuns: 5_000, seed: 1 },
  );
});
