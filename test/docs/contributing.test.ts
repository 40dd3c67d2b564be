import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith } from '../folders';
import { problemsIn } from './compile';
import { namedBlocksOf, project, readPage } from './page';

const page = 'CONTRIBUTING.md';

/** The files of the worked examples, by their paths; what a file of the project gets is put at its end. */
const files = new Map(namedBlocksOf(page).map(({ info, text }) => [info, info === 'src/index.ts' ? `${read(info)}\n${text}` : text]));

/** The list that the new rule is put into, and what leads from its test to that list. */
const listed = new Map([
  ['src/checks/graph/rules.ts', read('src/checks/graph/rules.ts').replace('readonly Rule[] = [', "readonly Rule[] = [\n  kustomizationSuspended,").replace(/^/, "import { kustomizationSuspended } from './kustomization-suspended';\n")],
  ...['src/checks/index.ts', 'test/checks/check-tree.ts'].map((path): [string, string] => [path, read(path)]),
]);

test('the worked examples compile where they say they stand', () => {
  expect([...files.keys()]).toHaveLength(6);
  expect(problemsIn(new Map([...files, ...listed].map(([path, text]) => [join(project, path), text])))).toEqual([]);
}, 120_000);

test('the tests of the new construct and the new rule pass', () => {
  const copy = projectWith(new Map([...files, ...listed]));
  const config = {
    rootDir: copy,
    transform: { '\\.ts$': [require.resolve('@swc/jest'), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
    moduleNameMapper: { '^fluxwright$': join(copy, 'src/index.ts'), '^fluxwright/testing$': join(project, 'src/testing.ts') },
    prettierPath: null,
  };

  const { status, stderr } = spawnSync('node', [require.resolve('jest/bin/jest'), '--config', JSON.stringify(config), '--ci'], { cwd: copy, encoding: 'utf8' });

  expect([status, stderr]).toEqual([0, expect.stringContaining('Tests:       4 passed, 4 total')]);
});

test('every npm script that it names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

  const named = [...readPage(page).matchAll(/npm run ([\w-]+)/g)].map((match) => match[1]!);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('links lead to something', () => {
  const links = [...readPage(page).matchAll(/\]\(([^)#\s]+)\)/g)].map((match) => match[1]!);

  expect(links.filter((link) => statSync(join(project, link), { throwIfNoEntry: false }) === undefined)).toEqual([]);
});

function read(path: string): string {
  return readFileSync(join(project, path), 'utf8');
}

/** The project with other files in it: everything else is linked. */
function projectWith(changed: ReadonlyMap<string, string>): string {
  const copy = folderWith();
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  const link = (folder: string): void => {
    for (const entry of readdirSync(join(project, folder))) {
      const path = join(folder, entry);
      const there = statSync(join(copy, path), { throwIfNoEntry: false });
      if (there === undefined) symlinkSync(join(project, path), join(copy, path));
      else if (there.isDirectory()) link(path);
    }
  };
  link('src');
  for (const entry of ['imports', 'node_modules', 'package.json']) symlinkSync(join(project, entry), join(copy, entry));
  return copy;
}
