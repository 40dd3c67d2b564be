import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../../src/tree/disk';
import type { Tree } from '../../src/tree/tree';
import { folderWith } from '../folders';

const data = (tree: Tree, path: string) => {
  const file = tree.get(path);
  return file?.type === 'manifests' ? file.documents.map(({ object }) => object) : undefined;
};

test('files in UTF-16 with a byte order mark are read, as go-yaml reads them; their bytes stay what they are', () => {
  const little = Buffer.from('\uFEFFkind: é\n', 'utf16le');
  const tree = readTree(folderWith({ 'little.yaml': little, 'big.yaml': Buffer.from(little).swap16(), 'mark.yaml': '\uFEFFkind: é\n' }));

  expect(['little.yaml', 'big.yaml', 'mark.yaml'].map((path) => data(tree, path))).toEqual([[{ kind: 'é' }], [{ kind: 'é' }], [{ kind: 'é' }]]);
  expect(tree.get('little.yaml')!.bytes.equals(little)).toBe(true);
});

test('bytes that are no text are refused, as go-yaml refuses them, and are not changed', () => {
  const latin = Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]);
  const tree = readTree(folderWith({ 'latin.yaml': latin }));

  expect(() => data(tree, 'latin.yaml')).toThrow('latin.yaml is not text in UTF-8\n  fix: save it as UTF-8');
  expect(tree.get('latin.yaml')!.bytes.equals(latin)).toBe(true);
});

test('what is no file is passed over: links, loops of them, pipes, folders with the name of a file', () => {
  const folder = folderWith({ 'a.yaml': 'a: 1\n', 'folder.yaml/b.yaml': 'b: 1\n' });
  symlinkSync('nowhere.yaml', join(folder, 'dangling.yaml'));
  symlinkSync('.', join(folder, 'loop'));
  symlinkSync('itself.yaml', join(folder, 'itself.yaml'));
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);

  expect([...readTree(folder).paths()]).toEqual(['a.yaml', 'folder.yaml/b.yaml']);
});

test('a file whose name is no UTF-8 does not keep the others from being read', () => {
  const folder = folderWith({ 'a.yaml': 'a: 1\n' });
  mkdirSync(join(folder, 'apps'));
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/apps/`), Buffer.from([0xe9]), Buffer.from('.yaml')]), 'b: 1\n');

  expect(data(readTree(folder), 'a.yaml')).toEqual([{ a: 1 }]);
});

test('a folder outside of Git with more files than a repository has is refused, and it is told how far it is', () => {
  const folder = folderWith(Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`${index % 7}/${index}.txt`, ''])));
  const counts: number[] = [];

  expect(() => readTree(folder, { most: 2500, onFound: (count) => counts.push(count) })).toThrow(expect.objectContaining({
    code: 'not-in-git',
    message: `${folder} lies in no repository of Git, and more than 2500 files lie in it: it does not look like a Flux repository\n  fix: name the folder of one, as in: fluxwright check PATH`,
  }));
  expect(counts).toEqual([1000, 2000]);
  expect([...readTree(folder, { most: 4000 }).paths()]).toHaveLength(3000);
});
