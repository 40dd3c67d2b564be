import { Command } from 'commander';
import { diff } from '../../src/cli/commands/diff';
import { CONSEQUENCE_CLASSES } from '../../src/diff/consequences/consequence';
import { readPage } from './page';

const page = 'docs/diff.md';

test('every option of diff is in the table, and no other', () => {
  const command = new Command();
  diff.configure(command);

  const described = [...readPage(page).matchAll(/^\| `(--[\w-]+)/gm)].map((match) => match[1]!);
  expect(described.sort()).toEqual(command.options.map(({ long }) => long).sort());
});

test('every class of consequences is in the table, and no other', () => {
  const rows = readPage(page).split('## What it leads to')[1]!.split('\n').filter((line) => line.startsWith('| `'));

  const described = rows.flatMap((row) => [...row.split(' | ')[0]!.matchAll(/`([\w-]+)`/g)].map((match) => match[1]!));
  expect(described.sort()).toEqual(Object.keys(CONSEQUENCE_CLASSES).sort());
});
