import fc from 'fast-check';
import { fieldAtLine } from '../../src/model/field-at-line';
import { LineFinder } from '../../src/model/line-finder';
import type { Step } from '../../src/model/fields';
import { ManifestFile } from '../../src/tree/file';
import { Tree } from '../../src/tree/tree';
import { writeDocuments } from '../../src/yaml/write';

const TEXT = `# on top
apiVersion: apps/v1
kind: Deployment
spec:
  # about replicas
  replicas: 2
  containers:
    - name: web
      image: web:1
      args: [a, b]
      script: |
        one
        two
---
kind: Service
`;

test('the innermost field that is alone on a line is found, also in a block of text', () => {
  const found = TEXT.split('\n').slice(0, -1).map((_, index) => fieldAtLine(TEXT, index + 1));

  expect(found.map((one) => one && `${one.document}: ${one.path.join('.')}`)).toEqual([
    undefined, '0: apiVersion', '0: kind', '0: spec', '0: spec', '0: spec.replicas', '0: spec.containers', '0: spec.containers.0.name', '0: spec.containers.0.image',
    '0: spec.containers.0.args', '0: spec.containers.0.script', '0: spec.containers.0.script', '0: spec.containers.0.script', '1: ', '1: kind',
  ]);
});

test('what is no YAML has no fields, and does not stop anybody', () => {
  expect(fieldAtLine('', 1)).toBeUndefined();
  expect(fieldAtLine('a: [\n', 1)).toMatchObject({ document: 0 });
  expect(fieldAtLine(': : :\n\t- {', 2)).toMatchObject({ document: 0 });
});

test('it is the reverse of finding a line', () => {
  const data = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.constantFrom('x', 'a: b', 'two\nlines\n'), fc.array(tie('value'), { minLength: 1, maxLength: 3 }), fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('value'), { minKeys: 1, maxKeys: 3 })),
  })).value;

  fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), data, { minKeys: 1, maxKeys: 4 }), (object) => {
    const { text } = writeDocuments([object], []);
    const lines = new LineFinder(new Tree([ManifestFile.fromText('a.yaml', text)]));
    for (const path of leaves(object)) {
      const line = lines.lineOf('a.yaml', 0, path);
      // several leaves may begin on one line: "- - 1"
      expect(lines.lineOf('a.yaml', 0, fieldAtLine(text, line)!.path)).toBe(line);
    }
  }), { numRuns: 200 });
});

function leaves(value: unknown, path: readonly Step[] = []): (readonly Step[])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key])) : [path];
}
