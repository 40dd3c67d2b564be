import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { decode } from '../../src/yaml/decode';
import type { ReadFile } from '../../src/yaml/read';
import { readAnyYaml } from '../../src/yaml/read-any';
import { readPlain } from '../../src/yaml/read-plain';
import { writeDocuments } from '../../src/yaml/write';
import { testWith } from '../tools';
import { layouts } from './layouts';
import { mutationsOf } from './mutations';
import { data } from './nasty-values';

const project = join(__dirname, '../..');
const committed = spawnSync('git', ['ls-files', '-z', 'k8s', 'platforms'], { cwd: project, encoding: 'utf8' }).stdout.split('\0').filter((path) => path.endsWith('.yaml')).map((path) => readFileSync(join(project, path), 'utf8'));

test('reads what people write, in each of its styles', () => {
  const text = `# about
a: plain words, even:with#signs - # why
"b": 'it''s'
'c d': "tab\\t \\u00e9 \\
  joined"
list:
- 1
-   - nested
    - [x, "y", {z: -1, "w":null}, ]
- k: v
  l: |+
    text
      deeper

  m: >-
    folded
    line

    next
deep:
    - 0755
    - 9007199254740993
    - 2024-01-01
    - ~
    -
empty:
__proto__: {toString: 1}
many: some
  words
  # not of them
---
--- # second
only: [a,
  b]
...
`;

  expect(readPlain(text)).toEqual({
    documents: [
      {
        object: {
          a: 'plain words, even:with#signs -', b: "it's", 'c d': 'tab\t é joined',
          list: [1, ['nested', ['x', 'y', { z: -1, w: null }]], { k: 'v', l: 'text\n  deeper\n\n', m: 'folded line\nnext' }],
          deep: [493, 9007199254740992, '2024-01-01T00:00:00Z', null, null], empty: null, ['__proto__']: { toString: 1 }, many: 'some words',
        },
        line: 2,
      },
      { object: null, line: 31 },
      { object: { only: ['a', 'b'] }, line: 33 },
    ],
    commented: [],
  });
});

test('is what the reader of all YAML says, of whatever is written in whatever style', () => {
  const { plain, all } = compared(fc.oneof({ weight: 4, arbitrary: layouts }, { weight: 1, arbitrary: fc.array(data, { minLength: 1, maxLength: 2 }).map((documents) => writeDocuments(documents).text) }), 3000);

  expect(plain / all).toBeGreaterThan(0.2);
});

test('is what the reader of all YAML says, of files with mistakes in them', () => {
  const { plain, all } = compared(mutationsOf(committed), 3000);

  expect(plain / all).toBeGreaterThan(0.3);
});

test('is what the reader of all YAML says, of scraps of YAML', () => {
  const piece = fc.constantFrom('a', 'b:', 'c: ', 'd: 1', '- ', '-', '  ', ' ', '    ', '\n', '\n', '\n', '\n- ', '\n  ', ': ', ':', '|', '|-', '|+', '|2', '>', '>-\n', '"', "'", '{}', '{', '}', '[', ']', ',', '#', ' #', '---\n', '...\n', '&x', '*x', '!!str ', '? ', '\\', 'x y', '~', '0', '<<: ', '%', '\r', '\t', 'key: |\n  text\n', 'list:\n- ', '\n\n', 'toString: ', ' # {"$held": "1"}\n');

  const { plain } = compared(fc.array(piece, { maxLength: 14 }).map((parts) => `${parts.join('')}\n`), 20_000);

  expect(plain).toBeGreaterThan(2000);
});

