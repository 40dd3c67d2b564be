import { progressOf } from '../../src/cli/progress';

afterEach(() => void jest.useRealTimers());

test('how far it is shows when it has taken a second', () => {
  jest.useFakeTimers();
  const shown: string[] = [];
  const progress = progressOf((text) => shown.push(text), (count: number) => `${count} files`);

  progress(1);
  jest.advanceTimersByTime(1001);
  progress(2);

  expect(shown).toEqual(['2 files']);
});
