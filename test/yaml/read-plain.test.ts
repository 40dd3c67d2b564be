import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { readDocuments } from '../../src/yaml/read';
import { readPlain } from '../../src/yaml/read-plain';
import { writeDocuments } from '../../src/yaml/write';

/** What the real reader makes of a text; undefined if nothing. */
function wholly(text: string): unknown[] | undefined {
  try {
    return readDocuments(text, 'a.yaml').documents.map(({ object }) => object);
  } catch {
    return undefined;
  }
}

const word = fc.oneof(
  fc.constantFrom('a', 'name', 'a-b', 'a b', 'a: b', 'a:b', 'x#y', 'x #y', '#', '- a', '-', '--', '1', '01', '1.5', '1e3', '-5', '+1', '.5', '0x1F', '1_0', '~', 'null', 'true', 'True', 'yes', '2024-01-01', '', ' ', ' a', 'a ', '{', '{}', '[]', '[a]', '*a', '&a', '!a', '|', '>', '%', '@', '"', "'", '"q"', "it's", '\\', 'a\\n', '<<', '?', ': ', ':', 'a:', '---', '...', 'ä', '😀', '\u00a0', '\ufeff', '.inf', '.nan', 'https://x/y', '__proto__', '=', '\t', 'a\tb'),
  fc.string({ maxLength: 6 }),
);
const lines = fc.array(fc.oneof(word, fc.constantFrom('', '  deep', 'end')), { minLength: 2, maxLength: 5 }).map((parts) => parts.join('\n'));
const data = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, { weight: 3, arbitrary: word }, lines, fc.constantFrom<unknown>(null, true, false, 0, -3, 1.5, 1e21, {}, []), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(word, tie('any'), { maxKeys: 3, noNullPrototype: true })),
})).any;

test('what is written is read back as the real reader does, or not at all', () => {
  let plain = 0;
  fc.assert(fc.property(fc.array(data, { minLength: 1, maxLength: 3 }), (documents) => {
    let text;
    try {
      ({ text } = writeDocuments(documents));
    } catch {
      return;
    }
    const found = readPlain(text);
    if (found === undefined) return;
    plain++;
    expect(found).toEqual(wholly(text));
  }), { numRuns: 3000 });
  expect(plain).toBeGreaterThan(200);
});

test('lines that anybody may write are read as the real reader does, or not at all', () => {
  const piece = fc.constantFrom('a', 'b:', 'c: ', 'd: 1', '- ', '-', '  ', ' ', '    ', '\n', '\n', '\n', '\n- ', '\n  ', ': ', ':', '|', '|-', '|+', '|2', '>', '"', "'", '{}', '[', ']', ',', '#', ' #', '---\n', '...', '&x', '*x', '!!str ', '? ', '\\', 'x y', '~', '0', '<<: ', '%', '\r', '\t', 'key: |\n  text\n', 'list:\n- ', '\n\n', 'words: one two\n  three\n', "quoted: 'it''s\n  \n", '  long"\n', "  end'\n", 'double: "a\n\n');
  fc.assert(fc.property(fc.array(piece, { maxLength: 14 }).map((parts) => `${parts.join('')}\n`), (text) => {
    const found = readPlain(text);
    if (found !== undefined) expect({ text, found }).toEqual({ text, found: wholly(text) });
  }), { numRuns: 30_000 });
});

test('the tree that is committed here reads the same both ways', () => {
  const files = spawnSync('git', ['ls-files', '-z', 'k8s', 'platforms'], { cwd: `${__dirname}/../..`, encoding: 'utf8' }).stdout.split('\0').filter((path) => path.endsWith('.yaml'));
  const { readFileSync } = jest.requireActual<typeof import('node:fs')>('node:fs');

  const both = files.map((path) => readFileSync(`${__dirname}/../../${path}`, 'utf8').replace(/^#.*\n/gm, '')).map((text) => [readPlain(text), text] as const).filter(([found]) => found !== undefined);

  expect(both.length).toBeGreaterThan(files.length / 3);
  for (const [found, text] of both) expect(found).toEqual(wholly(text));
});

test('nesting without end is left to the real reader', () => {
  expect(readPlain(`${'- '.repeat(5000)}a`)).toBeUndefined();
  expect(readPlain(Array.from({ length: 5000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'))).toBeUndefined();
});