test.each([
  ['anchors', 'a: &b c\n'], ['aliases', 'a: *b\n'], ['tags', 'a: !!str 1\n'], ['merged maps', '<<: {a: 1}\n'], ['directives', '%YAML 1.2\n---\na: 1\n'], ['keys in lines of their own', '? a\n: b\n'],
  ['tabs between words', 'a:\tb\n'], ['tabs as indent', 'a:\n\tb: 1\n'], ['the same key again', 'a: 1\nb: 2\na: 3\n'], ['numbers that JSON does not have', 'a: .nan\n'], ['line ends of old', 'a: b\rc: d\n'], ['a mark in the middle', 'a: b\n---\n\uFEFFc: d\n'],
  ['a colon in a plain value', 'a: b: c\n'], ['templates', 'a: {{ .Values.a }}\n'], ['a last literal without line end', 'a: |\n  b'], ['a scalar alone', 'a\n'], ['a list alone in brackets', '[]\n'], ['a scalar below a comment', 'a:\n#\n  b\n'],
  ['keys without end', `${'k'.repeat(1100)}: 1\n`], ['many levels of dashes', `${'- '.repeat(5000)}a\n`], ['many levels of keys', Array.from({ length: 5000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')], ['many levels of brackets', `a: ${'['.repeat(5000)}\n`],
])('leaves %s to the reader of all YAML', (_, text) => {
  expect(readPlain(text)).toBeUndefined();
});

test('finds markers and holds as the reader of all YAML does', () => {
  const text = ['spec: # {"$imagepolicy": "on a key"}', '  containers:', '  - name: server', '    image: app:1 # {"$imagepolicy": "a:b"}', '  - image: "2"   ## {"$held": "2"}  ', '  - [x] # {"$held": "x"}', "  1: '3' # {\"$held\": \"3\"} ", '---', 'a: |  # {"$held": "b"}', '  b # {"$held": "b"}', ''].join('\n').replace('  1:', 'tag:');

  expect(readPlain(text)?.commented).toEqual(readAnyYaml(text, 'a.yaml').commented);
  expect(readPlain(text)?.commented.map(({ path }) => path)).toEqual(['spec.containers[name=server].image', 'spec.containers[1].image', 'tag']);
});

test.each([
  ['a word', (size: number) => `a: ${'x'.repeat(size)}\n`], ['words', (size: number) => `a: ${'x '.repeat(size / 2)}y\n`], ['spaces', (size: number) => `a: b${' '.repeat(size)}c\n`], ['spaces before a comment', (size: number) => `a: b${' '.repeat(size)}# {"$held": "b"}${' '.repeat(size)}.\n`],
  ['colons', (size: number) => `a: ${'x:'.repeat(size / 2)}y\n`], ['escapes', (size: number) => `a: "${'\\\\'.repeat(size / 2)}"\n`], ['quotes', (size: number) => `a: '${"''".repeat(size / 2)}'\n`], ['a comment', (size: number) => `a: | #${'x'.repeat(size)}\n  b\n`],
  ['a literal', (size: number) => `a: |\n  ${'x'.repeat(size)}\n`], ['brackets', (size: number) => `a: [${'x, '.repeat(size / 3)}]\n`], ['folded lines', (size: number) => `a: b\n${'  c\n'.repeat(size / 4)}`], ['quoted lines', (size: number) => `a: "b\n${'  c\n'.repeat(size / 4)}  "\n`],
  ['empty lines', (size: number) => `a: >\n  b\n${'\n'.repeat(size)}`], ['keys', (size: number) => Array.from({ length: size / 10 }, (_, index) => `key-${index}:\n`).join('')], ['marks', (size: number) => `a:\n${'- b # {"$held": "b"}\n'.repeat(size / 20)}`],
])('reads 5 MB of %s in a moment', (_, text) => {
  const long = text(5_000_000);
  const start = process.cpuUsage();

  expect(readPlain(long)).toBeDefined();
  const { user } = process.cpuUsage(start);
  expect(user / 1e6).toBeLessThan(8);
});

test('the committed trees are read the same both ways, nearly all of their files in the fast one', () => {
  expect(shareOf(committed)).toBeGreaterThan(0.9);
});

testWith('shared', 'real repositories and upstream manifests are read the same both ways', (shared) => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-plain-'));
  try {
    for (const name of readdirSync(join(shared, 'repos'))) if (name.endsWith('.tar.gz')) execFileSync('tar', ['xzf', join(shared, 'repos', name), '-C', folder]);
    const shares = [folder, join(shared, 'upstream'), join(shared, 'crds')].map((root) => `${Math.round(shareOf(textsBelow(root)) * 100)} %`);

    process.stderr.write(`read in the fast way: ${shares[0]} of the repositories, ${shares[1]} of upstream manifests, ${shares[2]} of CRDs\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);

/** How many of the texts the plain reader takes; each of them has to be the same to the other. */
function compared(texts: fc.Arbitrary<string>, numRuns: number): { plain: number; all: number } {
  const count = { plain: 0, all: 0 };
  fc.assert(fc.property(texts, (text) => {
    count.all++;
    if (isSame(text)) count.plain++;
  }), { numRuns });
  return count;
}

function shareOf(texts: readonly string[]): number {
  return texts.filter(isSame).length / texts.length;
}

/** Whether the plain reader takes a text, as what the other says of it. */
function isSame(text: string): boolean {
  if (text.startsWith('\uFEFF') || FORBIDDEN.test(text)) return false; // which it is never asked about
  const plain = readPlain(text);
  if (plain === undefined) return false;
  const whole = readAnyYaml(text, 'a.yaml');
  if (written(plain) !== written(whole)) expect({ text, plain }).toEqual({ text, plain: whole });
  return true;
}

const FORBIDDEN = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|\p{Surrogate}/u;

/** With what JSON does not tell: -0 and the order of keys. */
function written({ documents, commented }: ReadFile): string {
  const marks = commented.map(({ document, path, value, source, comment, line }) => [document, path, value, source, comment, line]);
  return JSON.stringify([documents.map(({ object, line }) => [line, object]), marks], (_, value: unknown) => (Object.is(value, -0) ? '-0' : value));
}

function textsBelow(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((name) => /\.ya?ml$/.test(name)).map((name) => decode(readFileSync(join(folder, name)), name));
}
