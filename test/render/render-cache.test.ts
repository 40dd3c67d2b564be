import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RenderCache } from '../../src/render/render-cache';
import { folderWith } from '../folders';

const names = (home: string): string[] => readdirSync(join(home, 'renders')).sort();

test('what was stored is found again, by another process too', () => {
  const home = folderWith();
  const key = new RenderCache(home).key(['a', 'b']);

  new RenderCache(home).store(key, { objects: ['ä', 1, null] });

  expect(new RenderCache(home).find(key)).toEqual({ objects: ['ä', 1, null] });
  expect(names(home)).toEqual([key]);
});

test('keys of other parts differ, wherever the parts begin', () => {
  const cache = new RenderCache(folderWith());

  expect(new Set([cache.key(['ab', 'c']), cache.key(['a', 'bc']), cache.key(['abc']), cache.key(['a", "bc'])]).size).toBe(4);
});

test.each([
  ['cut off', (text: string) => text.slice(0, -3)],
  ['changed', (text: string) => text.replace('true', 'fine')],
  ['emptied', () => ''],
])('an entry that was %s counts as none', (_, damage) => {
  const home = folderWith();
  const cache = new RenderCache(home);
  cache.store('key', { whole: true });
  const file = join(home, 'renders', 'key');

  writeFileSync(file, damage(readFileSync(file, 'utf8')));

  expect(cache.find('key')).toBeUndefined();
});

test('a folder that cannot be written to is no reason to fail', () => {
  const home = join(folderWith({ file: '' }), 'file');
  const cache = new RenderCache(home);

  cache.store('key', 1);
  cache.evict();

  expect(cache.find('key')).toBeUndefined();
});

test('what nobody has asked for in a month is forgotten when something is added', () => {
  const home = folderWith();
  new RenderCache(home).store('old', 1);
  new RenderCache(home).store('recent', 1);
  const days = (count: number): number => Date.now() / 1000 - count * 24 * 60 * 60;
  utimesSync(join(home, 'renders', 'old'), days(31), days(31));
  utimesSync(join(home, 'renders', 'recent'), days(29), days(29));

  const cache = new RenderCache(home);
  cache.evict();
  expect(names(home)).toEqual(['old', 'recent']);
  cache.store('new', 1);
  cache.evict();

  expect(names(home)).toEqual(['new', 'recent']);
});
