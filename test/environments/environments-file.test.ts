import fc from 'fast-check';
import { parse } from 'yaml';
import { isBranchName } from '../../src/environments/branch-name';
import { isNamespaceOfBranch, namespaceForBranch, NAMESPACE_ROOM } from '../../src/environments/branch-namespace';
import { withEnvironment, withoutEnvironment, withRemoving } from '../../src/environments/edit-environments';
import { parseEnvironments, type Environment } from '../../src/environments/environments-file';
import { flowScalar } from '../../src/yaml/scalar';

const environment = (branch: string): Environment => ({ branch, namespace: namespaceForBranch(branch, NAMESPACE_ROOM), database: 'backup', pin: 'instance', created: '2026-03-01T14:30:00Z', ttl: undefined, removing: false });

const letters = (alphabet: string, maxLength: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength });
const branches = fc.oneof(letters('abcxyz0189-', 70), letters('abAB01eE-_/.', 12), letters('0123456789', 9), letters('日本語äß', 6), fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), fc.constantFrom('no', 'y', 'null', '1e5', '0x1F', '~', 'true', '2024-01-01')).filter(isBranchName);

test('of 100,000 branches, each has a valid namespace and file of its own, always the same, and is safe in YAML', () => {
  const seed = 20260301;
  const drawn = new Set<string>();
  // drawing costs more than what is tested: the rest are branches as machines make them
  for (const branch of fc.sample(branches, { numRuns: 20_000, seed })) drawn.add(branch);
  for (let number = 0; drawn.size < 100_000; number++) drawn.add(['feature/', 'Fix_', 'renovate/x-', '日本', 'users/a.b/'][number % 5]! + number.toString(number % 2 === 0 ? 36 : 10));
  const names = [...drawn];
  const namespaces = names.map((branch) => namespaceForBranch(branch, NAMESPACE_ROOM));

  expect(namespaces.filter((namespace) => !isNamespaceOfBranch(namespace) || namespace.length > 40 || flowScalar(namespace) !== namespace)).toEqual([]);
  expect(new Set(namespaces).size).toBe(100_000);
  expect(names.every((branch, index) => namespaceForBranch(branch, NAMESPACE_ROOM) === namespaces[index])).toBe(true);
});

test('a file of 500 branches says what was put into it, to readers of YAML 1.1 and 1.2', () => {
  const names = [...new Set(fc.sample(branches, { numRuns: 500, seed: 7 }))];
  const text = `environments:\n${names.map((name) => withEnvironment(undefined, environment(name)).split('environments:\n')[1]!).join('')}`;

  expect(parseEnvironments(text, 'environments.yaml').environments).toEqual(names.map(environment));
  for (const version of ['1.1', '1.2'] as const) expect((parse(text, { version }) as { environments: { branch: unknown }[] }).environments.map(({ branch }) => branch)).toEqual(names);
});

test('what is put in and taken out again leaves the file as it was, comments and all', () => {
  const before = `# ours\nmost: 5 # not more\n\nenvironments:\n  # the first\n  - branch: a\n    namespace: a # short\n  - branch: c\n    namespace: c\n`;

  fc.assert(fc.property(branches.filter((branch) => !['a', 'c'].includes(branch)), (branch) => {
    const after = withEnvironment(before, environment(branch));
    expect(withoutEnvironment(withRemoving(after, branch), branch)).toBe(before);
  }), { numRuns: 100, seed: 3 });
});

test.each([
  ['', 'nothing'],
  ['# only a comment\n', 'a comment'],
  ['environments:\n', 'a list that is not begun'],
])('an environment can be added to %j', (text) => {
  expect(parseEnvironments(withEnvironment(text, environment('dev')), 'environments.yaml').environments).toEqual([environment('dev')]);
});

test.each([
  ['environments: [{branch: a, namespace: a}, {branch: b, namespace: a}]', 'environments.yaml:1 has the namespace a, as a has\n  fix: take one of them out, or change it'],
  ['- branch: a', 'environments.yaml:1 is a list of settings, not settings\n  fix: write "environments:" above the list'],
  ['environments: {branch: a}', 'environments.yaml:1 has "environments", which is no list\n  fix: write a list'],
  ['environments: [a]', 'environments.yaml:1 has an entry of "environments" that is no mapping\n  fix: write "- branch: …"'],
  ['environments: [{branch: 123, namespace: x}]', 'environments.yaml:1 has "branch" 123, which is no text\n  fix: put it into quotes\nenvironments.yaml:1 has the branch "", which Git takes for none\n  fix: name a branch'],
  ['environments: [{branch: a, namespace: a, database: none}]', 'environments.yaml:1 has "database" "none"\n  fix: write backup or empty'],
  ['most: 0', 'environments.yaml:1 has "most" 0\n  fix: write a whole number above 0'],
  ['a: [', 'environments.yaml:1 is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]\n  fix: mend this line'],
])('refuses %j', (text, message) => {
  expect(() => parseEnvironments(text, 'environments.yaml')).toThrow(new Error(message));
});

test('lines that end in CRLF do so with another environment', () => {
  const written = withEnvironment('# ours\r\nenvironments: []\r\n', environment('a'));

  expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(written.replaceAll('\r\n', '\n')).toBe(withEnvironment('# ours\nenvironments: []\n', environment('a')));
});
