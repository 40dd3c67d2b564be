import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { folderWith } from '../folders';
import { problemsIn } from './compile';
import { inputsOf } from './inputs';
import { blocksOf, guides, namedBlocksOf, programOf, project, readPage, treeOf } from './page';

test('the programs of all guides compile', () => {
  const sources = new Map(['README.md', ...guides].flatMap((page) => [
    [virtual(page, 'page.ts'), programOf(page)] as const,
    ...namedBlocksOf(page).map(({ info, text }) => [virtual(page, info), text] as const),
  ]));

  expect(problemsIn(sources)).toEqual([]);
}, 120_000);

test.each(guides.filter((page) => programOf(page) !== ''))('%s makes a tree that is as the page shows it', (page) => {
  const tree = treeOf(page, inputsOf(page));

  expect([...tree].length).toBeGreaterThan(0);
  for (const { info, text, line } of blocksOf(page, 'yaml').filter(({ info: path }) => path !== '')) {
    const file = tree.get(info);
    const contents = file?.type === 'manifests' ? file.text : file?.bytes.toString('utf8');
    expect({ line, contents: `\n${contents ?? 'no such file'}` }).toEqual({ line, contents: expect.stringContaining(`\n${text}`) });
  }
});

test.each(guides)('%s has links that lead to something', (page) => {
  const links = [...readPage(page).matchAll(/\]\(([^)#\s]*)(#[^)]*)?\)/g)].filter(([, link]) => !/^https?:/.test(link!));

  const dangling = links.filter(([, link, anchor]) => !leads(posix.normalize(link === '' ? page : posix.join(posix.dirname(page), link!)), anchor)).map(([all]) => all);
  expect(dangling).toEqual([]);
});

test('the tests in docs/testing.md pass in jest', () => {
  const files = Object.fromEntries([...namedBlocksOf('docs/testing.md'), ...blocksOf('docs/testing.md', 'js')].map(({ info, text }) => [info, text]));
  const folder = folderWith(files);
  const config = {
    rootDir: folder,
    transform: { '\\.ts$': [require.resolve('@swc/jest'), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
    moduleNameMapper: { '^fluxwright$': join(project, 'src/index.ts'), '^fluxwright/testing$': join(project, 'src/testing.ts') },
  };

  const { status, stderr } = spawnSync('node', [require.resolve('jest/bin/jest'), '--config', JSON.stringify(config), '--ci=false'], { cwd: folder, encoding: 'utf8' });

  expect([status, stderr]).toEqual([0, expect.stringContaining('Tests:       4 passed, 4 total')]);
});

function leads(target: string, anchor: string | undefined): boolean {
  if (statSync(join(project, target), { throwIfNoEntry: false }) === undefined) return false;
  return anchor === undefined || [...readPage(target).matchAll(/^#+ (.*)$/gm)].some(([, title]) => `#${slug(title!)}` === anchor);
}

/** The anchor that GitHub gives a title. */
function slug(title: string): string {
  return title.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-');
}

/** Where a page's program pretends to lie: in the project, so that it finds the package by its name. */
function virtual(page: string, name: string): string {
  return join(project, 'test/docs', page.replace(/\W/g, '-'), name);
}
