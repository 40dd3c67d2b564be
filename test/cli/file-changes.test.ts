import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeChanges } from '../../src/cli/file-changes';
import { folderWith } from '../folders';

const [OLD, NEW] = [Buffer.from('old\n'), Buffer.from('new\n')];
const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile() && !path.startsWith('.git/')).sort();

test('where the last file cannot be written, the first is not even touched', () => {
  const root = folderWith({ 'a.yaml': OLD, 'file': OLD, '.git/HEAD': '' });
  const before = statSync(join(root, 'a.yaml'));

  expect(() => writeChanges(root, [{ path: 'a.yaml', before: OLD, after: NEW }, { path: 'file/b.yaml', before: undefined, after: NEW }])).toThrow(/^file\/b.yaml cannot be written: /);

  expect([statSync(join(root, 'a.yaml')).ino, filesIn(root)]).toEqual([before.ino, ['a.yaml', 'file']]);
});

test('where a file cannot take its place, those before it get back what they had, and nothing else stays', () => {
  const root = folderWith({ 'a.yaml': OLD, '.git/HEAD': '' });

  expect(() => writeChanges(root, [{ path: 'a.yaml', before: OLD, after: NEW }, { path: 'new.yaml', before: undefined, after: NEW }, { path: 'x', before: undefined, after: NEW }, { path: 'x/y.yaml', before: undefined, after: NEW }])).toThrow(/^x cannot be written: /);

  expect([readFileSync(join(root, 'a.yaml'), 'utf8'), filesIn(root)]).toEqual(['old\n', ['a.yaml']]);
});

test('a file that is a link stays one, with what it leads to', () => {
  const root = folderWith({ 'real.yaml': OLD, '.git/HEAD': '' });
  symlinkSync('real.yaml', join(root, 'a.yaml'));

  expect(() => writeChanges(root, [{ path: 'a.yaml', before: OLD, after: NEW }])).toThrow('a.yaml would be written through the symbolic link a.yaml\n  fix: replace the link by a file, or name what it leads to');

  expect(readFileSync(join(root, 'real.yaml'), 'utf8')).toBe('old\n');
});

test('a folder that is a link may lead elsewhere in the root, and not out of it', () => {
  const [root, outside] = [folderWith({ '.git/HEAD': '' }), folderWith()];
  mkdirSync(join(root, 'inside'));
  symlinkSync('inside', join(root, 'in'));
  symlinkSync(outside, join(root, 'out'));

  writeChanges(root, [{ path: 'in/a.yaml', before: undefined, after: NEW }]);
  expect(() => writeChanges(root, [{ path: 'out/deep/a.yaml', before: undefined, after: NEW }])).toThrow('out/deep/a.yaml would be written through the symbolic link out\n  fix: replace the link by a directory, or name what it leads to');

  expect([readdirSync(join(root, 'inside')), readdirSync(outside)]).toEqual([['a.yaml'], []]);
});

test('a file that the command has not seen, since Git ignores it, is told as such', () => {
  const root = folderWith({ 'a.yaml': OLD, '.git/HEAD': '' });

  expect(() => writeChanges(root, [{ path: 'a.yaml', before: undefined, after: NEW }])).toThrow('a.yaml is there already, where Git ignores it or since a moment ago\n  fix: move it away, or have Git see it');
});

test('a file in another encoding, which was read as UTF-8, keeps its characters', () => {
  const latin = Buffer.from('# für alle\na: b\n', 'latin1');
  const root = folderWith({ 'a.yaml': latin, '.git/HEAD': '' });

  expect(() => writeChanges(root, [{ path: 'a.yaml', before: latin, after: Buffer.from(latin.toString('utf8').replace('b', 'c')) }])).toThrow('a.yaml is not in UTF-8, and would lose characters\n  fix: save it in UTF-8 first');

  expect(readFileSync(join(root, 'a.yaml'))).toEqual(latin);
});
