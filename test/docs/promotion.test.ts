import { Command } from 'commander';
import { stageDiff } from '../../src/cli/commands/stage-diff';
import { stageLift } from '../../src/cli/commands/stage-lift';
import { stagePromote } from '../../src/cli/commands/stage-promote';
import { callWith } from '../cli/stage-folder';
import { folderWith } from '../folders';
import { kustomization, SHOP } from '../stages/overlay-tree';
import { testWith } from '../tools';
import { blocksOf, readPage } from './page';

const page = 'docs/promotion.md';

testWith('kustomize', 'the difference of stages that is shown is what stage diff prints', async (kustomize) => {
  const overlay = (patches: string): string => kustomization(`resources: [../../base/web]\npatches: [{path: web/version.yaml}${patches}]\n`);
  const folder = folderWith({ ...SHOP, 'apps/overlays/staging/kustomization.yaml': overlay(''), 'apps/overlays/production/kustomization.yaml': overlay(', {path: web/_replicas.yaml}') });

  const { stdout } = await callWith(kustomize, stageDiff, folder, 'staging', 'production');

  expect(blocksOf(page, 'text').map(({ text }) => text)).toContain(stdout);
});

test('every option of the commands is in the guide', () => {
  const options = [stageDiff, stageLift, stagePromote].flatMap((one) => {
    const command = new Command();
    one.configure(command);
    return command.options.map(({ long }) => long!);
  });

  for (const option of options) expect(readPage(page)).toContain(option);
});
