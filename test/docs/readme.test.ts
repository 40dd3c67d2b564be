import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { synth } from '../../src/cli/commands/synth';
import { Command } from 'commander';
import { blocksOf, inFolder, readPage, runProgram } from './page';

const page = 'README.md';

beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));

test('the two commands that do everything stand at the top', () => {
  expect(readPage(page).split('\n').slice(0, 6)).toEqual(['# fluxwright', '', '```sh', 'npm ci && npx cdk8s synth', 'npm ci && npm test', '```']);
});

test('the example writes the files that are listed, with the contents that are shown', () => {
  const [cdk8s, ...shown] = [...blocksOf(page, 'yaml')].sort((a) => (a.info === 'cdk8s.yaml' ? -1 : 1));

  inFolder({ 'cdk8s.yaml': cdk8s!.text }, (folder) => {
    runProgram(page);

    const listed = blocksOf(page, 'text')[0]!.text.trimEnd().split('\n').map((line) => line.split(' ')[0]);
    expect(filesBelow(folder, 'k8s')).toEqual(listed);
    expect(shown).toHaveLength(2);
    for (const { info, text } of shown) expect(text).toBe(readFileSync(join(folder, info), 'utf8'));
  });
});

test('the example is about twenty lines', () => {
  const [example] = blocksOf(page, 'ts');

  expect(example!.text.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(25);
});

test('every option of synth is in the table, and no other', () => {
  const command = new Command();
  synth.configure(command);

  const described = [...readPage(page).matchAll(/^\| `(--[\w-]+)/gm)].map((match) => match[1]!);
  expect(described.sort()).toEqual(command.options.map(({ long }) => long).sort());
});

test('links lead to something', () => {
  const links = [...readPage(page).matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map((match) => match[1]!).filter((link) => !link.startsWith('http'));

  const dangling = links.filter((link) => statSync(join(__dirname, '../..', link), { throwIfNoEntry: false }) === undefined);
  expect(dangling).toEqual([]);
});

function filesBelow(folder: string, path: string): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(folder, `${path}/${entry.name}`) : [`${path}/${entry.name}`]))
    .sort();
}
