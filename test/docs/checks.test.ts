import { Command } from 'commander';
import { parse } from 'yaml';
import { rules } from '../../src/checks';
import { readSettings } from '../../src/checks/read-settings';
import { check } from '../../src/cli/commands/check';
import { bootstrapped, treeOf } from '../checks/check-tree';
import { call } from '../cli/call';
import { folderWith } from '../folders';
import { blocksOf, readPage } from './page';

const page = 'docs/checks.md';
const yaml = blocksOf(page, 'yaml');

test('the fault that is shown is found as it is shown', async () => {
  const [shop] = yaml;
  const folder = folderWith({ ...bootstrapped('clusters/production'), [shop!.info]: shop!.text, 'shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n' });

  const { status, stdout } = await call(check, ['--no-render', '--rule', 'depends-on-missing'], folder);

  expect(status).toBe(1);
  expect(stdout.split('\n\n')[0]).toBe(blocksOf(page, 'text')[0]!.text.trimEnd());
});

test('every option of check is in the table, and no other', () => {
  const command = new Command();
  check.configure(command);

  const described = [...readPage(page).matchAll(/^\| `(--[\w-]+)/gm)].map((match) => match[1]!);
  expect(described.sort()).toEqual(command.options.map(({ long }) => long).sort());
});

test('the settings that are shown are settings, and all of them', () => {
  const text = yaml.find((block) => block.text.includes('$schema='))!.text;

  const settings = readSettings(treeOf({ 'fluxwright.yaml': text }), rules.map(({ id }) => id));

  expect(settings).toEqual((parse(text) as { checks: unknown }).checks);
  const described = [...readPage(page).matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]!);
  expect(described.sort()).toEqual(Object.keys(settings).sort());
});
