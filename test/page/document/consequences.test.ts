import { fleet } from '../../diff/fleet';
import { consequencesSection } from '../../../src/page/document/consequences';
import { pageOf } from '../page-of';

jest.setTimeout(60_000);

test('no danger is folded away, however many there are; of the rest, ten stand first', async () => {
  const { page } = await pageOf(fleet, { before: fleet });
  const one = (severity: 'danger' | 'warning' | 'notice', index: number) => ({ class: 'pods-restart' as const, severity, title: `${severity} ${index}`, affected: [], where: '', facts: [], rule: { text: '', link: '' }, advice: [], entries: [] });
  const titles = (dangers: number): string[] => {
    const consequences = [...Array.from({ length: dangers }, (_, index) => one('danger', index)), one('warning', 0), ...Array.from({ length: 12 }, (_, index) => one('notice', index))];
    return [...consequencesSection({ ...page, consequences })!.markup.split('<details class="more">')[0]!.matchAll(/class="title">([^<]*)/g)].map(([, title]) => title!);
  };

  expect(titles(1)).toEqual(['danger 0', 'warning 0', ...Array.from({ length: 8 }, (_, index) => `notice ${index}`)]);
  expect(titles(30)).toEqual(Array.from({ length: 30 }, (_, index) => `danger ${index}`));
  expect(consequencesSection({ ...page, consequences: Array.from({ length: 12 }, (_, index) => one('notice', index)) })!.markup).toContain('<summary>2 more notices</summary>');
});
