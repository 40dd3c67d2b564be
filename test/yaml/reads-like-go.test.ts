import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from '../../src/yaml/decode';
import { readDocuments } from '../../src/yaml/read';
import { readAnyYaml } from '../../src/yaml/read-any';
import { describeWith, runBatch, testWith } from '../tools';
import { canonical } from './canonical';

interface Answer {
  readonly data: unknown[] | null;
  readonly error?: string;
}

/** Files that some YAML reader takes for something else than go-yaml does, or that go-yaml refuses. */
const FILES = [
  '', '\n', '# c\n', '---\n', '---\n---\n', 'a: 1\n---\n', '---\n# c\n---\na: 1\n', '--- a\n', '--- |\n  x\n', 'a: 1\n...\n---\nb: 2\n', '%YAML 1.1\n---\na: 1\n', '\uFEFFa: 1\n',
  'a: |\n  x', 'a: |\n  x\n', 'a: |+\n  x', 'a: |-\n  x', 'a: |\n  x\n  ', 'a: |\n  x\n    ', 'a: |\n  x  ', 'a: >\n  x\n  y', '- |\n  x', '|\n  x', 'a: |\n  x\nb: 1', 'a: |\n  x\n# c', 'a: |\n  x\n\n\n', 'a: |+\n  x\n\n', 'a: |2\n   x', '{}\n---\na: |\n  x',
  'a: |-\n x\n  y\n z\n', 'a: >-\n  x\n\n  y\n   z\n  w\n', 'a: >\n\n  x\n', 'a: |\n\n\n  x\n', 'a: |\n \n  x\n', 'a: |\n   \n  x\n', 'a: |\n  x\n y\n', 'a: x\n  y\n\n  z\n', "a: 'x\n\n  y'\n",
  'a: &x 1\nb: &x 2\nc: *x\n', '- &a a\n- *a\n- &a b\n- *a\n', 'a: &x {k: 1}\nb:\n  <<: *x\n  j: 2\n', 'a: &x {k: 1}\nb:\n  k: 3\n  <<: *x\n', 'a: &x {k: 1}\nc: &y {k: 2, z: 1}\nb:\n  <<: [*x, *y]\n', '<<: {a: 1}\n', 'x: &a {a: 1}\n<<: *a\n<<: *a\n', 'a: *x\n', 'a: &x\n  b: *x\n',
  'a: 1\na: 2\n', '{a: 1, a: 2}', 'a: {{ .V }}\n', '{{- if .V }}\na: 1\n{{- end }}\n', '? [a, b]\n: c\n', '? a\n: b\n', 'a: %x\n', 'a: @x\n', '\ta: x\n', 'a:\n\t- x\n', 'a: b: c\n', 'a: - b\n', 'a: "x\\qy"\n', 'a: "x\n', 'a: [1, 2\n', 'a: {b: [}\n', 'a\nb: c\n', '- a\nb: c\n', ' a: 1\nb: 2\n', 'a: 1\n b: 2\n', 'a: "b" c\n',
  '1: a\ntrue: b\n0755: d\n1.10: e\n', 'yes: 1\non: 2\n', 'a: !foo x\n', 'a: !!str 1\n', 'a: !!int "1"\n', 'a: !!float 3\n', 'a: !!binary aGk=\n', '!secret x\n', 'a: !include x.yaml\n',
  'a: 2024-01-01\nb: 2024-1-1\nc: 2001-12-14t21:59:43.10-05:00\nd: 2001-12-14 21:59:43.10\ne: 2001-12-14 21:59:43.10 -5\nf: 2001-02-30\ng: 2024-01-01T00:00:00Z\nh: 2024-01-01 00:00:00Z\n',
  'a: 0755\nb: 08\nc: 0o17\nd: 0O17\ne: 0x1F\nf: 0X1f\ng: 0b11\nh: -0b11\ni: 1_000\nj: _1\nk: +_1\nl: 1__\nm: 0_7\nn: 1e3\no: .5\np: 5.\nq: +.5\nr: 1_0.5\ns: .5_0\nt: 0x\nu: 1e400\nv: 12:30\nw: 0b+1\nw2: 0o-17\nw3: 0+17\nw4: -0b-1\nw5: 0O+1\nx: 0b\ny: -0\nz: +12\n',
  'a: 9007199254740992\nb: 18446744073709551616\nc: 1e21\n', 'a: yes\nb: on\nc: n\nd: True\ne: TRUE\nf: tRUE\ng: Null\nh: NULL\ni: nULL\nj: ~\nk: =\nl: <<\n', 'a: .inf\n', 'a: .nan\n',
  'a: "\\u0041\\x41\\e\\N"\n', 'a: b\r\nc: |\r\n  x\r\n  y\r\n', 'a: \u0000\n', 'a: \u007F\n', 'a: \uFFFE\n', 'a: \u00A0x\n', 'a: 😀\n', 'a: ${VAR}\n', 'a: {x: ${VAR}}\n', 'a: []\nb: {}\nc:\nd: ""\n', 'a: {b, c: , d: 1}\n', '"b" : 2\n', 'a:1\n', 'a: x#c\nb: x #c\n',
];

testWith('reader', 'reads every odd file as go-yaml does, or refuses it where go-yaml does', (reader) => {
  const answers = runBatch<Answer>(reader, FILES.map((text) => ({ Bytes: Buffer.from(text).toString('base64') })));

  const differences = FILES.flatMap((text, index) => {
    const go = answers[index]!.error === undefined ? canonical(answers[index]!.data ?? []) : 'refused';
    const own = [read(text), readWhole(text)];
    return own.every((found) => found === go) ? [] : [{ text, go, own }];
  });

  expect(differences).toEqual([]);
});

describeWith('shared', 'real repositories', (shared) => {
  testWith('reader', 'are read as go-yaml reads them, every file of them', (reader) => {
    const directory = mkdtempSync(join(tmpdir(), 'fluxwright-repos-'));
    try {
      const archives = readdirSync(join(shared, 'repos')).filter((name) => name.endsWith('.tar.gz'));
      for (const archive of archives) execFileSync('tar', ['xzf', join(shared, 'repos', archive), '-C', directory]);
      const files = (readdirSync(directory, { recursive: true }) as string[]).filter((name) => /\.ya?ml$/.test(name)).map((name) => ({ name, bytes: readFileSync(join(directory, name)) }));

      const answers = runBatch<Answer>(reader, files.map(({ bytes }) => ({ Bytes: bytes.toString('base64') })));
      const different = files.filter(({ bytes, name }, index) => {
        const { data, error } = answers[index]!;
        return read(decode(bytes, name)) !== (error === undefined ? canonical(data ?? []) : 'refused');
      });

      expect(files.length).toBeGreaterThan(2000);
      expect(different.map(({ name }) => name)).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }, 120_000);
});

/** By the reader of all YAML alone, which is otherwise asked where the plain one gives up. */
function readWhole(text: string): string {
  return /\x00|\x7F|\uFFFE|^\uFEFF/.test(text) ? read(text) : read(text, readAnyYaml);
}

function read(text: string, reader = readDocuments): string {
  try {
    return canonical(reader(text, 'a.yaml').documents.map(({ object }) => object));
  } catch (error) {
    expect(error).toMatchObject({ code: 'yaml-invalid' });
    return 'refused';
  }
}
