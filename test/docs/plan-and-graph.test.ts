import { Command as Program } from 'commander';
import { graph } from '../../src/cli/commands/graph';
import { plan } from '../../src/cli/commands/plan';
import type { Command } from '../../src/cli/command';
import { call } from '../cli/call';
import { folderWith } from '../folders';
import { Repository } from '../publish/repository';
import { fleet } from './fleet';
import { blocksOf, readPage } from './page';

const page = 'docs/plan-and-graph.md';
const [waves, never, runbook, change] = blocksOf(page, 'text').map(({ text }) => text);

test('the waves, the steps from scratch and what never becomes ready are what the commands print', async () => {
  expect((await call(plan, ['--no-render'], folderWith(fleet()))).stdout).toBe(waves);
  expect((await call(plan, ['--from-scratch', '--no-render'], folderWith(fleet()))).stdout).toContain(runbook);
  expect((await call(plan, ['--no-render'], folderWith(fleet('databse')))).stdout).toContain(never);
});

test('the change is what the command prints of it', async () => {
  const repository = Repository.create();
  try {
    for (const [path, text] of Object.entries(fleet())) repository.write(path, text);
    repository.commit();
    repository.replace('database/cluster.yaml', 'instances: 3', 'instances: 5');

    expect((await call(plan, ['HEAD', '--no-render'], repository.root)).stdout).toBe(change);
  } finally {
    repository.remove();
  }
});

test('the drawing is what the command prints', async () => {
  expect((await call(graph, ['--focus', 'web', '--no-render'], folderWith(fleet()))).stdout).toBe(blocksOf(page, 'mermaid')[0]!.text);
});

test.each([['fluxwright plan', plan], ['fluxwright graph', graph]] as const)('every option of %s is in its table, and no other', (title: string, command: Command) => {
  const program = new Program();
  command.configure(program);

  const table = readPage(page).split(`| \`${title}\` | |`)[1]!.split('\n\n')[0]!;
  const described = [...table.matchAll(/^\| `(--[\w-]+)/gm)].map((match) => match[1]!);
  expect(described.sort()).toEqual(program.options.map(({ long }) => long).sort());
});
