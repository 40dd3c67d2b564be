import { withIgnored } from '../../src/cli/ignore-lines';

test.each([
  ['', '/a\n'],
  ['b', 'b\n/a\n'],
  ['b\r\nc', 'b\r\nc\r\n/a\r\n'],
  ['a\r\n', 'a\r\n'],
])('to %j a line comes as its lines end', (before, after) => {
  expect(withIgnored(before, ['/a'])).toBe(after);
});
