import { decode } from '../../src/yaml/decode';
import { readDocuments } from '../../src/yaml/read';

test('gives each document with the line its data starts at', () => {
  const text = '# header\na: 1\n---\n# about b\nb:\n  - 2\n---\n';

  expect(readDocuments(text, 'a.yaml').documents).toEqual([
    { object: { a: 1 }, line: 2 },
    { object: { b: [2] }, line: 5 },
    { object: null, line: 7 },
  ]);
});

test('finds scalars with a marker or a hold behind them, with path, quotes and line, also in files with CRLF', () => {
  const text = [
    'spec: # {"$imagepolicy": "on a map key: ignored"}',
    '  containers:',
    '    - name: server',
    '      image: registry/app:1 # {"$imagepolicy": "flux-system:app"}',
    '    - image: "2" #{"$imagepolicy": "flux-system:app:tag"}',
    "  tag: '3' # {\"$held\": \"2\"}",
    '  exact: 5 # {"$held-at": "5"}',
    '  other: 4 # why',
    '  script: |',
    '    text # {"$imagepolicy": "flux-system:app"}',
  ];
  const found = (end: string) => readDocuments(text.join(end), 'a.yaml').commented;

  expect(found('\n')).toEqual([
    { document: 0, path: 'spec.containers[name=server].image', value: 'registry/app:1', source: 'registry/app:1', comment: '{"$imagepolicy": "flux-system:app"}', line: 4 },
    { document: 0, path: 'spec.containers[1].image', value: '2', source: '"2"', comment: '{"$imagepolicy": "flux-system:app:tag"}', line: 5 },
    { document: 0, path: 'spec.tag', value: '3', source: "'3'", comment: '{"$held": "2"}', line: 6 },
    { document: 0, path: 'spec.exact', value: '5', source: '5', comment: '{"$held-at": "5"}', line: 7 },
  ]);
  expect(found('\r\n')).toEqual(found('\n'));
});

test.each([
  ['a: 1\nb: 2\na: 3\n', 'a.yaml:3 is not YAML that Go reads: map keys must be unique\n  fix: mend this line'],
  ['a:\n  b: {{ .Values.b }}\n', 'a.yaml:2 is not YAML that Go reads: a map or a list is a key\n  fix: put what is in braces or brackets in quotes'],
  ['a: 1\nb: \u0000\n', 'a.yaml:2 is not YAML that Go reads: it holds the control character U+0000\n  fix: take it out, or write it as an escape in double quotes'],
  ['a: .inf\n', 'a.yaml:1 is not YAML that Go reads: .inf is a number that JSON does not have\n  fix: put it in quotes'],
  ['a: &a\n  b: *a\n', 'a.yaml:2 is not YAML that Go reads: the anchor a holds itself\n  fix: write out what it stands for'],
  ['x: &a {a: 1}\n<<: *a\n<<: *a\n', 'a.yaml:3 is not YAML that Go reads: the key << is there twice\n  fix: merge a list: "<<: [*a, *b]"'],
  ['a: *nowhere\n', 'a.yaml is not YAML that Go reads: unresolved alias (the anchor must be set before the alias): nowhere\n  fix: mend its anchors and aliases'],
])('refuses %j with the line', (text, message) => {
  expect(() => readDocuments(text, 'a.yaml')).toThrow(expect.objectContaining({ code: 'yaml-invalid', message }));
});

test.each([
  ['brackets', '['.repeat(50_000)],
  ['maps in maps', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['anchors in a map, and one that is not there', `a: {${Array.from({ length: 20_000 }, (_, index) => `k${index}: &k${index} 1`).join(', ')}}\nb: *c\n`],
  ['dashes', `${'- '.repeat(50_000)}a`],
  ['braces', '{a: '.repeat(1000)],
  ['closed braces', `${'{a: '.repeat(1000)}1${'}'.repeat(1000)}`],
  ['aliases of aliases', `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(',')}]\n`).join('')}`],
])('refuses a file of nothing but %s in no time', (_, text) => {
  const start = Date.now();

  expect(() => readDocuments(text, 'a.yaml')).toThrow(expect.objectContaining({ code: 'yaml-invalid' }));
  expect(Date.now() - start).toBeLessThan(4000);
});

test('decodes UTF-8 and UTF-16, and refuses what is neither', () => {
  const utf16 = Buffer.from('\uFEFFa: é', 'utf16le');

  expect(decode(Buffer.from('\uFEFFa: é'), 'a.yaml')).toBe('a: é');
  expect(decode(utf16, 'a.yaml')).toBe('a: é');
  expect(decode(Buffer.from(utf16).swap16(), 'a.yaml')).toBe('a: é');
  expect(() => decode(Buffer.from([0x61, 0x3a, 0x20, 0xe9]), 'a.yaml')).toThrow('a.yaml is not text in UTF-8\n  fix: save it as UTF-8');
});
