import fc from 'fast-check';
import { lineEdits } from '../../src/page/line-edits';

jest.setTimeout(60_000);

test('edits are pairs of what becomes of lines, and how many', () => {
  expect(lineEdits('a\nb\nc\n', 'a\nx\ny\nc\n')).toEqual([0, 1, 1, 1, 2, 2, 0, 1]);
  expect(lineEdits('', 'a\nb\n')).toEqual([2, 2]);
  expect(lineEdits('a\n', '')).toEqual([1, 1]);
});

test('edits lead from any text to any other, and take every line once', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.map((line) => `${line}\n`).join(''));
  fc.assert(fc.property(text, text, (before, after) => {
    const [old, now] = [before, after].map((one) => one.split('\n').slice(0, -1)) as [string[], string[]];
    const [left, right]: [string[], string[]] = [[], []];
    const edits = lineEdits(before, after);
    for (let at = 0; at < edits.length; at += 2) {
      const count = edits[at + 1]!;
      const [was, is] = [old.slice(left.length, left.length + count), now.slice(right.length, right.length + count)];
      if (edits[at] === 0) expect(was).toEqual(is);
      if (edits[at] !== 2) left.push(...was);
      if (edits[at] !== 1) right.push(...is);
    }
    expect([left, right]).toEqual([old, now]);
  }));
});

test('texts that have nothing in common end in time', () => {
  const lines = (word: string): string => Array.from({ length: 5000 }, (_, index) => `${word}${index}\n`).join('');

  expect(lineEdits(lines('a'), lines('b'))).toEqual([1, 5000, 2, 5000]);
});
