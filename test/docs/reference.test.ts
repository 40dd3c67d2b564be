import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from '../../scripts/reference';
import { project, readPage } from './page';

const pages = referencePages();

test('docs/reference is what the source says: after a change of doc comments, `npm run reference` writes it', () => {
  const committed = readdirSync(join(project, 'docs/reference')).map((name) => `docs/reference/${name}`);

  expect(committed.sort()).toEqual([...pages.keys()].sort());
  for (const [path, text] of pages) expect(readPage(path)).toBe(text);
});

test('it has a page for each section of the exports, and says of a construct what its comments do', () => {
  expect([...pages.keys()]).toContain('docs/reference/image-automation.md');
  expect(pages.get('docs/reference/image-automation.md')).toContain([
    '## ImagePins', '',
    "A component that holds nothing but pinned images: Flux's commits, and everyone else's that move a tag, touch one small file.",
    'Containers name their image without caring for the tag; a directory takes the pins in with `components`.', '',
    '```ts',
    "const images = new ImagePins(app, 'images', { pins: [{ policy, tag: '1.0.0' }] });",
    "new NamespaceDirectory(app, 'server', { components: [images] });",
    '```', '',
    '| prop | type | default | |',
    '| --- | --- | --- | --- |',
    '| `pins` | `ImagePin[]` | required |  |',
    "| `path` | `string` | the construct's id | Where the directory lies, from its parent directory; for one directly in a cluster or in the app, from their directory. |", '',
    '**Throws** UserError `value-invalid`, `reference-invalid` as for `ImagePolicy.pinTag`.',
  ].join('\n'));
});

test('links of the index lead to headings', () => {
  const links = [...pages.get('docs/reference/README.md')!.matchAll(/\]\(([\w-]+\.md)#([\w]+)\)/g)];

  const dangling = links.filter(([, page, anchor]) => !new RegExp(`^## ${anchor!}$`, 'im').test(pages.get(`docs/reference/${page!}`)!)).map(([all]) => all);
  expect(links.length).toBeGreaterThan(80);
  expect(dangling).toEqual([]);
});
