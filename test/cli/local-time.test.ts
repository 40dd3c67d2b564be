import { parseTime } from '../../src/cli/local-time';

const NOW = Date.UTC(2026, 2, 10, 12);

test('a time with an offset is that time, whatever the machine thinks', () => {
  expect(parseTime('2026-03-01T14:30:00Z', '--at', 'end', NOW)).toBe(Date.UTC(2026, 2, 1, 14, 30));
  expect(parseTime('2026-03-01 14:30 +0200', '--at', 'end', NOW)).toBe(Date.UTC(2026, 2, 1, 12, 30));
});

test('a day is all of it: until its end, since its start', () => {
  expect(parseTime('2026-03-01', '--since', 'start', NOW)).toBe(new Date(2026, 2, 1).getTime());
  expect(parseTime('2026-03-01', '--until', 'end', NOW)).toBe(new Date(2026, 2, 1, 23, 59, 59, 999).getTime());
});

test('people count back from now', () => {
  expect(parseTime('2 weeks ago', '--since', 'start', NOW)).toBe(Date.UTC(2026, 1, 24, 12));
  expect(parseTime('yesterday', '--at', 'end', NOW)).toBe(Date.UTC(2026, 2, 9, 12));
});

test.each(['last tuesday', '', '2026-02-30', '2026-13-01', '1', '2026-03-01T25:00'])('%j is no time, and is not taken for now', (text) => {
  expect(() => parseTime(text, '--at', 'end', NOW)).toThrow(`--at has ${JSON.stringify(text)}, which is no time\n  fix: write it like "2026-03-01", "2026-03-01 14:30", "2026-03-01T14:30:00Z" or "3 days ago"`);
});
